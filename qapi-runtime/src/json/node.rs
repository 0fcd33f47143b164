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
    /// The kind in the low 8 bits. Above them, of a container how many elements or members it has; of
    /// a name its [`mark`].
    tagged: u32,
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
    /// A value with this text, which stands at `start`.
    #[inline]
    pub(crate) fn value(kind: NodeKind, start: u32, text: &[u8], next: u32) -> Node {
        Node { start, end: start + text.len() as u32, next, tagged: kind as u32 }
    }

    /// A name with this text, which stands at `start`.
    #[inline]
    pub(crate) fn name(kind: NodeKind, start: u32, text: &[u8], mark: u32) -> Node {
        Node { tagged: kind as u32 | mark << 8, ..Node::value(kind, start, text, 0) }
    }

    /// Closes a container of so many elements or members, at most 16 777 215.
    #[inline]
    pub(crate) fn close(&mut self, end: u32, next: u32, count: u32) {
        *self = Node { start: self.start, end, next, tagged: self.tagged | count << 8 };
    }

    /// What it is.
    #[inline]
    pub(crate) fn kind(self) -> NodeKind {
        use NodeKind::{Array, Escaped, False, Float, Integer, Null, Object, Plain, True};
        const KINDS: [NodeKind; 16] = [
            Null, False, True, Integer, Float, Plain, Escaped, Array, Object, Null, Null, Null,
            Null, Null, Null, Null,
        ];
        KINDS[(self.tagged & 15) as usize]
    }

    /// Whether it is of this kind.
    #[inline]
    pub(crate) fn is(self, kind: NodeKind) -> bool {
        self.tagged as u8 == kind as u8
    }

    /// How many elements an array has, or members an object.
    #[inline]
    pub(crate) fn count(self) -> u32 {
        self.tagged >> 8
    }

    /// The mark of a name.
    #[inline]
    pub(crate) fn mark(self) -> u32 {
        self.tagged >> 8
    }

    /// Whether a name has this mark.
    #[inline]
    pub(crate) fn has_mark(self, mark: u32) -> bool {
        self.tagged >> 8 == mark
    }
}

/// 24 bits of a name: its first and last byte and the low bits of its length. Names with different
/// marks are different.
#[inline]
pub(crate) fn mark(name: &[u8]) -> u32 {
    match (name.first(), name.last()) {
        (Some(&first), Some(&last)) => u32::from_le_bytes([name.len() as u8, first, last, 0]),
        _ => 0,
    }
}
