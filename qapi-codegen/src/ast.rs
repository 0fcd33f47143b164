//! What a schema file says, before anyone asks what it means: objects, lists, strings, booleans
//! and documentation blocks, each with its place. Data only; `parse` makes it, `expr` reads it.

use crate::source::{Span, Spanned};

/// One file: its top-level items in order.
#[derive(Debug, Default)]
pub struct File {
    /// Objects and documentation blocks, as they stand.
    pub items: Vec<Item>,
}

/// One top-level item.
#[derive(Clone, Debug)]
pub enum Item {
    /// A definition, an include or a pragma: `load` tells them apart.
    Object(Object),
    /// A documentation block; it belongs to the object right behind it.
    Doc(DocBlock),
    /// Something that could not be read and has been reported.
    Broken(Span),
}

/// An object: members in the order written. Names are unique; `parse` reports a second one.
#[derive(Clone, Debug)]
pub struct Object {
    /// The members.
    pub members: Vec<Member>,
    /// From `{` to `}`.
    pub span: Span,
}

impl Object {
    /// The value of a member.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.members.iter().find(|member| member.name.value == name).map(|member| &member.value)
    }
}

/// One member of an object.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name, as written.
    pub name: Spanned<String>,
    /// Its value.
    pub value: Value,
}

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `{ … }`
    Object(Object),
    /// `[ … ]`, from bracket to bracket.
    List(Spanned<Vec<Value>>),
    /// `'…'`, escapes resolved; the span includes the quotes.
    String(Spanned<String>),
    /// `true` or `false`.
    Bool(Spanned<bool>),
}

impl Value {
    /// Whether there is nothing in it, which QEMU's generator, being Python, may take for false
    /// before it asks what it is.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Object(object) => object.members.is_empty(),
            Value::List(list) => list.value.is_empty(),
            Value::String(string) => string.is_empty(),
            Value::Bool(boolean) => !boolean.value,
        }
    }

    /// Where the value stands.
    pub fn span(&self) -> Span {
        match self {
            Value::Object(object) => object.span,
            Value::List(list) => list.span,
            Value::String(string) => string.span,
            Value::Bool(boolean) => boolean.span,
        }
    }
}

/// A `##` … `##` block as places of its lines, not yet read; see `doc`.
#[derive(Clone, Debug)]
pub struct DocBlock {
    /// From the first line to the last.
    pub span: Span,
    /// The line that opens it, which should be `##`, from its first `#` to its end.
    pub opening: Span,
    /// The lines between, each from its `#` to its end.
    pub lines: Vec<Span>,
    /// How it ends.
    pub end: DocEnd,
}

/// How a documentation block ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DocEnd {
    /// With a line that starts with `##`, and should have no more.
    Closed(Span),
    /// Not at all: here something else stands.
    Missing(Span),
    /// In a way that has been reported.
    Broken,
}
