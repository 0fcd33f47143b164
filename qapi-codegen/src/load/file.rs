//! One file after the other: reading, parsing, and taking what its items say.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use super::module::module_name;
use super::{Expression, Files, Item, Loaded, MAX_BYTES, MAX_FILE_BYTES, Module, Options};
use crate::ast::{self, DocBlock, Object};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::DocChecks;
use crate::doc::{self, Doc};
use crate::parse::Parser;
use crate::source::{FileId, Span};

/// The state of loading a schema.
pub(super) struct Loader<'a> {
    root: &'a str,
    pub(super) files: &'a dyn Files,
    pub(super) options: &'a Options,
    pub(super) loaded: Loaded,
    /// The module of every file read, by its canonical path.
    pub(super) modules: HashMap<PathBuf, usize>,
    /// The canonical paths of the files being read: each includes the next.
    pub(super) chain: Vec<PathBuf>,
    /// How much has been read.
    bytes: usize,
}

/// Why a file could not be read.
pub(super) struct Unreadable {
    pub(super) code: Code,
    /// In the operating system's words, where it is to blame.
    pub(super) reason: String,
    /// Whether there is no such file.
    pub(super) missing: bool,
}

impl<'a> Loader<'a> {
    pub(super) fn new(root: &'a str, files: &'a dyn Files, options: &'a Options) -> Self {
        let loaded = Loaded::default();
        Loader {
            root,
            files,
            options,
            loaded,
            modules: HashMap::new(),
            chain: Vec::new(),
            bytes: 0,
        }
    }

    /// Loads the root schema.
    pub(super) fn root(mut self, diagnostics: &mut Diagnostics) -> Loaded {
        match self.text(self.root) {
            Ok(text) => self.file(self.root, text, None, diagnostics),
            Err(Unreadable { code, reason, .. }) => {
                self.loaded.closure.push(PathBuf::from(self.root));
                let message = format!("can't read schema file '{}': {reason}", self.root);
                let error = Diagnostic::nowhere(code, message);
                diagnostics.push(match Path::new(self.root).is_relative() {
                    true => {
                        error.note("the path is relative to the folder that this was started in")
                    }
                    false => error,
                });
            }
        }
        self.loaded
    }

    /// The text of a file.
    pub(super) fn text(&mut self, name: &str) -> Result<String, Unreadable> {
        let content = self.files.read(Path::new(name)).map_err(Unreadable::from)?;
        self.bytes += content.len();
        if content.len() > MAX_FILE_BYTES as usize {
            return Err(Unreadable::limit(format!("more than {MAX_FILE_BYTES} bytes")));
        }
        if self.bytes > MAX_BYTES {
            return Err(Unreadable::limit(format!("more than {MAX_BYTES} bytes in all files")));
        }
        String::from_utf8(content).map_err(Unreadable::from)
    }

    /// Takes all items of a file.
    pub(super) fn file(
        &mut self,
        name: &str,
        text: String,
        included_by: Option<Span>,
        diagnostics: &mut Diagnostics,
    ) {
        let file = self.loaded.sources.add(name.to_owned(), text, included_by);
        let path = Path::new(name);
        let canonical = self.files.canonical(path);
        self.modules.insert(canonical.clone(), self.loaded.modules.len());
        self.loaded.modules.push(Module { name: module_name(self.root, name, self.files), file });
        self.loaded.closure.push(path.to_owned());
        self.chain.push(canonical);
        self.items(file, diagnostics);
        self.chain.pop();
    }

    fn items(&mut self, file: FileId, diagnostics: &mut Diagnostics) {
        let module = self.loaded.modules.len() - 1;
        let text = &self.loaded.sources.file(file).text;
        let mut parser = Parser::new(text, file, self.options.dialect);
        // The documentation that waits for its definition.
        let mut pending: Option<Doc> = None;
        while let Some(item) = parser.item(diagnostics) {
            let doc = pending.take();
            match item {
                ast::Item::Doc(block) => {
                    self.set_aside(doc, diagnostics);
                    let behind = parser.fault_ahead();
                    pending = self.read_doc(&block, behind, diagnostics);
                }
                ast::Item::Object(object) if is_directive(&object) => {
                    self.set_aside(doc, diagnostics);
                    self.directive(&object, module, diagnostics);
                }
                ast::Item::Object(object) => self.expression(object, doc, module, diagnostics),
                ast::Item::Broken(_) => {}
            }
        }
        self.set_aside(pending, diagnostics);
    }

    /// Reads a block. Where it makes several docs, all but the last stand for themselves.
    fn read_doc(
        &mut self,
        block: &DocBlock,
        behind: Option<Diagnostic>,
        diagnostics: &mut Diagnostics,
    ) -> Option<Doc> {
        let text = &self.loaded.sources.file(block.span.file).text;
        let Options { dialect, doc_checks, .. } = *self.options;
        let rules = doc::Rules { dialect, checks: doc_checks };
        let mut docs = doc::read(block, text, rules, behind, diagnostics);
        let last = docs.pop();
        self.loaded.items.extend(docs.into_iter().map(Item::FreeForm));
        last
    }

    /// Keeps documentation that no definition follows. Only a free-form block may be so.
    fn set_aside(&mut self, doc: impl IntoIterator<Item = Doc>, diagnostics: &mut Diagnostics) {
        for doc in doc {
            if let Some(symbol) = doc.symbol.as_ref().filter(|_| self.checks_docs()) {
                let message = format!(
                    "documentation for '{}' is not followed by the definition",
                    symbol.value
                );
                let code = Code::DocWithoutDefinition;
                diagnostics.push(Diagnostic::within(code, doc.span, symbol.span, message));
            }
            self.loaded.items.push(Item::FreeForm(doc));
        }
    }

    fn expression(
        &mut self,
        object: Object,
        doc: Option<Doc>,
        module: usize,
        diagnostics: &mut Diagnostics,
    ) {
        let (doc, free_form) = match doc {
            Some(doc) if doc.symbol.is_none() => (None, Some(doc)),
            doc => (doc, None),
        };
        if let Some(free_form) = free_form {
            if self.checks_docs() {
                diagnostics.push(not_a_definition_doc(free_form.span, object.span));
            }
            self.loaded.items.push(Item::FreeForm(free_form));
        }
        self.loaded.items.push(Item::Expression(Expression { doc, object, module }));
    }

    fn checks_docs(&self) -> bool {
        self.options.doc_checks > DocChecks::Off
    }
}

fn is_directive(object: &Object) -> bool {
    object.get("include").is_some() || object.get("pragma").is_some()
}

fn not_a_definition_doc(doc: Span, object: Span) -> Diagnostic {
    let message = "definition documentation required";
    Diagnostic::at_line(Code::DocFreeFormDefinition, doc.first_bytes(2), message)
        .label("this block names no definition")
        .also(object.first_bytes(1), "and this definition follows it")
        .note("start the block with a line '# @NAME:', or put something between the two")
}

impl Unreadable {
    fn limit(reason: String) -> Self {
        Unreadable { code: Code::LimitExceeded, reason, missing: false }
    }
}

impl From<io::Error> for Unreadable {
    fn from(error: io::Error) -> Self {
        let text = error.to_string();
        // QEMU's generator prints strerror() alone; std adds the number.
        let reason = text.split(" (os error ").next().unwrap_or(&text).to_owned();
        let missing = error.kind() == io::ErrorKind::NotFound;
        Unreadable { code: Code::UnreadableFile, reason, missing }
    }
}

impl From<std::string::FromUtf8Error> for Unreadable {
    fn from(error: std::string::FromUtf8Error) -> Self {
        let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = good.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let reason = format!("line {line} is not UTF-8");
        Unreadable { code: Code::InvalidUtf8, reason, missing: false }
    }
}
