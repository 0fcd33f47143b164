//! A service and one more command, written by hand.

use super::{Availability, Call, CommandInfo, Reply, Request, SchemaInfo, Service};
use crate::error::Result;
use crate::wire::Command;
use core::fmt;
use core::marker::PhantomData;

/// A [`Service`] with one more command; made by [`Service::also`]. A command of the same name in the
/// schema is hidden behind it.
pub struct Also<S, C, H> {
    service: S,
    handler: H,
    command: PhantomData<fn(C)>,
}

impl<S, C, H> Also<S, C, H> {
    pub(super) fn new(service: S, handler: H) -> Self {
        Also { service, handler, command: PhantomData }
    }
}

impl<S, C, H> Service for Also<S, C, H>
where
    S: Service,
    C: Command,
    H: Fn(&Call, C) -> Result<C::Returns>,
{
    fn schema(&self) -> &'static SchemaInfo {
        self.service.schema()
    }

    fn command(&self, name: &str) -> Option<CommandInfo> {
        match name == C::NAME {
            true => Some(CommandInfo::of::<C>()),
            false => self.service.command(name),
        }
    }

    fn call(&self, call: &Call, request: Request<'_>) -> Reply {
        match request.name() == C::NAME {
            true => request.answer(|command| (self.handler)(call, command)),
            false => self.service.call(call, request),
        }
    }

    fn availability(&self, command: &str) -> Availability {
        self.service.availability(command)
    }
}

impl<S: fmt::Debug, C: Command, H> fmt::Debug for Also<S, C, H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Also").field("service", &self.service).field("command", &C::NAME).finish()
    }
}
