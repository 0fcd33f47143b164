//! The envelope of a request: which command, in band or not, which arguments, which id.
//!
//! A complete message comes in; a valid envelope or the error that QEMU would send goes out.
//! Whether the command exists is not asked here.

use super::lane::Lane;
use crate::error::Error;
use crate::json::Document;
use crate::{Kind, Policy, Reader, Writer};
use std::borrow::Cow;

/// A request whose envelope is in order. Its arguments stay in the message.
#[derive(Debug)]
pub(super) struct Envelope {
    pub(super) command: String,
    pub(super) lane: Lane,
    /// The text of the id, written anew; `None` where the request has none.
    pub(super) id: Option<Vec<u8>>,
}

/// A request that cannot be served, with the id that its answer carries.
#[derive(Debug)]
pub(super) struct Refusal {
    pub(super) id: Option<Vec<u8>>,
    pub(super) error: Error,
}

/// Checks the envelope. `widest` says whether "exec-oob" is enabled; where it is not, it is a
/// member like any unknown one.
pub(super) fn read(document: &Document, widest: Lane) -> Result<Envelope, Refusal> {
    let root = document.root(Policy::Strict);
    if root.kind() != Kind::Object {
        let error = Error::generic("QMP input must be a JSON object");
        return Err(Refusal { id: None, error });
    }
    let id = root.get("id").map(rewritten);
    match verb(root, widest) {
        Ok((command, lane)) => Ok(Envelope { command, lane, id }),
        Err(error) => Err(Refusal { id, error }),
    }
}

/// The arguments of a request whose envelope is in order.
pub(super) fn arguments(document: &Document) -> Option<Reader<'_>> {
    document.root(Policy::Strict).get("arguments")
}

/// An id is echoed with its meaning, not with its bytes.
fn rewritten(id: Reader<'_>) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.copy(id);
    writer.into_bytes()
}

fn verb(root: Reader<'_>, widest: Lane) -> Result<(String, Lane), Error> {
    if let Some(fault) = first_fault(root, widest) {
        return Err(Error::generic(fault));
    }
    let mut lanes = [Lane::InBand, Lane::OutOfBand].into_iter();
    let found = lanes.find_map(|lane| Some((root.get(lane.verb())?, lane)));
    let (name, lane) = found.ok_or_else(|| Error::generic("QMP input lacks member 'execute'"))?;
    Ok((name.string()?.into_owned(), lane))
}

/// The fault that QEMU would name, which is the first one in the order of its dictionary. A request
/// without a fault, which is nearly every one, is not put in that order.
fn first_fault(root: Reader<'_>, widest: Lane) -> Option<String> {
    let of = |(name, value): (Cow<'_, str>, Reader<'_>)| fault(root, &name, value, widest);
    root.entries().find_map(of)?;
    root.hashed_entries().into_iter().find_map(of)
}

fn fault(root: Reader<'_>, name: &str, value: Reader<'_>, widest: Lane) -> Option<String> {
    let kind = value.kind();
    let clashes = || widest == Lane::OutOfBand && root.get("exec-oob").is_some();
    match name {
        "id" => None,
        "execute" if kind == Kind::String && !clashes() => None,
        "execute" if kind == Kind::String => {
            Some("QMP input member 'execute' clashes with 'exec-oob'".to_owned())
        }
        "exec-oob" if widest == Lane::InBand => Some(unexpected(name)),
        "exec-oob" if kind == Kind::String => None,
        "execute" | "exec-oob" => Some(format!("QMP input member '{name}' must be a string")),
        "arguments" if kind == Kind::Object => None,
        "arguments" => Some("QMP input member 'arguments' must be an object".to_owned()),
        _ => Some(unexpected(name)),
    }
}

fn unexpected(name: &str) -> String {
    format!("QMP input member '{name}' is unexpected")
}
