//! What objects inherit, found in one walk over the trees of bases, so that no check has to climb
//! them: which members clash, where the tags of unions are, who has conditional members.
//!
//! Objects that are their own base are in no tree; `object` reports them.

use std::borrow::Cow;
use std::collections::HashMap;

use crate::expr::name;
use crate::schema::resolve::Draft;
use crate::schema::types::{Object, Type, TypeId};

/// A member: the object that has it, and its index there.
pub(super) type Place = (TypeId, usize);

/// What objects inherit.
#[derive(Default)]
pub(super) struct Lineage {
    /// For each type whether a walk from the farthest base reaches it.
    reached: Vec<bool>,
    /// For each type whether it has conditional members, own or inherited.
    conditional: Vec<bool>,
    /// Members that clash with an earlier one, which is named.
    clashes: HashMap<Place, Place>,
    /// The tags of unions.
    tags: HashMap<TypeId, Place>,
}

impl Lineage {
    /// Walks all trees of bases.
    pub(super) fn of(draft: &Draft) -> Lineage {
        let count = draft.types.len();
        let mut lineage = Lineage::default();
        lineage.reached.resize(count, false);
        lineage.conditional.resize(count, false);
        let mut walk = Walk { draft, lineage, scope: HashMap::new() };
        walk.trees();
        walk.lineage
    }

    /// Whether all bases of an object are known.
    pub(super) fn is_reached(&self, id: TypeId) -> bool {
        self.reached.get(id.0 as usize).copied().unwrap_or(false)
    }

    /// Whether an object has conditional members, own or inherited.
    pub(super) fn is_conditional(&self, id: TypeId) -> bool {
        self.conditional.get(id.0 as usize).copied().unwrap_or(false)
    }

    /// The member that this one clashes with: an earlier one of the same object, or of a base.
    pub(super) fn clash(&self, place: Place) -> Option<Place> {
        self.clashes.get(&place).copied()
    }

    /// The member with the mapped name of a union's tag.
    pub(super) fn tag(&self, id: TypeId) -> Option<Place> {
        self.tags.get(&id).copied()
    }

    /// The type of a union's tag.
    pub(super) fn tag_type(&self, draft: &Draft, id: TypeId) -> Option<TypeId> {
        let (owner, index) = self.tag(id)?;
        object(draft, owner).map(|owner| owner.members[index].ty)
    }

    /// The type of every union's tag.
    pub(super) fn into_tag_types(self, draft: &Draft) -> HashMap<TypeId, TypeId> {
        let unions = self.tags.keys();
        unions.filter_map(|union| Some((*union, self.tag_type(draft, *union)?))).collect()
    }

    /// The members of an object, inherited ones first. None where not all bases are known.
    pub(super) fn members<'a>(&self, draft: &'a Draft, id: TypeId) -> Vec<(&'a Object, usize)> {
        let start = Some(id).filter(|id| self.is_reached(*id)).and_then(|id| object(draft, id));
        let up = |derived: &&'a Object| derived.base.and_then(|base| object(draft, base));
        let mut objects: Vec<&Object> = std::iter::successors(start, up).collect();
        objects.reverse();
        let members = |object: &'a Object| (0..object.members.len()).map(move |at| (object, at));
        objects.into_iter().flat_map(members).collect()
    }
}

/// The object behind an id.
pub(super) fn object(draft: &Draft, id: TypeId) -> Option<&Object> {
    draft.ty(id).and_then(Type::as_object)
}

struct Walk<'a> {
    draft: &'a Draft,
    lineage: Lineage,
    /// The members of the objects from the root to where the walk is.
    scope: HashMap<Cow<'a, str>, Place>,
}

enum Step {
    Enter(TypeId),
    Leave(TypeId),
}

impl<'a> Walk<'a> {
    fn trees(&mut self) {
        let mut children: HashMap<TypeId, Vec<TypeId>> = HashMap::new();
        let mut steps = Vec::new();
        for (index, ty) in self.draft.types.iter().enumerate() {
            let Type::Object(derived) = ty else { continue };
            let id = TypeId(index as u32);
            match derived.base.filter(|base| object(self.draft, *base).is_some()) {
                Some(base) => children.entry(base).or_default().push(id),
                None => steps.push(Step::Enter(id)),
            }
        }
        while let Some(step) = steps.pop() {
            match step {
                Step::Enter(id) => {
                    self.enter(id);
                    steps.push(Step::Leave(id));
                    let children = children.remove(&id).unwrap_or_default();
                    steps.extend(children.into_iter().map(Step::Enter));
                }
                Step::Leave(id) => self.leave(id),
            }
        }
    }

    fn enter(&mut self, id: TypeId) {
        let Some(object) = object(self.draft, id) else { return };
        let inherits = object.base.is_some_and(|base| self.lineage.is_conditional(base));
        let own = object.members.iter().any(|member| member.condition.is_some());
        self.lineage.reached[id.0 as usize] = true;
        self.lineage.conditional[id.0 as usize] = inherits || own;
        for (index, member) in object.members.iter().enumerate() {
            let place = (id, index);
            let first = *self.scope.entry(name::mapped(&member.name)).or_insert(place);
            if first != place {
                self.lineage.clashes.insert(place, first);
            }
        }
        if let Some(branches) = &object.branches
            && let Some(&place) = self.scope.get(&name::mapped(&branches.tag))
        {
            self.lineage.tags.insert(id, place);
        }
    }

    fn leave(&mut self, id: TypeId) {
        let Some(object) = object(self.draft, id) else { return };
        for (index, member) in object.members.iter().enumerate() {
            let mapped = name::mapped(&member.name);
            if self.scope.get(&mapped) == Some(&(id, index)) {
                self.scope.remove(&mapped);
            }
        }
    }
}
