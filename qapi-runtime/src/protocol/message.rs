//! What a client receives: a complete message comes in, a greeting, an event or a reply goes out.
//!
//! Tolerant throughout, as QMP asks of clients: unknown members are ignored, and what cannot be
//! understood at all is [`Message::Unknown`], never an error.

use super::version::Version;
use crate::error::{Error, ErrorClass};
use crate::events::event_data;
use crate::json::Document;
use crate::timestamp::Timestamp;
use crate::{Event, Kind, Policy, ReadError, Reader, Wire};

/// A message from a server.
#[derive(Debug)]
pub(super) enum Message {
    Greeting(Greeting),
    Event(EventMessage),
    Reply(ReplyMessage),
    Unknown,
}

/// Says what a message is. The order matters only for messages that no server sends.
pub(super) fn classify(message: Document) -> Message {
    let root = message.root(Policy::Tolerant);
    if root.kind() != Kind::Object {
        return Message::Unknown;
    }
    if let Some(greeting) = root.get("QMP") {
        return Greeting::read(greeting).map_or(Message::Unknown, Message::Greeting);
    }
    if let Some(name) = root.get("event").and_then(|name| name.string().ok()) {
        let name = name.into_owned();
        return Message::Event(EventMessage { name, message });
    }
    if root.get("return").is_some() || root.get("error").is_some() {
        return Message::Reply(ReplyMessage { message });
    }
    Message::Unknown
}

/// What a QMP server says when a client connects.
#[derive(Debug)]
pub(super) struct Greeting {
    pub(super) version: Option<Version>,
    pub(super) capabilities: Vec<String>,
}

impl Greeting {
    fn read(greeting: Reader<'_>) -> Option<Greeting> {
        if greeting.kind() != Kind::Object {
            return None;
        }
        let version = greeting.get("version").and_then(|version| Version::read(version).ok());
        Some(Greeting { version, capabilities: names(greeting.get("capabilities")) })
    }
}

/// The strings of an array; nothing where it is none. Capabilities of the future may be more than
/// strings.
pub(super) fn names(array: Option<Reader<'_>>) -> Vec<String> {
    let Some(elements) = array.and_then(|array| array.elements().ok()) else { return Vec::new() };
    elements.filter_map(|element| Some(element.string().ok()?.into_owned())).collect()
}

/// An event as it came.
#[derive(Clone, Debug)]
pub struct EventMessage {
    name: String,
    message: Document,
}

impl EventMessage {
    /// The event's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// When the server says it happened.
    pub fn timestamp(&self) -> Timestamp {
        let timestamp = self.root().get("timestamp");
        timestamp.and_then(|at| Timestamp::read(at).ok()).unwrap_or(Timestamp::UNKNOWN)
    }

    /// Its data, an object; `None` where the event has none.
    pub fn data(&self) -> Option<Reader<'_>> {
        self.root().get("data")
    }

    /// Reads its data as the event that the caller takes it for.
    ///
    /// # Errors
    /// Where in the data something is missing or of another type.
    pub fn read<E: Event>(&self) -> Result<E, ReadError> {
        event_data(self.data())
    }

    /// The whole message, as the server sent it.
    pub fn as_bytes(&self) -> &[u8] {
        self.message.as_bytes()
    }

    /// How many bytes it takes, about.
    pub(crate) fn memory(&self) -> usize {
        self.name.len() + self.message.memory()
    }

    fn root(&self) -> Reader<'_> {
        self.message.root(Policy::Tolerant)
    }
}

/// A reply as it came.
#[derive(Clone, Debug)]
pub struct ReplyMessage {
    message: Document,
}

impl ReplyMessage {
    /// The returned value.
    ///
    /// # Errors
    /// The server's error.
    pub fn outcome(&self) -> Result<Reader<'_>, Error> {
        match self.root().get("error") {
            Some(error) => Err(read_error(error)),
            None => self.root().get("return").ok_or_else(|| Error::generic("no reply")),
        }
    }

    /// The whole message, as the server sent it.
    pub fn as_bytes(&self) -> &[u8] {
        self.message.as_bytes()
    }

    /// A member beside `return`.
    pub(super) fn beside(&self, name: &str) -> Option<Reader<'_>> {
        self.root().get(name)
    }

    /// Whose reply it is.
    pub(super) fn id(&self) -> Id {
        match self.root().get("id") {
            None => Id::Absent,
            Some(id) => id.string().map_or(Id::Foreign, |id| Id::Text(id.into_owned())),
        }
    }

    /// The returned value, where it is an integer.
    pub(super) fn returned_integer(&self) -> Option<i64> {
        self.outcome().ok()?.integer().ok()
    }

    fn root(&self) -> Reader<'_> {
        self.message.root(Policy::Tolerant)
    }
}

/// A reply's id. Ours are strings: where the front of a sync command is lost, its arguments
/// `{"id": 77}` are read as a request, and the error that answers them carries that number.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Id {
    Absent,
    Text(String),
    Foreign,
}

fn read_error(error: Reader<'_>) -> Error {
    let text = |name| Some(error.get(name)?.string().ok()?.into_owned());
    let class = text("class").map_or(ErrorClass::GenericError, |class| class.as_str().into());
    Error { class, desc: text("desc").unwrap_or_default() }
}
