//! Which types contain themselves, so that a value of them cannot be laid out flat: a [`Schema`] →
//! for each member whether it must be behind a pointer.
//!
//! Arrays are pointers anyway, so they contain nothing. What remains are the strongly connected
//! components over bases, members and branches; a member within one must be behind a pointer.
//! Bases and branches need not be: every cycle has a member or an alternate's branch in it, as
//! objects that contain themselves through bases and branches alone are no schema.

use super::types::{Type, TypeId};
use super::{Schema, edges};

/// The components of a schema's types.
#[derive(Clone, Debug)]
pub struct Cycles {
    /// For each type the number of its component.
    component: Vec<u32>,
}

impl Cycles {
    /// Finds all components.
    pub fn of(schema: &Schema) -> Cycles {
        let count = schema.types.len();
        let mut search = Search {
            types: &schema.types,
            order: vec![None; count],
            low: vec![0; count],
            component: vec![None; count],
            open: Vec::new(),
            found: 0,
            components: 0,
        };
        for index in 0..count {
            search.from(index);
        }
        let component = search.component.into_iter().map(Option::unwrap_or_default).collect();
        Cycles { component }
    }

    /// Whether a member of type `inner`, or an alternate's branch of that type, in `outer` must be
    /// behind a pointer: `inner` contains `outer` again.
    pub fn needs_box(&self, outer: TypeId, inner: TypeId) -> bool {
        self.component[outer.0 as usize] == self.component[inner.0 as usize]
    }
}

/// Tarjan's search, with a list of what is still to do instead of recursion.
struct Search<'a> {
    types: &'a [Type],
    /// When each type was found.
    order: Vec<Option<u32>>,
    /// The earliest open type that each one leads to.
    low: Vec<u32>,
    component: Vec<Option<u32>>,
    /// Found, but not yet in a component.
    open: Vec<usize>,
    found: u32,
    components: u32,
}

/// A type and which of the types it contains are still to be looked at.
struct Frame {
    index: usize,
    contained: Vec<usize>,
}

impl Search<'_> {
    fn from(&mut self, start: usize) {
        if self.order[start].is_some() {
            return;
        }
        let mut frames = vec![self.open(start)];
        while let Some(frame) = frames.last_mut() {
            let index = frame.index;
            match frame.contained.pop() {
                Some(inner) => match self.order[inner] {
                    None => frames.push(self.open(inner)),
                    Some(order) if self.component[inner].is_none() => {
                        self.low[index] = self.low[index].min(order);
                    }
                    Some(_) => {}
                },
                None => {
                    frames.pop();
                    self.close(index);
                    if let Some(outer) = frames.last() {
                        self.low[outer.index] = self.low[outer.index].min(self.low[index]);
                    }
                }
            }
        }
    }

    fn open(&mut self, index: usize) -> Frame {
        self.order[index] = Some(self.found);
        self.low[index] = self.found;
        self.found += 1;
        self.open.push(index);
        Frame { index, contained: contained(&self.types[index]) }
    }

    /// If a type leads to none that was found earlier, what was found since is its component.
    fn close(&mut self, index: usize) {
        if Some(self.low[index]) != self.order[index] {
            return;
        }
        while let Some(member) = self.open.pop() {
            self.component[member] = Some(self.components);
            if member == index {
                break;
            }
        }
        self.components += 1;
    }
}

fn contained(ty: &Type) -> Vec<usize> {
    match ty {
        Type::Array(_) => Vec::new(),
        Type::Builtin(_) | Type::Enum(_) | Type::Object(_) | Type::Alternate(_) => {
            edges::of_type(ty).map(|id| id.0 as usize).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cycles;
    use crate::schema_of;

    #[test]
    fn members_within_a_cycle_need_a_box_and_arrays_break_cycles() {
        let schema = schema_of(
            "{ 'struct': 'Chain', 'data': { '*next': 'Chain', 'plain': 'Plain' } }
             { 'struct': 'Plain', 'data': { 'tree': ['Tree'] } }
             { 'struct': 'Tree', 'data': { 'plain': 'Plain' } }
             { 'struct': 'Node', 'data': { 'ref': 'Ref' } }
             { 'alternate': 'Ref', 'data': { 'id': 'str', 'node': 'Node' } }",
        );
        let cycles = Cycles::of(&schema);
        let id = |name: &str| schema.find_type(name).expect("is defined");
        let boxed = |outer: &str, inner: &str| cycles.needs_box(id(outer), id(inner));
        assert!(boxed("Chain", "Chain"));
        assert!(!boxed("Chain", "Plain"));
        assert!(!boxed("Plain", "TreeList"));
        assert!(!boxed("Tree", "Plain"));
        assert!(boxed("Node", "Ref") && boxed("Ref", "Node"));
    }
}
