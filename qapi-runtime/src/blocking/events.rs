//! Events that have arrived and that nobody has fetched yet; bounded, the oldest are lost first.

use crate::protocol::EventMessage;
use std::collections::VecDeque;

/// How many events wait at most, and how many bytes of memory they may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bounds {
    pub(super) events: usize,
    pub(super) bytes: usize,
}

#[derive(Debug)]
pub(super) struct EventQueue {
    bounds: Bounds,
    waiting: VecDeque<EventMessage>,
    bytes: usize,
    lost: u64,
}

impl EventQueue {
    pub(super) fn new(bounds: Bounds) -> Self {
        EventQueue { bounds, waiting: VecDeque::new(), bytes: 0, lost: 0 }
    }

    pub(super) fn push(&mut self, event: EventMessage) {
        self.bytes += event.memory();
        self.waiting.push_back(event);
        while self.waiting.len() > self.bounds.events || self.bytes > self.bounds.bytes {
            if self.take(0).is_none() {
                return;
            }
            self.lost += 1;
        }
    }

    /// How many were lost since this was last asked.
    pub(super) fn take_lost(&mut self) -> Option<u64> {
        let lost = std::mem::take(&mut self.lost);
        (lost > 0).then_some(lost)
    }

    /// Takes the first that is wanted and leaves the others.
    pub(super) fn find(
        &mut self,
        mut wanted: impl FnMut(&EventMessage) -> bool,
    ) -> Option<EventMessage> {
        let place = self.waiting.iter().position(&mut wanted)?;
        self.take(place)
    }

    fn take(&mut self, place: usize) -> Option<EventMessage> {
        let event = self.waiting.remove(place)?;
        self.bytes -= event.memory();
        Some(event)
    }
}
