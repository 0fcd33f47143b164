//! Directives: `{ 'include': … }` and `{ 'pragma': … }`.

use std::path::{Path, PathBuf};

use super::file::{Loader, Unreadable};
use super::module::joined;
use super::{Include, Item, MAX_FILES, MAX_INCLUDE_DEPTH};
use crate::ast::{Object, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pragma::Pragmas;
use crate::source::{Span, Spanned};

/// What came of a directive: nothing, or what is wrong with it.
type Followed = Result<(), Box<Diagnostic>>;

impl Loader<'_> {
    /// Does what a directive says. One that has both keys is an include, and a bad one.
    pub(super) fn directive(
        &mut self,
        object: &Object,
        module: usize,
        diagnostics: &mut Diagnostics,
    ) {
        let followed = match object.get("include") {
            Some(path) => self.include(object, path, module, diagnostics),
            None => self.pragma(object, module, diagnostics),
        };
        if let Err(error) = followed {
            diagnostics.push(*error);
        }
    }

    /// What somebody else's file says of its own schema is not said of this one.
    fn pragma(
        &mut self,
        object: &Object,
        module: usize,
        diagnostics: &mut Diagnostics,
    ) -> Followed {
        check_alone(object, "pragma", Code::InvalidPragma)?;
        for member in &object.members {
            let Value::Object(settings) = &member.value else {
                let message = "value of 'pragma' must be an object";
                let place = member.value.span();
                let error = Diagnostic::within(Code::InvalidPragma, object.span, place, message);
                return Err(error.into());
            };
            let dialect = self.options.dialect;
            match self.loaded.pragmas.foreign.contains(&module) {
                true => Pragmas::default().set(settings, object.span, dialect, diagnostics),
                false => self.loaded.pragmas.set(settings, object.span, dialect, diagnostics),
            }
        }
        Ok(())
    }

    fn include(
        &mut self,
        object: &Object,
        path: &Value,
        module: usize,
        diagnostics: &mut Diagnostics,
    ) -> Followed {
        check_alone(object, "include", Code::InvalidInclude)?;
        let Value::String(path) = path else {
            let message = "value of 'include' must be a string";
            let error = Diagnostic::within(Code::InvalidInclude, object.span, path.span(), message);
            return Err(error.into());
        };
        self.follow(&Directive { path, span: object.span, module }, diagnostics)
    }

    /// Reads the file that an include names, unless that was done before.
    fn follow(&mut self, directive: &Directive<'_>, diagnostics: &mut Diagnostics) -> Followed {
        let mut absent = Vec::new();
        for (index, name) in self.candidates(directive).into_iter().enumerate() {
            let canonical = self.files.canonical(Path::new(&name));
            if self.chain.contains(&canonical) {
                return Err(directive.inclusion_loop());
            }
            if let Some(&included) = self.modules.get(&canonical) {
                self.record(directive, included);
                return Ok(());
            }
            match self.text(&name) {
                Ok(text) => {
                    self.check_limits(directive)?;
                    let included = self.loaded.modules.len();
                    self.record(directive, included);
                    let foreign = &mut self.loaded.pragmas.foreign;
                    let is_found_elsewhere = index > 0 && !is_below(&canonical, &self.chain[0]);
                    if is_found_elsewhere || foreign.contains(&directive.module) {
                        foreign.insert(included);
                    }
                    self.file(&name, text, Some(directive.span), diagnostics);
                    return Ok(());
                }
                Err(unreadable) if unreadable.missing => absent.push((name, unreadable)),
                Err(unreadable) => return Err(self.unreadable(directive, [(name, unreadable)])),
            }
        }
        Err(self.unreadable(directive, absent))
    }

    /// Where an included file may be, the place beside the including file first.
    fn candidates(&self, directive: &Directive<'_>) -> Vec<String> {
        let including = &self.loaded.sources.file(directive.span.file).name;
        let beside = joined(including, directive.path);
        let elsewhere = self.options.include_dirs.iter();
        let elsewhere = elsewhere.map(|folder| folder.join(&directive.path.value));
        std::iter::once(beside)
            .chain(elsewhere.map(|path| path.to_string_lossy().into_owned()))
            .collect()
    }

    fn record(&mut self, directive: &Directive<'_>, included: usize) {
        let &Directive { module, span, .. } = directive;
        self.loaded.items.push(Item::Include(Include { module, included, span }));
    }

    fn check_limits(&self, directive: &Directive<'_>) -> Followed {
        let message = if self.chain.len() >= MAX_INCLUDE_DEPTH {
            format!("includes nested more than {MAX_INCLUDE_DEPTH} levels deep")
        } else if self.loaded.modules.len() >= MAX_FILES {
            format!("more than {MAX_FILES} files")
        } else {
            return Ok(());
        };
        Err(directive.error(Code::LimitExceeded, message))
    }

    /// None of the files tried can be read. All are dependencies: each could come into being.
    fn unreadable(
        &mut self,
        directive: &Directive<'_>,
        tried: impl IntoIterator<Item = (String, Unreadable)>,
    ) -> Box<Diagnostic> {
        let mut code = Code::UnreadableFile;
        let mut messages = tried.into_iter().map(|(name, unreadable)| {
            let message = format!("can't read include file '{name}': {}", unreadable.reason);
            self.loaded.closure.push(PathBuf::from(name));
            code = unreadable.code;
            message
        });
        let first = messages.next().expect("the place beside the including file was tried");
        let others: Vec<String> = messages.collect();
        let error = directive.error(code, first);
        others.into_iter().fold(*error, Diagnostic::note).into()
    }
}

/// An include directive of the right shape.
struct Directive<'a> {
    /// The path as written.
    path: &'a Spanned<String>,
    /// The whole directive.
    span: Span,
    /// The module it stands in.
    module: usize,
}

impl Directive<'_> {
    fn error(&self, code: Code, message: String) -> Box<Diagnostic> {
        Diagnostic::within(code, self.span, self.path.span, message).into()
    }

    fn inclusion_loop(&self) -> Box<Diagnostic> {
        self.error(Code::InclusionLoop, format!("inclusion loop for {}", self.path.value))
    }
}

/// Whether a file stands in the folder of the root schema, or below it.
fn is_below(file: &Path, root: &Path) -> bool {
    root.parent().is_some_and(|folder| file.starts_with(folder))
}

/// A directive has one key.
fn check_alone(object: &Object, key: &str, code: Code) -> Followed {
    match object.members.iter().find(|member| member.name.value != key) {
        Some(other) => {
            let message = format!("invalid '{key}' directive");
            let error = Diagnostic::within(code, object.span, other.name.span, message);
            Err(error.label(format!("'{key}' stands alone")).into())
        }
        None => Ok(()),
    }
}
