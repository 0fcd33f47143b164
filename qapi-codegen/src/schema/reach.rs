//! Which way types travel: a [`Schema`] → who is sent to a server, who is received from it.
//!
//! Sent is what a command's arguments are made of; received what its return, its envelope and
//! events are made of. A type can be both, or, if nothing uses it, neither.

use super::types::TypeId;
use super::{Schema, edges};

/// The ways of all types of a schema.
#[derive(Clone, Debug)]
pub struct Reach {
    sent: Vec<bool>,
    received: Vec<bool>,
}

impl Reach {
    /// Follows all references from commands and events.
    pub fn of(schema: &Schema) -> Reach {
        let commands = schema.commands();
        let arguments = commands.iter().filter_map(|command| command.arguments);
        let returns = commands.iter().filter_map(|command| command.returns);
        let envelopes = commands.iter().filter_map(|command| command.envelope);
        let events = schema.events().iter().filter_map(|event| event.data);
        Reach {
            sent: closure(schema, arguments),
            received: closure(schema, returns.chain(envelopes).chain(events)),
        }
    }

    /// Whether a client sends values of the type.
    pub fn is_sent(&self, id: TypeId) -> bool {
        self.sent[id.0 as usize]
    }

    /// Whether a client receives values of the type.
    pub fn is_received(&self, id: TypeId) -> bool {
        self.received[id.0 as usize]
    }

    /// Whether any command or event uses the type.
    pub fn is_used(&self, id: TypeId) -> bool {
        self.is_sent(id) || self.is_received(id)
    }
}

/// Follows references. A base is no value of its own: what it refers to is found, itself not.
fn closure(schema: &Schema, from: impl Iterator<Item = TypeId>) -> Vec<bool> {
    let mut found = vec![false; schema.types.len()];
    let mut followed = found.clone();
    let mut todo: Vec<TypeId> = Vec::new();
    let mut find = |id: TypeId, todo: &mut Vec<TypeId>| {
        found[id.0 as usize] = true;
        todo.push(id);
    };
    for id in from {
        find(id, &mut todo);
    }
    while let Some(id) = todo.pop() {
        if std::mem::replace(&mut followed[id.0 as usize], true) {
            continue;
        }
        let ty = schema.ty(id);
        todo.extend(ty.as_object().and_then(|object| object.base));
        for inner in edges::of_value(ty) {
            find(inner, &mut todo);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::Reach;
    use crate::schema_of;

    #[test]
    fn a_base_does_not_travel_but_what_it_refers_to_does() {
        let schema = schema_of(
            "{ 'struct': 'Base', 'data': { 'inner': ['Inner'] } }
             { 'struct': 'Inner', 'data': { } }
             { 'struct': 'Sent', 'base': 'Base', 'data': { } }
             { 'struct': 'Reply', 'data': { 'inner': 'Inner' } }
             { 'struct': 'Unused', 'data': { } }
             { 'command': 'go', 'data': 'Sent', 'returns': 'Reply' }",
        );
        let reach = Reach::of(&schema);
        let way = |name: &str| {
            let id = schema.find_type(name).expect("is defined");
            (reach.is_sent(id), reach.is_received(id))
        };
        assert_eq!(way("Base"), (false, false));
        assert_eq!(way("Inner"), (true, true));
        assert_eq!(way("Sent"), (true, false));
        assert_eq!(way("Reply"), (false, true));
        assert_eq!(way("Unused"), (false, false));
    }
}
