//! The commands that a client has sent and that have not been answered yet.

use super::handshake::GUEST_SYNC;
use super::lane::Lane;
use super::message::{Id, ReplyMessage};
use super::outgoing::{Names, Request};

/// One command that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CallId(u64);

/// A command to send.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// Its name.
    pub command: &'a str,
    /// The text of its arguments, a JSON object.
    pub arguments: &'a [u8],
    /// In band or not.
    pub lane: Lane,
    /// Whether it answers.
    pub answer: Answer,
}

/// When a command answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Answer {
    /// Always.
    #[default]
    Always,
    /// Only when it fails (`'success-response': false`).
    OnlyErrors,
}

/// How many commands may be out at a time. QEMU reads no further behind eight.
pub const IN_FLIGHT: usize = 8;

/// Whose reply one is.
#[derive(Debug)]
pub(super) enum Answered {
    /// Nobody's: late, or an earlier client's.
    Nobody,
    /// This command's; no reply where it succeeded in silence.
    Call(CallId, Option<ReplyMessage>),
    /// This command's, but what follows may belong to it as well.
    OutOfStep(CallId, ReplyMessage),
}

/// The commands that are out, in the order in which they were sent.
#[derive(Debug, Default)]
pub(super) struct Calls {
    out: Vec<Pending>,
    count: u64,
}

#[derive(Debug)]
struct Pending {
    call: CallId,
    id: Option<String>,
    fence: Option<Fence>,
}

/// The request behind a command that is silent when it succeeds. Commands run in order, so the
/// fence's answer, of whatever kind, says that the command has been run.
#[derive(Debug)]
enum Fence {
    Id(String),
    /// Where replies carry no ids. An error of the command waits here for the fence.
    Number(i64, Option<ReplyMessage>),
}

impl Calls {
    /// Whether one more may be sent. Without ids only order tells whose a reply is.
    pub(super) fn has_room(&self, id_echo: bool) -> bool {
        self.out.len() < if id_echo { IN_FLIGHT } else { 1 }
    }

    /// Writes a command, with an id where replies will carry it.
    pub(super) fn send(
        &mut self,
        order: Order<'_>,
        id_echo: bool,
        names: &mut Names,
        output: &mut Vec<u8>,
    ) -> CallId {
        self.count += 1;
        let call = CallId(self.count);
        let id = id_echo.then(|| names.id());
        let Order { command, arguments, lane, answer } = order;
        Request { command, arguments, lane, id: id.as_deref() }.write(output);
        let fence = match answer {
            Answer::Always => None,
            Answer::OnlyErrors => Some(Fence::send(id_echo, names, output)),
        };
        self.out.push(Pending { call, id, fence });
        call
    }

    pub(super) fn forget(&mut self, call: CallId) {
        self.out.retain(|pending| pending.call != call);
    }

    pub(super) fn forget_all(&mut self) {
        self.out.clear();
    }

    /// Finds whose reply it is.
    pub(super) fn answered(&mut self, reply: ReplyMessage) -> Answered {
        match reply.id() {
            Id::Foreign => Answered::Nobody,
            Id::Text(id) => self.answered_with_id(&id, reply),
            Id::Absent => self.answered_without_id(reply),
        }
    }

    fn answered_with_id(&mut self, id: &str, reply: ReplyMessage) -> Answered {
        let Some(place) = self.out.iter().position(|pending| pending.has_id(id)) else {
            return Answered::Nobody;
        };
        let Pending { call, id: own, .. } = self.out.remove(place);
        Answered::Call(call, (own.as_deref() == Some(id)).then_some(reply))
    }

    fn answered_without_id(&mut self, reply: ReplyMessage) -> Answered {
        let Some(first) = self.out.first_mut() else { return Answered::Nobody };
        let call = first.call;
        if first.id.is_some() {
            return self.complained(call, reply);
        }
        let reply = match &mut first.fence {
            None => Some(reply),
            Some(Fence::Number(number, failure)) if reply.returned_integer() == Some(*number) => {
                failure.take()
            }
            Some(Fence::Number(_, failure)) => {
                *failure = Some(reply);
                return Answered::Nobody;
            }
            Some(Fence::Id(_)) => return Answered::Nobody,
        };
        self.forget(call);
        Answered::Call(call, reply)
    }

    /// An error without id from a server that echoes ids: it could not read what it got. With one
    /// command out it was that one, and more such errors may follow.
    fn complained(&mut self, call: CallId, reply: ReplyMessage) -> Answered {
        if self.out.len() != 1 || reply.outcome().is_ok() {
            return Answered::Nobody;
        }
        self.forget(call);
        Answered::OutOfStep(call, reply)
    }
}

impl Pending {
    /// Whether this id is the command's or its fence's.
    fn has_id(&self, id: &str) -> bool {
        let fence = matches!(&self.fence, Some(Fence::Id(fence)) if fence == id);
        fence || self.id.as_deref() == Some(id)
    }
}

impl Fence {
    fn send(id_echo: bool, names: &mut Names, output: &mut Vec<u8>) -> Fence {
        let lane = Lane::InBand;
        if id_echo {
            let id = names.id();
            let ping = Request { command: "guest-ping", arguments: b"{}", lane, id: Some(&id) };
            ping.write(output);
            return Fence::Id(id);
        }
        let number = names.sync();
        let arguments = format!("{{\"id\": {number}}}").into_bytes();
        Request { command: GUEST_SYNC, arguments: &arguments, lane, id: None }.write(output);
        Fence::Number(number, None)
    }
}
