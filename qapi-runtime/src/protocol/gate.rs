//! Members that need a capability: not there, in either direction, while it is not enabled.

use crate::error::Error;
use crate::json::Document;
use crate::service::{Capabilities, Gate};
use crate::{Any, Kind, Policy, Reader, Writer};

/// The first argument that is there and must not be, as a path for QEMU's message.
pub(super) fn closed(
    arguments: Reader<'_>,
    gates: &[Gate],
    enabled: &Capabilities,
) -> Option<String> {
    let mut closed = gates.iter().filter(|gate| !enabled.contains(gate.capability));
    closed.find_map(|gate| place(arguments, gate.path, String::new()))
}

/// Where the path leads to something, walking through arrays: `vcpus[1].mode`.
fn place(reader: Reader<'_>, path: &[&str], so_far: String) -> Option<String> {
    let Some((name, rest)) = path.split_first() else { return Some(so_far) };
    match reader.kind() {
        Kind::Array => reader
            .elements()
            .ok()?
            .enumerate()
            .find_map(|(index, element)| place(element, path, format!("{so_far}[{index}]"))),
        Kind::Object => {
            let dot = if so_far.is_empty() { "" } else { "." };
            place(reader.get(name)?, rest, format!("{so_far}{dot}{name}"))
        }
        _ => None,
    }
}

/// The returned value without the members whose gates are closed. Does nothing, at no cost, where
/// a command has no such member.
///
/// # Errors
/// That the value is beyond the limits of a message: what cannot be looked into is not shown.
pub(super) fn visible(
    value: Vec<u8>,
    gates: &[Gate],
    enabled: &Capabilities,
) -> Result<Vec<u8>, Error> {
    let mut closed = gates.iter().filter(|gate| !enabled.contains(gate.capability)).peekable();
    if closed.peek().is_none() {
        return Ok(value);
    }
    let document = Document::parse(&value).map_err(|error| Error::generic(error.desc()))?;
    let mut tree = document.root(Policy::Tolerant).value();
    closed.for_each(|gate| remove(&mut tree, gate.path));
    let mut writer = Writer::new();
    writer.value(&tree);
    Ok(writer.into_bytes())
}

fn remove(value: &mut Any, path: &[&str]) {
    match (value, path) {
        (Any::Array(elements), _) => elements.iter_mut().for_each(|value| remove(value, path)),
        (Any::Object(members), [name]) => drop(members.remove(*name)),
        (Any::Object(members), [name, rest @ ..]) => {
            if let Some(value) = members.get_mut(*name) {
                remove(value, rest);
            }
        }
        _ => {}
    }
}
