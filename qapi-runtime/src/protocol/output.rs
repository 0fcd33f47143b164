//! Lines that a server sends: replies, errors, events, the greeting. Appended to a buffer.
//!
//! The order of members is that of QEMU's output. It means nothing; people compare transcripts.

use super::version::Version;
use crate::error::Error;
use crate::service::{Capabilities, EventRecord};
use crate::timestamp::Timestamp;
use crate::{Wire, Writer};

/// How a line ends: QEMU's monitor sends CRLF, its guest agent LF.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineEnd {
    Lf,
    CrLf,
}

/// What a sync reply says beside `return`.
pub(super) struct Siblings<'a> {
    pub(super) capabilities: &'a Capabilities,
    pub(super) version: &'a Version,
    pub(super) enabled: &'a Capabilities,
}

/// The output buffer of a session.
#[derive(Debug)]
pub(super) struct Output {
    bytes: Vec<u8>,
    line_end: LineEnd,
}

impl Output {
    pub(super) fn new(line_end: LineEnd) -> Self {
        Output { bytes: Vec::new(), line_end }
    }

    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn take(&mut self) -> Vec<u8> {
        core::mem::take(&mut self.bytes)
    }

    pub(super) fn clear(&mut self) {
        self.bytes = Vec::new();
    }

    /// One byte outside any line.
    pub(super) fn byte(&mut self, byte: u8) {
        self.bytes.push(byte);
    }

    /// `{"return": VALUE, "id": ID}`
    pub(super) fn success(&mut self, id: Option<&[u8]>, value: &[u8]) {
        self.begin_success(id, value);
        self.end_line(b"}");
    }

    /// A success with more members beside `return`.
    pub(super) fn extended(&mut self, id: Option<&[u8]>, value: &[u8], beside: &Siblings<'_>) {
        self.begin_success(id, value);
        self.bytes.extend_from_slice(b", \"capabilities\": ");
        self.written(|writer| beside.capabilities.write(writer));
        self.bytes.extend_from_slice(b", \"version\": ");
        self.written(|writer| beside.version.write(writer));
        self.bytes.extend_from_slice(b", \"enabled\": ");
        self.written(|writer| beside.enabled.write(writer));
        self.end_line(b"}");
    }

    /// `{"id": ID, "error": {"class": CLASS, "desc": DESC}}`
    pub(super) fn error(&mut self, id: Option<&[u8]>, error: &Error) {
        self.bytes.push(b'{');
        if let Some(id) = id {
            self.bytes.extend_from_slice(b"\"id\": ");
            self.bytes.extend_from_slice(id);
            self.bytes.extend_from_slice(b", ");
        }
        self.bytes.extend_from_slice(b"\"error\": {\"class\": ");
        self.written(|writer| writer.string(error.class.as_str()));
        self.bytes.extend_from_slice(b", \"desc\": ");
        self.written(|writer| writer.string(&error.desc));
        self.end_line(b"}}");
    }

    /// `{"timestamp": …, "event": NAME, "data": …}`; data without members is left out.
    pub(super) fn event(&mut self, event: &EventRecord, at: Timestamp) {
        self.bytes.extend_from_slice(b"{\"timestamp\": ");
        self.written(|writer| at.write(writer));
        self.bytes.extend_from_slice(b", \"event\": ");
        self.written(|writer| writer.string(event.name));
        if event.data != b"{}" {
            self.bytes.extend_from_slice(b", \"data\": ");
            self.bytes.extend_from_slice(&event.data);
        }
        self.end_line(b"}");
    }

    /// QMP's greeting, as a line of its own.
    pub(super) fn greeting(&mut self, version: &Version, capabilities: &Capabilities) {
        self.bytes.extend_from_slice(&greeting(version, capabilities));
        self.end_line(b"");
    }

    fn begin_success(&mut self, id: Option<&[u8]>, value: &[u8]) {
        self.bytes.extend_from_slice(b"{\"return\": ");
        self.bytes.extend_from_slice(value);
        if let Some(id) = id {
            self.bytes.extend_from_slice(b", \"id\": ");
            self.bytes.extend_from_slice(id);
        }
    }

    fn end_line(&mut self, closing: &[u8]) {
        self.bytes.extend_from_slice(closing);
        self.bytes.extend_from_slice(match self.line_end {
            LineEnd::Lf => b"\n",
            LineEnd::CrLf => b"\r\n",
        });
    }

    fn written(&mut self, write: impl FnOnce(&mut Writer)) {
        let mut writer = Writer::new();
        write(&mut writer);
        self.bytes.extend_from_slice(&writer.into_bytes());
    }
}

/// `{"QMP": {"version": …, "capabilities": […]}}`
pub(super) fn greeting(version: &Version, capabilities: &Capabilities) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.begin_object();
    writer.key("QMP");
    writer.begin_object();
    writer.member("version", version);
    writer.key("capabilities");
    capabilities.write(&mut writer);
    writer.end_object();
    writer.end_object();
    writer.into_bytes()
}
