//! Pragmas: what a schema says about how it is to be checked.
//!
//! In: the objects of pragma directives, in order. Out: one [`Pragmas`], read by the checks after
//! the last file. Knows the names of pragmas and the kinds of their values, not what they excuse.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use crate::ast::{Member, Object, Value};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::dialect::Dialect;
use crate::nearest::nearest;
use crate::source::{Span, Spanned};

/// The state of all pragmas. There is one for the whole include tree: the last setting of a pragma
/// wins, for definitions before it too (QEMU reads it only after parsing).
#[derive(Clone, Debug, Default)]
pub struct Pragmas {
    /// `doc-required`: every definition must be documented.
    pub doc_required: bool,
    /// `command-name-exceptions`: commands whose names may break the rules of names.
    pub command_name_exceptions: HashSet<String>,
    /// `command-returns-exceptions` (5.2: `returns-whitelist`): commands that may return anything.
    pub command_returns_exceptions: HashSet<String>,
    /// `documentation-exceptions`: definitions whose members need no documentation.
    pub documentation_exceptions: HashSet<String>,
    /// `member-name-exceptions` (5.2: `name-case-whitelist`): types whose members may break the
    /// rules of names.
    pub member_name_exceptions: HashSet<String>,
    /// The modules (indices of `load`'s) found in an include folder. They are somebody else's, and
    /// so are the pragmas that except in them what is older than a rule.
    pub foreign: HashSet<usize>,
    /// `capabilities` (dialect extended): the enum whose values are the capabilities on offer.
    pub capabilities: Option<Spanned<String>>,
}

/// A pragma that exists in some dialect.
#[derive(Clone, Copy)]
enum Pragma {
    DocRequired,
    CommandNames,
    CommandReturns,
    Documentation,
    MemberNames,
    Capabilities,
}

/// Every pragma, with the dialects that have it.
const PRAGMAS: [(&str, Pragma, RangeInclusive<Dialect>); 8] = {
    use Dialect::{Extended, Qemu5_2, Qemu7_2, Qemu10_0};
    [
        ("doc-required", Pragma::DocRequired, Qemu5_2..=Extended),
        ("returns-whitelist", Pragma::CommandReturns, Qemu5_2..=Qemu5_2),
        ("name-case-whitelist", Pragma::MemberNames, Qemu5_2..=Qemu5_2),
        ("command-name-exceptions", Pragma::CommandNames, Qemu7_2..=Extended),
        ("command-returns-exceptions", Pragma::CommandReturns, Qemu7_2..=Extended),
        ("documentation-exceptions", Pragma::Documentation, Qemu10_0..=Extended),
        ("member-name-exceptions", Pragma::MemberNames, Qemu7_2..=Extended),
        ("capabilities", Pragma::Capabilities, Extended..=Extended),
    ]
};

/// The pragmas of a dialect.
fn known(dialect: Dialect) -> impl Iterator<Item = (&'static str, Pragma)> {
    let has = move |(name, pragma, dialects): (_, _, RangeInclusive<Dialect>)| {
        dialects.contains(&dialect).then_some((name, pragma))
    };
    PRAGMAS.into_iter().filter_map(has)
}

impl Pragmas {
    /// Takes the settings of one directive, which opens at `directive`.
    pub fn set(
        &mut self,
        settings: &Object,
        directive: Span,
        dialect: Dialect,
        diagnostics: &mut Diagnostics,
    ) {
        for setting in &settings.members {
            if let Err(error) = self.set_one(setting, directive, dialect) {
                diagnostics.push(*error);
            }
        }
    }

    /// Whether the definitions of a module must be documented.
    pub fn requires_docs(&self, module: usize) -> bool {
        self.doc_required && !self.foreign.contains(&module)
    }

    /// Whether the members and values of a definition may have any case.
    pub fn excepts_members(&self, definition: &str, module: usize) -> bool {
        self.foreign.contains(&module) || self.member_name_exceptions.contains(definition)
    }

    /// Whether a command may have `_` in its name.
    pub fn excepts_command_name(&self, command: &str, module: usize) -> bool {
        self.foreign.contains(&module) || self.command_name_exceptions.contains(command)
    }

    /// Whether a command may return what is no object.
    pub fn excepts_returns(&self, command: &str, module: usize) -> bool {
        self.foreign.contains(&module) || self.command_returns_exceptions.contains(command)
    }

    /// Whether a definition's members may lack documentation.
    pub fn excepts_documentation(&self, definition: &str, module: usize) -> bool {
        self.foreign.contains(&module) || self.documentation_exceptions.contains(definition)
    }

    fn set_one(
        &mut self,
        setting: &Member,
        directive: Span,
        dialect: Dialect,
    ) -> Result<(), Box<Diagnostic>> {
        let Member { name, value } = setting;
        let found = known(dialect).find(|(known, _)| *known == name.value);
        let (_, pragma) = found.ok_or_else(|| unknown(name, directive, dialect))?;
        let wrong = |message| {
            Box::new(Diagnostic::within(Code::PragmaValue, directive, value.span(), message))
        };
        let names = || {
            let message = || format!("pragma {} must be a list of strings", name.value);
            strings(value).ok_or_else(|| wrong(message()))
        };
        match pragma {
            Pragma::DocRequired => match value {
                Value::Bool(required) => self.doc_required = required.value,
                _ => return Err(wrong("pragma 'doc-required' must be boolean".into())),
            },
            Pragma::CommandNames => self.command_name_exceptions = names()?,
            Pragma::CommandReturns => self.command_returns_exceptions = names()?,
            Pragma::Documentation => self.documentation_exceptions = names()?,
            Pragma::MemberNames => self.member_name_exceptions = names()?,
            Pragma::Capabilities => match value {
                Value::String(name) => self.capabilities = Some(name.clone()),
                _ => return Err(wrong("pragma 'capabilities' must name an enum".into())),
            },
        }
        Ok(())
    }
}

fn unknown(name: &Spanned<String>, directive: Span, dialect: Dialect) -> Diagnostic {
    let names = || known(dialect).map(|(name, _)| name);
    let message = format!("unknown pragma '{}'", name.value);
    let quoted: Vec<String> = names().map(|name| format!("'{name}'")).collect();
    let error = Diagnostic::within(Code::UnknownPragma, directive, name.span, message)
        .note(format!("known pragmas are {}", quoted.join(", ")));
    let renamed = RENAMED.iter().find(|(old, _)| *old == name.value).map(|(_, new)| *new);
    match renamed.or_else(|| nearest(name, names())) {
        Some(near) => error.did_you_mean(name.span, near),
        None => error,
    }
}

/// What pragmas were called up to 5.2.
const RENAMED: [(&str, &str); 2] = [
    ("returns-whitelist", "command-returns-exceptions"),
    ("name-case-whitelist", "member-name-exceptions"),
];

fn strings(value: &Value) -> Option<HashSet<String>> {
    let Value::List(list) = value else { return None };
    list.iter()
        .map(|element| match element {
            Value::String(string) => Some(string.value.clone()),
            _ => None,
        })
        .collect()
}
