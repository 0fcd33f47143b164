//! Questions to the kernel's routing tables over a netlink socket, rtnetlink(7).
//!
//! In: what to list. Out: the kernel's messages, as byte slices; [`messages`] and [`attributes`]
//! take them apart without trusting their lengths. What the bytes mean is for `interfaces`.

use rustix::net::netlink::SocketAddrNetlink;
use rustix::net::sockopt::{Timeout, set_socket_timeout};
use rustix::net::{
    AddressFamily, RecvFlags, SendFlags, SocketFlags, SocketType, bind, recv, send, socket_with,
};
use std::io;
use std::os::fd::OwnedFd;
use std::time::Duration;

/// A list that the kernel keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum List {
    /// Interfaces: RTM_GETLINK, answered by messages of kind [`NEW_LINK`].
    Links,
    /// Addresses: RTM_GETADDR, answered by messages of kind [`NEW_ADDRESS`].
    Addresses,
}

/// RTM_NEWLINK.
pub(crate) const NEW_LINK: u16 = 16;
/// RTM_NEWADDR.
pub(crate) const NEW_ADDRESS: u16 = 20;

const ERROR: u16 = 2;
const DONE: u16 = 3;
/// NLM_F_REQUEST | NLM_F_DUMP.
const DUMP: u16 = 0x1 | 0x300;
/// NLM_F_DUMP_INTR: the list changed while the kernel wrote it.
const INTERRUPTED: u16 = 0x10;
/// Bytes before a message's own content.
const HEADER: usize = 16;

/// The kernel's datagrams are at most 32 KiB.
const DATAGRAM: usize = 64 << 10;
/// The longest list that is read: some ten thousand interfaces.
const LARGEST: usize = 32 << 20;

/// A message: its kind and its content behind the header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Message<'a> {
    pub(crate) kind: u16,
    pub(crate) flags: u16,
    pub(crate) body: &'a [u8],
}

/// The kernel's messages for a list, one after the other; see [`messages`].
pub(crate) fn list(list: List) -> io::Result<Vec<u8>> {
    let mut answer = ask(list)?;
    for _ in 0..3 {
        if messages(&answer).all(|message| message.flags & INTERRUPTED == 0) {
            break;
        }
        answer = ask(list)?;
    }
    Ok(answer)
}

fn ask(list: List) -> io::Result<Vec<u8>> {
    let socket = socket_with(AddressFamily::NETLINK, SocketType::RAW, SocketFlags::CLOEXEC, None)?;
    // The kernel answers at once; this only guards against waiting for ever.
    set_socket_timeout(&socket, Timeout::Recv, Some(Duration::from_secs(5)))?;
    bind(&socket, &SocketAddrNetlink::new(0, 0))?;
    send(&socket, &request(list), SendFlags::empty())?;
    receive(&socket)
}

/// A header, and behind it an all-zero `ifinfomsg` or `ifaddrmsg`: of every family.
fn request(list: List) -> Vec<u8> {
    let (kind, body): (u16, usize) = match list {
        List::Links => (18, 16),
        List::Addresses => (22, 8),
    };
    let length = (HEADER + body) as u32;
    let mut bytes = Vec::with_capacity(HEADER + body);
    bytes.extend(length.to_ne_bytes());
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(DUMP.to_ne_bytes());
    bytes.resize(HEADER + body, 0);
    bytes
}

/// Collects datagrams up to the one that says it is the last.
fn receive(socket: &OwnedFd) -> io::Result<Vec<u8>> {
    let mut answer = Vec::new();
    let mut datagram = vec![0; DATAGRAM];
    loop {
        let (_, length) = recv(socket, &mut datagram[..], RecvFlags::TRUNC)?;
        let received = datagram
            .get(..length)
            .filter(|_| answer.len() + length <= LARGEST)
            .ok_or(io::ErrorKind::FileTooLarge)?;
        answer.extend_from_slice(received);
        if let Some(message) =
            messages(received).find(|message| matches!(message.kind, ERROR | DONE))
        {
            return if message.kind == DONE { Ok(answer) } else { Err(refusal(message.body)) };
        }
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

/// An error message starts with the negated number of the error.
fn refusal(body: &[u8]) -> io::Error {
    let number = body.first_chunk().map_or(0, |bytes| i32::from_ne_bytes(*bytes));
    io::Error::from_raw_os_error(number.saturating_neg())
}

/// Takes messages apart: length, kind, flags, two numbers that do not matter here, content. Stops
/// at a length that cannot be.
pub(crate) fn messages(mut bytes: &[u8]) -> impl Iterator<Item = Message<'_>> {
    std::iter::from_fn(move || {
        let length = u32::from_ne_bytes(*bytes.first_chunk()?) as usize;
        let body = bytes.get(HEADER..length)?;
        let message = Message { kind: short(bytes, 4)?, flags: short(bytes, 6)?, body };
        bytes = bytes.get(aligned(length)..).unwrap_or_default();
        Some(message)
    })
}

/// Takes attributes apart: length, kind, content; so does any level of a message.
pub(crate) fn attributes(mut bytes: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let length = usize::from(short(bytes, 0)?);
        let attribute = (short(bytes, 2)?, bytes.get(4..length)?);
        bytes = bytes.get(aligned(length)..).unwrap_or_default();
        Some(attribute)
    })
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|pair| u16::from_ne_bytes(*pair))
}

/// Everything in netlink starts at a multiple of four.
fn aligned(length: usize) -> usize {
    length.next_multiple_of(4)
}
