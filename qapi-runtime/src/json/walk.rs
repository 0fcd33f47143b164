//! A value of a message as a flat series of events, so that nobody has to recurse to see all of it.

use super::{Document, Node, NodeKind};

/// One step through a value.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Event {
    /// An array or object begins.
    Begin(Node),
    /// It ends.
    End(NodeKind),
    /// The name of a member, whose value follows.
    Name(Node),
    /// A value that is no container.
    Scalar(Node),
}

/// The events of one value, in text order.
pub(crate) struct Walk<'a> {
    document: &'a Document,
    at: u32,
    end: u32,
    open: Vec<Open>,
}

struct Open {
    kind: NodeKind,
    end: u32,
    /// Whether the next child is the name of a member.
    name: bool,
}

impl<'a> Walk<'a> {
    /// The events of the value at a node.
    pub(crate) fn new(document: &'a Document, node: u32) -> Self {
        Walk { document, at: node, end: document.node(node).next, open: Vec::new() }
    }

    fn begin(&mut self, kind: NodeKind, end: u32) {
        self.open.push(Open { kind, end, name: kind == NodeKind::Object });
    }
}

impl Iterator for Walk<'_> {
    type Item = Event;

    fn next(&mut self) -> Option<Event> {
        let innermost = self.open.last_mut();
        if innermost.as_ref().map_or(self.end, |open| open.end) == self.at {
            return self.open.pop().map(|open| Event::End(open.kind));
        }
        let node = self.document.node(self.at);
        self.at += 1;
        if let Some(open @ Open { kind: NodeKind::Object, .. }) = innermost {
            open.name = !open.name;
            if !open.name {
                return Some(Event::Name(node));
            }
        }
        Some(match node.kind() {
            kind @ (NodeKind::Array | NodeKind::Object) => {
                self.begin(kind, node.next);
                Event::Begin(node)
            }
            _ => Event::Scalar(node),
        })
    }
}
