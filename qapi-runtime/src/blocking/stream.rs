//! The events of a session one after the other, typed, each with its time.

use std::marker::PhantomData;
use std::time::Duration;

use super::client::{Client, undecodable};
use crate::failure::EventError;
use crate::{Events, Timestamp};

/// An event, and when the server says that it happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stamped<E> {
    /// By the server's clock.
    pub timestamp: Timestamp,
    /// What happened.
    pub event: E,
}

impl Client {
    /// The events as they arrive, of any type of a schema, each with its time; those that have
    /// arrived already come first. The stream ends when none comes within `timeout`, and behind an
    /// error that ends the session. What others take with [`Client::wait_for`] is not in it.
    ///
    /// ```no_run
    /// # use qapi_runtime::{Events, blocking::{Client, Stamped}};
    /// # use std::time::Duration;
    /// # fn print<Event: Events + std::fmt::Debug>(client: &Client) -> Result<(), qapi_runtime::EventError> {
    /// for stamped in client.events::<Event>(Duration::from_secs(60)) {
    ///     let Stamped { timestamp, event } = stamped?;
    ///     println!("{timestamp}: {event:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn events<E: Events>(&self, timeout: Duration) -> EventStream<'_, E> {
        EventStream { client: self, timeout, is_over: false, event: PhantomData }
    }
}

/// What [`Client::events`] gives. Events that were lost and events that cannot be read are errors,
/// and the stream goes on behind them.
#[derive(Debug)]
pub struct EventStream<'a, E> {
    client: &'a Client,
    timeout: Duration,
    is_over: bool,
    event: PhantomData<fn() -> E>,
}

impl<E: Events> Iterator for EventStream<'_, E> {
    type Item = Result<Stamped<E>, EventError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let message = match self.client.next_event(self.timeout) {
            Ok(message) => message,
            Err(EventError::Timeout(_)) => return None,
            Err(error) => {
                self.is_over = matches!(error, EventError::Closed | EventError::Io(_));
                return Some(Err(error));
            }
        };
        let event = message.read_any().map_err(|error| undecodable(&message, error));
        Some(event.map(|event| Stamped { timestamp: message.timestamp(), event }))
    }
}
