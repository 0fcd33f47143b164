//! What a server serves: a [`Service`] takes one [`Request`] at a time and makes a [`Reply`].
//!
//! Generated code implements it as `Dispatch`; a hand-written service is as good. Framing, the
//! envelope, ids, negotiation and whether a command may run at all have been seen to before a
//! service is asked; see `protocol`.

mod also;
mod asynchronous;
mod call;
mod reply;
mod request;

pub use also::Also;
pub use asynchronous::{AsyncService, Waiting};
pub use call::{Call, Capabilities, Delivery, Emitter, EventRecord, Outlet};
pub(crate) use reply::Outcome;
pub use reply::Reply;
pub use request::Request;
pub(crate) use request::empty_object;

use crate::error::Result;
use crate::wire::Command;

/// Commands that can be called, and what a server must know of them.
pub trait Service {
    /// The commands, events and capabilities of the schema.
    fn schema(&self) -> &'static SchemaInfo;

    /// What there is to know of a command; `None` where there is no such command.
    fn command(&self, name: &str) -> Option<CommandInfo> {
        self.schema().command(name).copied()
    }

    /// Runs one command: `match request.name() { "guest-ping" => request.answer(…), … }`.
    fn call(&self, call: &Call, request: Request<'_>) -> Reply;

    /// Whether a command may be called now. Handshake commands are asked about as well. Asked
    /// for each request, so it can change while the server runs. The session is locked meanwhile:
    /// this must neither wait nor send events.
    fn availability(&self, _command: &str) -> Availability {
        Availability::Enabled
    }

    /// The same service with one more command, which no schema has: a derived one and its handler.
    ///
    /// ```
    /// use qapi_runtime::{Call, Command, Execute, Object, Service, blocking, loopback, protocol};
    /// # struct Dispatch;
    /// # impl Service for Dispatch {
    /// #     fn schema(&self) -> &'static qapi_runtime::SchemaInfo {
    /// #         const { &qapi_runtime::SchemaInfo { commands: &[], events: &[], capabilities: &[] } }
    /// #     }
    /// #     fn call(&self, _: &Call, request: qapi_runtime::Request<'_>) -> qapi_runtime::Reply {
    /// #         request.unknown()
    /// #     }
    /// # }
    /// # let generated = Dispatch;
    ///
    /// #[derive(Command)]
    /// #[qapi(name = "x-uptime", returns = Uptime)]
    /// struct XUptime;
    ///
    /// #[derive(Debug, Object)]
    /// struct Uptime {
    ///     seconds: i64,
    /// }
    ///
    /// let service = generated.also(|_call: &Call, _: XUptime| Ok(Uptime { seconds: 7 }));
    /// let client = loopback::connect(service, protocol::Config::default(), blocking::Options::default())?;
    /// assert_eq!(client.execute(XUptime)?.seconds, 7);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    fn also<C, H>(self, handler: H) -> Also<Self, C, H>
    where
        Self: Sized,
        C: Command,
        H: Fn(&Call, C) -> Result<C::Returns>,
    {
        Also::new(self, handler)
    }
}

/// Whether a command may be called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It may.
    Enabled,
    /// It is answered with CommandNotFound "Command X has been disabled: REASON"; without a colon
    /// where the reason is empty.
    Disabled(String),
}

/// What the runtime knows of a schema. Generated as `SCHEMA`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SchemaInfo {
    /// Every command, in schema order. Handshake commands may be among them or not.
    pub commands: &'static [CommandInfo],
    /// Every event, in schema order.
    pub events: &'static [EventInfo],
    /// Every capability that the schema knows; a server's configuration says which are on offer.
    pub capabilities: &'static [&'static str],
}

impl SchemaInfo {
    /// The command of that name.
    pub fn command(&self, name: &str) -> Option<&'static CommandInfo> {
        self.commands.iter().find(|command| command.name == name)
    }

    /// The event of that name.
    pub fn event(&self, name: &str) -> Option<&'static EventInfo> {
        self.events.iter().find(|event| event.name == name)
    }
}

/// What the runtime knows of a command. Made with [`CommandInfo::new`] and what follows it, so that
/// it can grow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// Its name on the wire.
    pub name: &'static str,
    /// Whether it answers when it succeeds.
    pub success_response: bool,
    /// Whether it may be called with "exec-oob".
    pub out_of_band: bool,
    /// The capability without which it does not exist.
    pub capability: Option<&'static str>,
    /// The schema's features, such as `deprecated`.
    pub features: &'static [&'static str],
    /// Arguments that need a capability: without it they are unexpected.
    pub gated_arguments: &'static [Gate],
    /// Returned members that need a capability: without it they are left out.
    pub gated_returns: &'static [Gate],
}

impl CommandInfo {
    /// What a derive knows of its command.
    pub const fn of<C: Command>() -> Self {
        CommandInfo {
            success_response: C::SUCCESS_RESPONSE,
            out_of_band: C::OUT_OF_BAND,
            capability: C::CAPABILITY,
            features: C::FEATURES,
            ..CommandInfo::new(C::NAME)
        }
    }

    /// An ordinary command: in band, with a reply, always there.
    pub const fn new(name: &'static str) -> Self {
        CommandInfo {
            name,
            success_response: true,
            out_of_band: false,
            capability: None,
            features: &[],
            gated_arguments: &[],
            gated_returns: &[],
        }
    }

    /// `'success-response': false`.
    #[must_use]
    pub const fn silent(mut self) -> Self {
        self.success_response = false;
        self
    }

    /// `'allow-oob': true`.
    #[must_use]
    pub const fn out_of_band(mut self) -> Self {
        self.out_of_band = true;
        self
    }

    /// `'capability': NAME`.
    #[must_use]
    pub const fn capability(mut self, capability: &'static str) -> Self {
        self.capability = Some(capability);
        self
    }

    /// `'features': […]`.
    #[must_use]
    pub const fn features(mut self, features: &'static [&'static str]) -> Self {
        self.features = features;
        self
    }

    /// Arguments with a `'capability'`.
    #[must_use]
    pub const fn gated_arguments(mut self, gates: &'static [Gate]) -> Self {
        self.gated_arguments = gates;
        self
    }

    /// Returned members with a `'capability'`.
    #[must_use]
    pub const fn gated_returns(mut self, gates: &'static [Gate]) -> Self {
        self.gated_returns = gates;
        self
    }
}

/// A member that exists only while a capability is enabled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// The names that lead to it from the outermost object; arrays on the way are walked through.
    pub path: &'static [&'static str],
    /// What it needs.
    pub capability: &'static str,
}

/// What the runtime knows of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventInfo {
    /// Its name on the wire.
    pub name: &'static str,
    /// The capability without which it is not sent.
    pub capability: Option<&'static str>,
}

impl EventInfo {
    /// An event that any client may get that has negotiated.
    pub const fn new(name: &'static str) -> Self {
        EventInfo { name, capability: None }
    }

    /// `'capability': NAME`.
    #[must_use]
    pub const fn capability(mut self, capability: &'static str) -> Self {
        self.capability = Some(capability);
        self
    }
}
