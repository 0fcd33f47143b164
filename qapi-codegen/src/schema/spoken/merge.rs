//! Two things that mean the same in two versions → one that has what either has.

use std::collections::{HashMap, HashSet};

use super::Merge;
use super::join::Kind;
use crate::schema::types::{
    Alternate, Branch, Branches, Common, Entity, Enum, EnumValue, Member, Origin, Type, TypeId,
};

/// A member of an object: the type that has it, its own or a base, and its index there.
type Place = (TypeId, usize);

impl Merge<'_> {
    pub(super) fn commands(&mut self) {
        for old in self.older.commands() {
            match self.so_far.find(&old.common.name) {
                Some(Entity::Command(index)) => {
                    let arguments = self.so_far.commands[index].arguments;
                    let arguments = self.optional_object(arguments, old.arguments);
                    let returns = self.so_far.commands[index].returns;
                    let returns = self.returned(returns, old.returns);
                    let command = &mut self.so_far.commands[index];
                    (command.arguments, command.returns) = (arguments, returns);
                }
                Some(_) => {} // another kind of thing has the name now: it cannot be kept
                None => self.import_command(old),
            }
        }
        let (older, label) = (self.older, self.label);
        for command in &mut self.so_far.commands {
            if older.find_command(&command.common.name).is_none() {
                command.common.missing_in.push(label.to_owned());
            }
        }
    }

    pub(super) fn events(&mut self) {
        for old in self.older.events() {
            match self.so_far.find(&old.common.name) {
                Some(Entity::Event(index)) => {
                    let data = self.optional_object(self.so_far.events[index].data, old.data);
                    self.so_far.events[index].data = data;
                }
                Some(_) => {}
                None => self.import_event(old),
            }
        }
        let (older, label) = (self.older, self.label);
        for event in &mut self.so_far.events {
            if older.find_event(&event.common.name).is_none() {
                event.common.missing_in.push(label.to_owned());
            }
        }
    }

    /// Arguments or data, of which either may be none.
    fn optional_object(&mut self, new: Option<TypeId>, old: Option<TypeId>) -> Option<TypeId> {
        match (new, old) {
            (Some(new), Some(old)) => {
                self.pair(new, old);
                Some(new)
            }
            (Some(new), None) => {
                self.with_nothing(new);
                Some(new)
            }
            (None, Some(old)) => Some(self.import_optional(old)),
            (None, None) => None,
        }
    }

    /// What a command returns; nothing is an object without members.
    fn returned(&mut self, new: Option<TypeId>, old: Option<TypeId>) -> Option<TypeId> {
        match (new, old) {
            (Some(new), Some(old)) => Some(self.joined(new, old)),
            (new, old) => self.optional_object(new, old),
        }
    }

    pub(super) fn merge_types(&mut self, new: TypeId, old: TypeId) {
        match (self.so_far.ty(new), self.older.ty(old)) {
            (Type::Enum(_), Type::Enum(enumeration)) => self.merge_enums(new, enumeration),
            (Type::Object(_), Type::Object(_)) => self.merge_objects(new, old),
            (Type::Alternate(_), Type::Alternate(alternate)) => {
                self.merge_alternates(new, alternate);
            }
            _ => {} // `joined` pairs no others
        }
    }

    fn merge_enums(&mut self, id: TypeId, old: &Enum) {
        let (label, labels) = (self.label, self.labels);
        let additional: Vec<EnumValue> = match self.so_far.enumeration(id) {
            Some(new) => old.values.iter().filter(|value| new.value(&value.name).is_none()),
            None => return,
        }
        .map(|value| self.imported_value(value, labels))
        .collect();
        let Type::Enum(new) = &mut self.so_far.types[id.0 as usize] else { return };
        for value in &mut new.values {
            if old.value(&value.name).is_none() && !value.missing_in.iter().any(|l| l == label) {
                value.missing_in.push(label.to_owned());
            }
        }
        for value in &additional {
            describe(&mut new.common, &old.common, &value.name);
        }
        new.values.extend(additional);
    }

    fn merge_objects(&mut self, new: TypeId, old: TypeId) {
        let older = self.older;
        let theirs: HashMap<&str, &Member> =
            older.members_flattened(old).into_iter().map(|m| (m.name.as_str(), m)).collect();
        let has_tag = |tag: &String| theirs.get(tag.as_str()).is_some_and(|their| !their.optional);
        if !self.tag(new).as_ref().is_none_or(has_tag) {
            self.without_tag(new);
        }
        let tag = self.tag(new);
        let places = self.places(new);
        let mut ours: HashSet<String> = HashSet::new();
        for place in places {
            let member = self.member(place);
            let (name, ty) = (member.name.clone(), member.ty);
            let is_tag = tag.as_deref() == Some(name.as_str());
            match theirs.get(name.as_str()) {
                Some(their) => {
                    let joined = self.joined(ty, their.ty);
                    let member = self.member(place);
                    member.ty = joined;
                    member.optional |= their.optional && !is_tag;
                }
                None => self.make_missing(place),
            }
            ours.insert(name);
        }
        self.add_members(new, old, &mut ours);
        self.merge_branches(new, old, &mut ours);
    }

    /// Adds the members of an object of the older version, which may be absent in the others.
    fn add_members(&mut self, to: TypeId, old: TypeId, known: &mut HashSet<String>) {
        let older = self.older;
        for owner in older.lineage(old) {
            for member in &owner.members {
                if known.insert(member.name.clone()) {
                    let labels = self.labels;
                    let imported = self.imported_member(member, labels);
                    if let Type::Object(object) = &mut self.so_far.types[to.0 as usize] {
                        object.members.push(Member { optional: true, ..imported });
                        describe(&mut object.common, &owner.common, &member.name);
                    }
                }
            }
        }
    }

    fn merge_branches(&mut self, new: TypeId, old: TypeId, known: &mut HashSet<String>) {
        let older = self.older;
        let Some(theirs) = older.object(old).and_then(|object| object.branches.as_ref()) else {
            return;
        };
        if self.so_far.object(new).is_none_or(|object| object.branches.is_none()) {
            // Branches are gone: what they had may still be there, member by member.
            for case in &theirs.cases {
                self.add_members(new, case.ty, known);
            }
            return;
        }
        for case in &theirs.cases {
            let ours = self.branches(new).and_then(|branches| find(&branches.cases, &case.name));
            match ours {
                Some(index) => self.merge_case(new, index, case.ty),
                None => {
                    let labels = self.labels;
                    let branch = self.imported_branch(case, labels);
                    self.branches(new).into_iter().for_each(|ours| ours.cases.push(branch.clone()));
                }
            }
        }
        let label = self.label;
        for branch in self.branches(new).into_iter().flat_map(|ours| &mut ours.cases) {
            if find(&theirs.cases, &branch.name).is_none() {
                branch.missing_in.push(label.to_owned());
            }
        }
    }

    /// A branch that both have; either may have no members.
    fn merge_case(&mut self, union: TypeId, index: usize, old: TypeId) {
        let new = self.branches(union).map(|ours| ours.cases[index].ty);
        let Some(new) = new else { return };
        let is_empty = |ty: &Type| ty.as_object().is_some_and(|object| object.members.is_empty());
        let ty = match (self.so_far.ty(new), self.older.ty(old)) {
            (ours, theirs) if ours.name() == "q_empty" && theirs.name() != "q_empty" => {
                self.import_optional(old)
            }
            (ours, theirs) if theirs.name() == "q_empty" && !is_empty(ours) => {
                self.with_nothing(new);
                new
            }
            _ => self.joined(new, old),
        };
        self.branches(union).into_iter().for_each(|ours| ours.cases[index].ty = ty);
    }

    /// An alternate's branches have no name on the wire: those of one JSON kind are the same.
    fn merge_alternates(&mut self, id: TypeId, old: &Alternate) {
        for theirs in &old.branches {
            let kind = Kind::of(self.older, theirs.ty);
            let ours = self.alternate_branches(id);
            let same = ours.iter().position(|ours| Kind::of(&self.so_far, ours.ty) == kind);
            match same {
                Some(index) => {
                    let joined = self.joined(ours[index].ty, theirs.ty);
                    self.set_alternate_branch(id, index, joined);
                }
                None => self.add_alternate_branch(id, theirs),
            }
        }
    }

    pub(super) fn add_alternate_branch(&mut self, id: TypeId, theirs: &Branch) {
        let labels = self.labels;
        let mut branch = self.imported_branch(theirs, labels);
        let taken = self.alternate_branches(id);
        while taken.iter().any(|ours| ours.name == branch.name) {
            branch.name.push_str("-old");
        }
        if let Type::Alternate(alternate) = &mut self.so_far.types[id.0 as usize] {
            alternate.branches.push(branch);
        }
    }

    pub(super) fn alternate_branches(&self, id: TypeId) -> Vec<Branch> {
        match self.so_far.ty(id) {
            Type::Alternate(alternate) => alternate.branches.clone(),
            Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Object(_) => Vec::new(),
        }
    }

    pub(super) fn set_alternate_branch(&mut self, id: TypeId, index: usize, ty: TypeId) {
        if let Type::Alternate(alternate) = &mut self.so_far.types[id.0 as usize] {
            alternate.branches[index].ty = ty;
        }
    }

    /// What stands where the older version has nothing: all of it may be absent.
    fn with_nothing(&mut self, id: TypeId) {
        self.without_tag(id);
        for place in self.places(id) {
            self.make_missing(place);
        }
    }

    /// A union whose tag may be absent: nobody knows the branch then, so it becomes a struct with
    /// the members of all branches.
    fn without_tag(&mut self, id: TypeId) {
        let Type::Object(object) = &mut self.so_far.types[id.0 as usize] else { return };
        let Some(branches) = object.branches.take() else { return };
        object.origin = Origin::Struct;
        for case in branches.cases {
            self.without_tag(case.ty);
            let members = self.so_far.members_flattened(case.ty).into_iter();
            let known = self.so_far.members_flattened(id);
            let known: HashSet<&str> = known.iter().map(|known| known.name.as_str()).collect();
            let is_new = |member: &&Member| !known.contains(member.name.as_str());
            let optional = |member: &Member| Member { optional: true, ..member.clone() };
            let members: Vec<Member> = members.filter(is_new).map(optional).collect();
            if let Type::Object(object) = &mut self.so_far.types[id.0 as usize] {
                object.members.extend(members);
            }
        }
    }

    fn make_missing(&mut self, place: Place) {
        let label = self.label;
        let member = self.member(place);
        member.optional = true;
        if !member.missing_in.iter().any(|known| known == label) {
            member.missing_in.push(label.to_owned());
        }
    }

    /// All members that an object always has.
    fn places(&self, id: TypeId) -> Vec<Place> {
        let base = |&id: &TypeId| self.so_far.object(id).and_then(|object| object.base);
        let lineage = std::iter::successors(Some(id), base);
        let members = |id: TypeId| self.so_far.object(id).map_or(0, |object| object.members.len());
        lineage.flat_map(|id| (0..members(id)).map(move |index| (id, index))).collect()
    }

    fn member(&mut self, (owner, index): Place) -> &mut Member {
        match &mut self.so_far.types[owner.0 as usize] {
            Type::Object(object) => &mut object.members[index],
            Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Alternate(_) => {
                unreachable!("only objects have members, and `places` found it in one")
            }
        }
    }

    fn branches(&mut self, id: TypeId) -> Option<&mut Branches> {
        match &mut self.so_far.types[id.0 as usize] {
            Type::Object(object) => object.branches.as_mut(),
            Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Alternate(_) => None,
        }
    }

    fn tag(&self, id: TypeId) -> Option<String> {
        Some(self.so_far.object(id)?.branches.as_ref()?.tag.clone())
    }
}

/// Takes over what the older version says of a member or value.
fn describe(new: &mut Common, old: &Common, name: &str) {
    let described = old.doc.as_ref().and_then(|doc| doc.member(name));
    if let (Some(doc), Some(described)) = (&mut new.doc, described) {
        doc.members.push(described.clone());
    }
}

fn find(cases: &[Branch], name: &str) -> Option<usize> {
    cases.iter().position(|case| case.name == name)
}
