//! A place in a message, and what can be read there. A [`Reader`] is small and `Copy`: reading moves
//! nothing, so a value can be looked at twice, and whatever is not read costs nothing.

use std::borrow::Cow;

use super::{Kind, Members, Policy, ReadError, Tag};
use crate::json::{Document, Node, NodeKind};

/// A place in a message: one value, with the policy to read it by.
///
/// ```
/// use qapi_runtime::{Policy, Wire, json::Document};
///
/// let document = Document::parse(br#"["a", "b"]"#)?;
/// assert_eq!(Vec::<String>::read(document.root(Policy::Strict))?, ["a", "b"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) node: u32,
    pub(super) policy: Policy,
    depth: u8,
}

impl std::fmt::Debug for Reader<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Reader({})", self.text())
    }
}

impl Document {
    /// The place of the message's outermost value.
    pub fn root(&self, policy: Policy) -> Reader<'_> {
        Reader { document: self, node: 0, policy, depth: 0 }
    }
}

impl<'a> Reader<'a> {
    /// How deep objects and arrays of typed values may be nested. Reading a type recurses, so this
    /// bounds the stack: a big union takes up to 19 KiB a level in a debug build, and a thread has
    /// 2 MiB. `any` is read without recursion and may be as deep as the message.
    pub const TYPED_DEPTH: usize = 64;

    /// The kind of the value.
    pub fn kind(self) -> Kind {
        match self.here().kind() {
            NodeKind::Null => Kind::Null,
            NodeKind::False | NodeKind::True => Kind::Boolean,
            NodeKind::Integer | NodeKind::Float => Kind::Number,
            NodeKind::Plain | NodeKind::Escaped => Kind::String,
            NodeKind::Array => Kind::Array,
            NodeKind::Object => Kind::Object,
        }
    }

    /// The value's own text, as it arrived but for white space.
    pub fn raw(self) -> &'a [u8] {
        self.document.text(self.here()).as_bytes()
    }

    /// How to take what a schema does not know.
    pub fn policy(self) -> Policy {
        self.policy
    }

    /// The same place under another policy.
    #[must_use]
    pub fn with_policy(self, policy: Policy) -> Self {
        Reader { policy, ..self }
    }

    /// Reads an integer. `1.0` is none, as for QEMU.
    ///
    /// # Errors
    /// "expected: integer" for everything that is not an integer of 64 bits with sign.
    pub fn integer(self) -> Result<i64, ReadError> {
        match self.here().is(NodeKind::Integer) {
            true => self.text().parse().ok(),
            false => None,
        }
        .ok_or_else(|| ReadError::wrong_type("integer"))
    }

    /// Reads an unsigned integer. A negative one of 64 bits wraps, as it always has for QEMU.
    ///
    /// # Errors
    /// "expects uint64" for everything else.
    pub fn unsigned(self) -> Result<u64, ReadError> {
        match self.here().is(NodeKind::Integer) {
            true => wrapped(self.text()),
            false => None,
        }
        .ok_or_else(ReadError::not_unsigned)
    }

    /// Reads a number of any form. An integer may lose precision; a number too big for a double is
    /// infinite.
    ///
    /// # Errors
    /// "expected: number".
    pub fn number(self) -> Result<f64, ReadError> {
        match self.here().kind() {
            NodeKind::Integer | NodeKind::Float => Ok(self.any_number().double()),
            _ => Err(ReadError::wrong_type("number")),
        }
    }

    /// Reads a boolean.
    ///
    /// # Errors
    /// "expected: boolean".
    pub fn boolean(self) -> Result<bool, ReadError> {
        match self.here().kind() {
            NodeKind::True => Ok(true),
            NodeKind::False => Ok(false),
            _ => Err(ReadError::wrong_type("boolean")),
        }
    }

    /// Reads a string; borrowed from the message where that has no escapes in it.
    ///
    /// # Errors
    /// "expected: string".
    pub fn string(self) -> Result<Cow<'a, str>, ReadError> {
        let node = self.here();
        if node.kind().is_string() {
            Ok(self.document.string(node))
        } else {
            Err(ReadError::wrong_type("string"))
        }
    }

    /// Reads a string, as [`string`](Self::string) does, but always copied.
    ///
    /// # Errors
    /// "expected: string".
    pub fn owned_string(self) -> Result<String, ReadError> {
        match self.here() {
            node if node.is(NodeKind::Plain) => Ok(self.document.plain(node).to_owned()),
            _ => self.string().map(Cow::into_owned),
        }
    }

    /// Reads `null`.
    ///
    /// # Errors
    /// "expected: null".
    pub fn null(self) -> Result<(), ReadError> {
        match self.here().kind() {
            NodeKind::Null => Ok(()),
            _ => Err(ReadError::wrong_type("null")),
        }
    }

    /// Reads a value of an enumeration with these names.
    ///
    /// # Errors
    /// "expected: string"; under [`Policy::Strict`] "does not accept value" for an unknown name.
    pub fn enumeration(self, names: &'static [&'static str]) -> Result<Tag, ReadError> {
        let node = self.here();
        let tag = match node.is(NodeKind::Plain) {
            true => Tag::of(self.document.plain(node), names),
            false => Tag::of(&self.string()?, names),
        };
        match tag {
            Tag::Unrecognized(name) if self.policy == Policy::Strict => {
                Err(ReadError::not_accepted(name))
            }
            tag => Ok(tag),
        }
    }

    /// Begins to read an array.
    ///
    /// # Errors
    /// "expected: array", or that it is nested too deep.
    pub fn elements(self) -> Result<Elements<'a>, ReadError> {
        let node = self.here();
        if !node.is(NodeKind::Array) {
            return Err(ReadError::wrong_type("array"));
        }
        Ok(Elements { next: self.inside()?, remaining: node.count() as usize })
    }

    /// Begins to read an object by the names of its members.
    ///
    /// # Errors
    /// "expected: object", or that it is nested too deep.
    pub fn members(self) -> Result<Members<'a>, ReadError> {
        let node = self.here();
        if !node.is(NodeKind::Object) {
            return Err(ReadError::wrong_type("object"));
        }
        Ok(Members::new(self.inside()?, node))
    }

    /// All members of an object as they stand, name and value; nothing if this is no object.
    pub fn entries(self) -> Entries<'a> {
        let node = self.here();
        let count = if node.kind() == NodeKind::Object { node.count() } else { 0 };
        Entries::new(self.at(self.node + 1), count)
    }

    /// All elements of an array as they stand; nothing if this is no array.
    pub fn items(self) -> Elements<'a> {
        let node = self.here();
        let remaining = if node.is(NodeKind::Array) { node.count() as usize } else { 0 };
        Elements { next: self.at(self.node + 1), remaining }
    }

    /// The member of an object with this name; `None` also if this is no object.
    pub fn get(self, name: &str) -> Option<Reader<'a>> {
        self.entries().find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The node of this place.
    pub(super) fn here(self) -> Node {
        self.document.node(self.node)
    }

    /// The same view of another node.
    pub(super) fn at(self, node: u32) -> Self {
        Reader { node, ..self }
    }

    pub(super) fn text(self) -> &'a str {
        self.document.text(self.here())
    }

    /// The first child, one level deeper.
    fn inside(self) -> Result<Self, ReadError> {
        if usize::from(self.depth) == Self::TYPED_DEPTH {
            return Err(ReadError::too_deep());
        }
        Ok(Reader { node: self.node + 1, depth: self.depth + 1, ..self })
    }
}

/// The elements of an array, in order.
#[derive(Clone)]
pub struct Elements<'a> {
    next: Reader<'a>,
    remaining: usize,
}

impl<'a> Iterator for Elements<'a> {
    type Item = Reader<'a>;

    fn next(&mut self) -> Option<Reader<'a>> {
        self.remaining = self.remaining.checked_sub(1)?;
        let element = self.next;
        self.next = element.at(element.here().next);
        Some(element)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.remaining, Some(self.remaining))
    }
}

impl ExactSizeIterator for Elements<'_> {}

/// The members of an object, in order.
#[derive(Clone)]
pub struct Entries<'a> {
    next: Reader<'a>,
    remaining: usize,
}

impl<'a> Entries<'a> {
    /// The `count` members from the one whose name is at `first`.
    pub(super) fn new(first: Reader<'a>, count: u32) -> Self {
        Entries { next: first, remaining: count as usize }
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = (Cow<'a, str>, Reader<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.remaining = self.remaining.checked_sub(1)?;
        let key = self.next;
        let value = key.at(key.node + 1);
        self.next = key.at(key.here().next);
        Some((key.document.string(key.here()), value))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.remaining, Some(self.remaining))
    }
}

impl ExactSizeIterator for Entries<'_> {}

/// An unsigned integer, or a negative one wrapped.
// QEMU takes negative numbers in qobject_input_type_uint64() "for backward compatibility".
fn wrapped(text: &str) -> Option<u64> {
    match text.strip_prefix('-') {
        None => text.parse().ok(),
        Some(_) => text.parse::<i64>().ok().map(|negative| negative as u64),
    }
}
