//! The index of a message: one [`Node`] for every value and every member name, in text order.
//! Data only; `parser` makes it and `document` looks into it.

/// One value or member name, in 16 bytes. An object's children are name, value, name, value, …; an
/// array's are its elements.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    /// Offset of its first byte in the message's text; of a string, of the opening quote.
    pub(crate) start: u32,
    /// Offset behind its last byte.
    pub(crate) end: u32,
    /// Index of the next node that is neither part of it nor, if it is a name, of its value; 0 while
    /// that is not known.
    pub(crate) next: u32,
    /// What it is.
    pub(crate) kind: NodeKind,
    count: [u8; 3],
}

/// What a node is. Numbers are told apart as QEMU's lexer does: by `.` and exponent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NodeKind {
    /// `null`
    Null,
    /// `false`
    False,
    /// `true`
    True,
    /// A number without `.` and exponent.
    Integer,
    /// A number with one of them.
    Float,
    /// A string whose text between the quotes is its value.
    Plain,
    /// A string with escapes.
    Escaped,
    /// `[…]`
    Array,
    /// `{…}`
    Object,
}

impl NodeKind {
    /// Whether it is a string of either sort.
    pub(crate) fn is_string(self) -> bool {
        matches!(self, NodeKind::Plain | NodeKind::Escaped)
    }
}

impl Node {
    /// A node with this text, which stands at `start`.
    #[inline]
    pub(crate) fn new(kind: NodeKind, start: u32, text: &[u8], next: u32) -> Node {
        Node { start, end: start + text.len() as u32, next, kind, count: [0; 3] }
    }

    /// Closes a container of so many elements or members, at most 16 777 215.
    pub(crate) fn close(&mut self, end: u32, next: u32, count: u32) {
        let [low, middle, high, _] = count.to_le_bytes();
        (self.end, self.next, self.count) = (end, next, [low, middle, high]);
    }

    /// How many elements an array has, or members an object; 0 for everything else.
    pub(crate) fn count(self) -> u32 {
        let [low, middle, high] = self.count;
        u32::from_le_bytes([low, middle, high, 0])
    }
}
