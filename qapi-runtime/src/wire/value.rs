//! Values of type `any`: from a message into `serde_json::Value` and back, without recursion, since a
//! message may be nested deeper than a small stack allows.

use super::{Any, Flat, Kinds, Map, Members, ReadError, Reader, Wire, Writer};
use crate::json::{AnyNumber, Event, Node, NodeKind, Walk};

impl Reader<'_> {
    /// Reads any value whole. A number too big for a double, which JSON text can express but
    /// `serde_json` cannot hold, becomes `null`.
    pub fn value(self) -> Any {
        let node = self.here();
        if !matches!(node.kind(), NodeKind::Array | NodeKind::Object) {
            return self.scalar(node);
        }
        let mut whole = Building::default();
        for event in self.walk() {
            match event {
                Event::Begin(node) if node.kind() == NodeKind::Array => {
                    whole.open.push(Container::Array(Vec::new()));
                }
                Event::Begin(_) => whole.open.push(Container::Object(Map::new(), String::new())),
                Event::Name(node) => whole.name(self.document.string(node).into_owned()),
                Event::Scalar(node) => whole.add(self.scalar(node)),
                Event::End(_) => whole.close(),
            }
        }
        whole.complete
    }

    /// The value of an integer or float node.
    pub(super) fn any_number(self) -> AnyNumber {
        AnyNumber::parse(self.text())
    }

    fn walk(&self) -> Walk<'_> {
        Walk::new(self.document, self.node)
    }

    fn scalar(self, node: Node) -> Any {
        match node.kind() {
            NodeKind::False => Any::Bool(false),
            NodeKind::True => Any::Bool(true),
            NodeKind::Integer | NodeKind::Float => {
                match AnyNumber::parse(self.document.text(node)) {
                    AnyNumber::Integer(number) => number.into(),
                    AnyNumber::Unsigned(number) => number.into(),
                    AnyNumber::Double(number) => number.into(),
                }
            }
            NodeKind::Plain | NodeKind::Escaped => {
                Any::String(self.document.string(node).into_owned())
            }
            NodeKind::Null | NodeKind::Array | NodeKind::Object => Any::Null,
        }
    }
}

/// A value being built.
#[derive(Default)]
struct Building {
    /// The containers that are not complete, outermost first.
    open: Vec<Container>,
    /// The value, once it is complete.
    complete: Any,
}

enum Container {
    Array(Vec<Any>),
    /// The members so far, and the name of the next one.
    Object(Map, String),
}

impl Building {
    fn name(&mut self, text: String) {
        if let Some(Container::Object(_, name)) = self.open.last_mut() {
            *name = text;
        }
    }

    fn add(&mut self, value: Any) {
        match self.open.last_mut() {
            None => self.complete = value,
            Some(Container::Array(elements)) => elements.push(value),
            Some(Container::Object(members, name)) => {
                members.insert(std::mem::take(name), value);
            }
        }
    }

    fn close(&mut self) {
        match self.open.pop() {
            None => {}
            Some(Container::Array(elements)) => self.add(Any::Array(elements)),
            Some(Container::Object(members, _)) => self.add(Any::Object(members)),
        }
    }
}

impl Writer {
    /// Writes a value that has been read, in output format: what QEMU does to the `id` of a request.
    pub fn copy(&mut self, value: Reader<'_>) {
        for event in value.walk() {
            match event {
                Event::Begin(node) if node.kind() == NodeKind::Array => self.begin_array(),
                Event::Begin(_) => self.begin_object(),
                Event::Name(node) => self.key(&value.document.string(node)),
                Event::Scalar(node) => self.copy_scalar(value, node),
                Event::End(NodeKind::Array) => self.end_array(),
                Event::End(_) => self.end_object(),
            }
        }
    }

    fn copy_scalar(&mut self, value: Reader<'_>, node: Node) {
        match node.kind() {
            NodeKind::Plain | NodeKind::Escaped => self.string(&value.document.string(node)),
            NodeKind::Integer | NodeKind::Float => {
                match AnyNumber::parse(value.document.text(node)) {
                    AnyNumber::Integer(number) => self.integer(number),
                    AnyNumber::Unsigned(number) => self.unsigned(number),
                    AnyNumber::Double(number) => self.number(number),
                }
            }
            _ => self.raw(value.document.text(node).as_bytes()),
        }
    }

    /// Writes a value of any form.
    pub fn value(&mut self, value: &Any) {
        let mut open = Vec::new();
        self.begin_value(value, &mut open);
        while let Some(level) = open.last_mut() {
            match level.next() {
                Some((name, value)) => {
                    if let Some(name) = name {
                        self.key(name);
                    }
                    self.begin_value(value, &mut open);
                }
                None => {
                    match level {
                        Level::Array(_) => self.end_array(),
                        Level::Object(_) => self.end_object(),
                    }
                    open.pop();
                }
            }
        }
    }

    /// Writes a scalar whole, and the opening bracket of a container.
    fn begin_value<'a>(&mut self, value: &'a Any, open: &mut Vec<Level<'a>>) {
        match value {
            Any::Null => self.null(),
            Any::Bool(value) => self.boolean(*value),
            Any::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(integer), _) => self.integer(integer),
                (None, Some(unsigned)) => self.unsigned(unsigned),
                (None, None) => self.number(number.as_f64().unwrap_or(f64::NAN)),
            },
            Any::String(value) => self.string(value),
            Any::Array(elements) => {
                self.begin_array();
                open.push(Level::Array(elements.iter()));
            }
            Any::Object(members) => {
                self.begin_object();
                open.push(Level::Object(members.iter()));
            }
        }
    }
}

/// A container being written: what of it is still to come.
enum Level<'a> {
    Array(std::slice::Iter<'a, Any>),
    Object(serde_json::map::Iter<'a>),
}

impl<'a> Level<'a> {
    fn next(&mut self) -> Option<(Option<&'a String>, &'a Any)> {
        match self {
            Level::Array(elements) => elements.next().map(|value| (None, value)),
            Level::Object(members) => members.next().map(|(name, value)| (Some(name), value)),
        }
    }
}

impl Wire for Any {
    const KINDS: Kinds = Kinds::ANY;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        Ok(reader.value())
    }

    fn write(&self, writer: &mut Writer) {
        writer.value(self);
    }
}

/// An object of any members.
impl Wire for Map {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        Ok(members.rest())
    }

    fn write_members(&self, writer: &mut Writer) {
        for (name, value) in self {
            writer.key(name);
            writer.value(value);
        }
    }
}

impl Flat for Map {}
