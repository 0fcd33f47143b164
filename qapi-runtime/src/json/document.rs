//! One complete message: its text and the index over it. Syntax, encoding, escapes and member
//! names have been checked, so nothing that looks into a [`Document`] can meet a syntax error.

use std::borrow::Cow;

use super::{Node, NodeKind, SyntaxError, string};

/// One complete JSON value as it arrived. White space between tokens may have been dropped.
#[derive(Clone, Debug)]
pub struct Document {
    text: String,
    nodes: Vec<Node>,
}

impl Document {
    /// Reads a text that holds exactly one JSON value, in QEMU's dialect and within the default
    /// [`Limits`](super::Limits).
    ///
    /// ```
    /// let document = qapi_runtime::json::Document::parse(b"{'single': \"quotes\"}")?;
    /// assert_eq!(document.as_bytes(), b"{'single': \"quotes\"}");
    /// # Ok::<(), qapi_runtime::json::SyntaxError>(())
    /// ```
    ///
    /// # Errors
    /// What QEMU says of the first thing wrong with it.
    pub fn parse(text: &[u8]) -> Result<Document, SyntaxError> {
        super::decoder::single(text)
    }

    /// The text of the value: UTF-8, but in QEMU's dialect of JSON.
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }

    /// How many bytes it takes, about.
    pub(crate) fn memory(&self) -> usize {
        self.text.capacity() + self.nodes.capacity() * size_of::<Node>()
    }

    /// Joins a checked text and its index.
    pub(super) fn new(text: String, nodes: Vec<Node>) -> Document {
        Document { text, nodes }
    }

    /// The whole index.
    pub(super) fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// The node at an index that came from this document.
    #[inline]
    pub(crate) fn node(&self, index: u32) -> Node {
        self.nodes[index as usize]
    }

    /// The node's text; of a string with its quotes.
    pub(crate) fn text(&self, node: Node) -> &str {
        &self.text[node.start as usize..node.end as usize]
    }

    /// The value of a node that is a string.
    pub(crate) fn string(&self, node: Node) -> Cow<'_, str> {
        match node.kind() {
            NodeKind::Escaped => Cow::Owned(string::decode(self.plain(node))),
            _ => Cow::Borrowed(self.plain(node)),
        }
    }

    /// Whether a node that is a string has this value.
    #[inline(always)]
    pub(crate) fn string_is(&self, node: Node, value: &str) -> bool {
        self.plain_is(node, value) || node.is(NodeKind::Escaped) && self.escaped_is(node, value)
    }

    #[cold]
    fn escaped_is(&self, node: Node, value: &str) -> bool {
        self.string(node) == value
    }

    /// Whether a node is a plain string of this value.
    // As bytes: at a quote there is no question whether a character is cut.
    #[inline(always)]
    pub(crate) fn plain_is(&self, node: Node, value: &str) -> bool {
        let (start, end) = (node.start as usize + 1, node.end as usize - 1);
        node.is(NodeKind::Plain)
            && end - start == value.len()
            && self.text.as_bytes()[start..end] == *value.as_bytes()
    }

    /// Whether two nodes that are strings have the same value.
    pub(super) fn same_string(&self, one: Node, other: Node) -> bool {
        match (one.kind(), other.kind()) {
            (NodeKind::Plain, NodeKind::Plain) => self.plain(one) == self.plain(other),
            _ => self.string(one) == self.string(other),
        }
    }

    /// The text of a string between its quotes, which is the value unless it has escapes.
    pub(crate) fn plain(&self, node: Node) -> &str {
        &self.text[node.start as usize + 1..node.end as usize - 1]
    }
}
