//! Tokens become the index of a message. A push-down automaton, so that nothing recurses; it accepts
//! tokens in order and its first error is the one that QEMU's recursive parser would find.

use super::error::Problem;
use super::lexer::TokenKind;
use super::{Node, NodeKind, SyntaxError, duplicate, node, string};

/// A message being parsed.
#[derive(Clone, Debug, Default)]
pub(super) struct Parser {
    nodes: Vec<Node>,
    /// How many of them the input that was there at first may hold.
    foreseen: usize,
    suspects: Vec<u32>,
    expected: Expected,
    /// The innermost container that is open, and those around it.
    inner: Open,
    outer: Vec<Open>,
}

/// What a message was parsed to, as far as it went.
pub(super) struct Parsed {
    /// The index.
    pub(super) nodes: Vec<Node>,
    /// The objects in it that may have a repeated name.
    pub(super) suspects: Vec<u32>,
}

/// What a scalar is in a container.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Seat {
    /// The name of a member.
    Name,
    /// An element, or what a member is.
    Value,
}

impl Seat {
    /// Whether it may be of this kind.
    #[inline(always)]
    pub(super) fn takes(self, kind: NodeKind) -> bool {
        self == Seat::Value || kind == NodeKind::Plain
    }

    /// What stands behind it, unless it is the last one.
    #[inline(always)]
    pub(super) fn separator(self) -> u8 {
        match self {
            Seat::Name => b':',
            Seat::Value => b',',
        }
    }
}

/// A container whose end has not been seen.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    node: u32,
    /// Elements, or members, that are complete.
    count: u32,
    kind: Container,
    /// Whether it stands where the name of a member belongs. QEMU minds that only at its end.
    is_name: bool,
    /// Whether two names may be the same.
    suspect: bool,
    /// The bits of the names so far.
    names: u64,
}

/// What a value stands in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Container {
    /// Nothing: it is the message.
    #[default]
    Message,
    Array,
    Object,
}

/// What may come next.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
enum Expected {
    /// A value; in an object, that of a member.
    #[default]
    Value,
    /// A value or the end of an empty array.
    ElementOrEnd,
    /// The name of a member. QEMU parses any value here and then complains.
    Name,
    /// The name of a member or the end of an empty object.
    NameOrEnd,
    /// The colon behind a name.
    Colon,
    /// A comma or the end of the array.
    ElementSeparator,
    /// A comma or the end of the object.
    MemberSeparator,
    /// Nothing: the message is wrong, and what is left of it does not matter.
    Nothing,
}

impl Parser {
    /// Ends the message, complete or not.
    pub(super) fn take(&mut self) -> Parsed {
        let Parser { mut nodes, mut suspects, inner, outer, .. } = std::mem::take(self);
        // What a message keeps is bounded by what it holds.
        if nodes.capacity() > 2 * nodes.len() + 64 {
            nodes.shrink_to_fit();
        }
        let open = outer.iter().chain([&inner]);
        suspects.extend(open.filter(|open| open.suspect).map(|open| open.node));
        Parsed { nodes, suspects }
    }

    /// Makes room for what a text of at most so many bytes may hold, if it is a small one.
    pub(super) fn reserve(&mut self, bytes: usize) {
        self.foreseen = bytes / 6;
        self.nodes.reserve((bytes / 8).min(60) + 4);
    }

    /// Adds a node.
    #[inline(always)]
    fn push(&mut self, node: Node) {
        if self.nodes.len() == self.nodes.capacity() {
            self.grow();
        }
        self.nodes.push(node);
    }

    /// Makes more room: twice as much, or, in big steps, what the input that is there may hold. Many
    /// small messages may be in it as well as a big one.
    #[cold]
    fn grow(&mut self) {
        let present = self.nodes.len();
        let expected = self.foreseen.saturating_sub(present);
        self.nodes.reserve_exact(expected.clamp(present, 16 * present).max(4));
    }

    /// Says that the message is wrong. Any token is accepted until [`take`](Self::take).
    pub(super) fn give_up(&mut self) {
        self.expected = Expected::Nothing;
    }

    /// What a scalar is here, unless it is the message.
    #[inline(always)]
    pub(super) fn seat(&self) -> Option<Seat> {
        match self.expected {
            Expected::Name | Expected::NameOrEnd => Some(Seat::Name),
            Expected::Value | Expected::ElementOrEnd if self.inner.kind != Container::Message => {
                Some(Seat::Value)
            }
            _ => None,
        }
    }

    /// Accepts a scalar that is this here, and the separator if one stands behind it.
    #[inline(always)]
    pub(super) fn accept_simple(
        &mut self,
        seat: Seat,
        kind: NodeKind,
        text: &[u8],
        start: u32,
        separated: bool,
    ) {
        match seat {
            Seat::Name => self.name(NodeKind::Plain, text, start),
            Seat::Value => self.scalar(kind, text, start),
        }
        // Behind a name the separator is a colon, and a value comes next as well.
        if separated {
            self.accept_comma();
        }
    }

    /// Whether a comma may come next.
    #[inline(always)]
    pub(super) fn expects_comma(&self) -> bool {
        matches!(self.expected, Expected::MemberSeparator | Expected::ElementSeparator)
    }

    /// Accepts a comma where one may come.
    #[inline(always)]
    pub(super) fn accept_comma(&mut self) {
        self.expected = match self.expected {
            Expected::MemberSeparator => Expected::Name,
            _ => Expected::Value,
        };
    }

    /// Accepts a token with this text, which stands at `start` in the text of the message.
    ///
    /// # Errors
    /// What is wrong with it here. The parser is to give up then.
    #[inline(always)]
    pub(super) fn accept(
        &mut self,
        kind: TokenKind,
        text: &[u8],
        start: u32,
    ) -> Result<(), SyntaxError> {
        use Expected::{
            Colon, ElementOrEnd, ElementSeparator, MemberSeparator, Name, NameOrEnd, Value,
        };
        match (kind, self.expected) {
            (TokenKind::Comma, MemberSeparator) => self.expected = Name,
            (TokenKind::Comma, ElementSeparator) => self.expected = Value,
            (TokenKind::Colon, Colon) => self.expected = Value,
            (TokenKind::EndObject, MemberSeparator | NameOrEnd)
            | (TokenKind::EndArray, ElementSeparator | ElementOrEnd) => {
                return self.end(start + 1);
            }
            (TokenKind::BeginObject, Value | ElementOrEnd | Name | NameOrEnd) => {
                self.begin(NodeKind::Object, start);
            }
            (TokenKind::BeginArray, Value | ElementOrEnd | Name | NameOrEnd) => {
                self.begin(NodeKind::Array, start);
            }
            (TokenKind::Plain, Value | ElementOrEnd) => {
                self.scalar(NodeKind::Plain, text, start);
            }
            (TokenKind::Plain, Name | NameOrEnd) => {
                self.name(NodeKind::Plain, text, start);
            }
            (
                TokenKind::String | TokenKind::Integer | TokenKind::Float | TokenKind::Keyword,
                Value | ElementOrEnd | Name | NameOrEnd,
            ) => return self.other_scalar(kind, text, start),
            (_, expected) => return unexpected(expected),
        }
        Ok(())
    }

    #[inline(always)]
    fn begin(&mut self, kind: NodeKind, start: u32) {
        let is_name = self.expects_name();
        let node = self.nodes.len() as u32;
        self.push(Node::value(kind, start, b"", 0));
        self.outer.push(self.inner);
        let container;
        (container, self.expected) = match kind {
            NodeKind::Object => (Container::Object, Expected::NameOrEnd),
            _ => (Container::Array, Expected::ElementOrEnd),
        };
        self.inner = Open { node, kind: container, is_name, ..Open::default() };
    }

    #[inline(always)]
    fn end(&mut self, end: u32) -> Result<(), SyntaxError> {
        let (ended, next) = (self.inner, self.nodes.len() as u32);
        let node = &mut self.nodes[ended.node as usize];
        node.close(end, next, ended.count);
        if ended.suspect {
            self.suspects.push(ended.node);
        }
        self.inner = self.outer.pop().unwrap_or_default();
        if ended.is_name {
            return Err(Problem::KEY_NOT_STRING.into());
        }
        self.complete(ended.node);
        Ok(())
    }

    /// A scalar whose text must be looked at.
    fn other_scalar(
        &mut self,
        kind: TokenKind,
        text: &[u8],
        start: u32,
    ) -> Result<(), SyntaxError> {
        let kind = match kind {
            TokenKind::Integer => NodeKind::Integer,
            TokenKind::Float => NodeKind::Float,
            TokenKind::Keyword => keyword(text)?,
            _ => string::check(text)?,
        };
        if !self.expects_name() {
            self.scalar(kind, text, start);
        } else if kind.is_string() {
            self.name(kind, text, start);
        } else {
            return Err(Problem::KEY_NOT_STRING.into());
        }
        Ok(())
    }

    #[inline]
    fn scalar(&mut self, kind: NodeKind, text: &[u8], start: u32) {
        let node = self.nodes.len() as u32;
        self.push(Node::value(kind, start, text, node + 1));
        self.complete(node);
    }

    /// The name of a member.
    #[inline]
    fn name(&mut self, kind: NodeKind, text: &[u8], start: u32) {
        let name = &text[1..text.len() - 1];
        let mark = match kind {
            NodeKind::Escaped => node::mark(string::decode_bytes(name).as_bytes()),
            _ => node::mark(name),
        };
        let bit = duplicate::bit(mark);
        self.push(Node::name(kind, start, text, mark));
        self.inner.suspect |= self.inner.names & bit != 0;
        self.inner.names |= bit;
        self.expected = Expected::Colon;
    }

    /// The value at a node is complete: go on in the container around it.
    #[inline]
    fn complete(&mut self, node: u32) {
        self.inner.count += 1;
        self.expected = match self.inner.kind {
            Container::Message => Expected::Value,
            Container::Array => Expected::ElementSeparator,
            Container::Object => {
                self.nodes[node as usize - 1].next = self.nodes.len() as u32;
                Expected::MemberSeparator
            }
        };
    }

    fn expects_name(&self) -> bool {
        matches!(self.expected, Expected::Name | Expected::NameOrEnd)
    }
}

/// What QEMU says of a token that does not belong here.
#[cold]
fn unexpected(expected: Expected) -> Result<(), SyntaxError> {
    Err(match expected {
        Expected::Nothing => return Ok(()),
        Expected::Colon => Problem::MISSING_COLON,
        Expected::ElementSeparator => Problem::ARRAY_SEPARATOR,
        Expected::MemberSeparator => Problem::OBJECT_SEPARATOR,
        _ => Problem::EXPECTING_VALUE,
    }
    .into())
}

/// One of the three words.
fn keyword(text: &[u8]) -> Result<NodeKind, SyntaxError> {
    match text {
        b"null" => Ok(NodeKind::Null),
        b"false" => Ok(NodeKind::False),
        b"true" => Ok(NodeKind::True),
        _ => Err(Problem::InvalidKeyword(text.into()).into()),
    }
}
