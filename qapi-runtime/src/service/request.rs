//! One command that a client asked for, before its arguments are read.

use super::reply::Reply;
use crate::error::{Error, Result};
use crate::json::Document;
use crate::{Command, Policy, ReadError, Reader};
use std::sync::OnceLock;

/// A request whose envelope was in order, for a command that exists and may run.
#[derive(Clone, Copy)]
pub struct Request<'a> {
    name: &'a str,
    arguments: Reader<'a>,
}

impl<'a> Request<'a> {
    /// A request; `None` for arguments is the same as an empty object.
    pub fn new(name: &'a str, arguments: Option<Reader<'a>>) -> Self {
        Request { name, arguments: arguments.unwrap_or_else(|| empty_object(Policy::Strict)) }
    }

    /// The command's name.
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// The arguments, an object, not yet checked.
    pub fn arguments(&self) -> Reader<'a> {
        self.arguments
    }

    /// Reads and checks the arguments, calls the handler, and writes what it returns.
    pub fn answer<C: Command>(self, handler: impl FnOnce(C) -> Result<C::Returns>) -> Reply {
        reply::<C>(self.read().map_err(Error::from).and_then(handler))
    }

    /// The same for a handler that returns a future.
    pub async fn answer_async<C: Command, F>(self, handler: impl FnOnce(C) -> F) -> Reply
    where
        F: Future<Output = Result<C::Returns>>,
    {
        match self.read::<C>() {
            Ok(command) => reply::<C>(handler(command).await),
            Err(error) => Reply::error(error.into()),
        }
    }

    /// Reads and checks the arguments.
    pub fn read<C: Command>(&self) -> core::result::Result<C, ReadError> {
        C::read(self.arguments)
    }

    /// For a name that the service does not know.
    pub fn unknown(self) -> Reply {
        Reply::error(Error::command_not_found(format!(
            "The command {} has not been found",
            self.name
        )))
    }
}

/// What is answered when a handler is done.
fn reply<C: Command>(done: Result<C::Returns>) -> Reply {
    match done {
        Ok(_) if !C::SUCCESS_RESPONSE => Reply::nothing(),
        Ok(returns) => Reply::value(&returns),
        Err(error) => Reply::error(error),
    }
}

/// `{}`, for requests without arguments and events without data.
pub(crate) fn empty_object(policy: Policy) -> Reader<'static> {
    static EMPTY: OnceLock<Document> = OnceLock::new();
    let document = EMPTY.get_or_init(|| Document::parse(b"{}").expect("an empty object is JSON"));
    document.root(policy)
}
