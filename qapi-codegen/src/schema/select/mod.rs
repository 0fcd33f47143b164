//! Part of a schema: a [`Schema`] → a smaller one, as right as the first.
//!
//! [`conditions`] settles what exists in a build; [`only`] keeps what is asked for and what that
//! needs.

mod decide;
mod keep;

use std::collections::{BTreeSet, HashSet};

use self::decide::Decision;
use self::keep::Keep;
use super::Schema;
use super::types::{Branch, Branches, Common, Condition, Entity, Feature, Type};

/// What is known about a build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conditions {
    /// What is defined.
    pub defined: BTreeSet<String>,
    /// What is not.
    pub undefined: BTreeSet<String>,
}

impl Conditions {
    /// Whether a condition can hold: false only where what is known rules it out.
    pub fn may_hold(&self, condition: &Condition) -> bool {
        let decision = condition.clone().decide(&|name| self.is_defined(name));
        !matches!(decision, Decision::Never)
    }

    /// The identifiers that are said to be defined and not.
    pub fn contradictions(&self) -> Vec<&str> {
        self.defined.intersection(&self.undefined).map(String::as_str).collect()
    }

    /// The identifiers that no condition of a schema names: likely misspelled.
    pub fn unknown<'a>(&'a self, schema: &Schema) -> Vec<&'a str> {
        let known = identifiers(schema);
        let given = self.defined.iter().chain(&self.undefined);
        given.map(String::as_str).filter(|name| !known.contains(*name)).collect()
    }

    fn is_defined(&self, name: &str) -> Option<bool> {
        if self.defined.contains(name) {
            Some(true)
        } else {
            self.undefined.contains(name).then_some(false)
        }
    }
}

/// The schema of a build about which something is known. What is known not to exist is gone; what
/// is known to exist has no condition any more; what is left open keeps its condition.
#[must_use]
pub fn conditions(schema: &Schema, conditions: &Conditions) -> Schema {
    settled(schema.clone(), &|name| conditions.is_defined(name))
}

/// The schema of one build: no condition is left.
#[must_use]
pub fn build(schema: &Schema, is_defined: &dyn Fn(&str) -> bool) -> Schema {
    settled(schema.clone(), &|name| Some(is_defined(name)))
}

/// The identifiers that conditions of a schema name.
pub fn identifiers(schema: &Schema) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    // Settling asks for each of them.
    let seen = std::cell::RefCell::new(&mut found);
    settled(schema.clone(), &|name| {
        seen.borrow_mut().insert(name.to_owned());
        None
    });
    found
}

/// What of a schema is wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// What is known of the build.
    pub conditions: Conditions,
    /// The commands, events and types that are wanted, with all that they need; all if there are
    /// none.
    pub only: Vec<String>,
}

impl Selection {
    /// The part of a schema that is wanted.
    ///
    /// # Errors
    /// The names in `only` that the schema does not have.
    pub fn of(&self, schema: &Schema) -> Result<Schema, Vec<String>> {
        let schema = conditions(schema, &self.conditions);
        match self.only.is_empty() {
            true => Ok(schema),
            false => only(&schema, self.only.iter().map(String::as_str)),
        }
    }
}

/// The schema of the commands, events and types of these names and all that they need.
///
/// # Errors
/// The names that the schema does not have.
pub fn only<'a>(
    schema: &Schema,
    names: impl IntoIterator<Item = &'a str>,
) -> Result<Schema, Vec<String>> {
    let mut keep = Keep {
        types: vec![false; schema.types.len()],
        commands: vec![false; schema.commands.len()],
        events: vec![false; schema.events.len()],
    };
    let mut unknown = Vec::new();
    for name in names {
        match schema.find(name) {
            Some(Entity::Type(id)) => keep.types[id.0 as usize] = true,
            Some(Entity::Command(index)) => keep.commands[index] = true,
            Some(Entity::Event(index)) => keep.events[index] = true,
            Some(Entity::Include(_)) | None => unknown.push(name.to_owned()),
        }
    }
    if unknown.is_empty() { Ok(schema.clone().keep(keep)) } else { Err(unknown) }
}

/// Says whether an identifier is defined, where that is known.
type IsDefined<'a> = dyn Fn(&str) -> Option<bool> + 'a;

/// A definition that is gone stays all the same if something that is there refers to it.
fn settled(mut schema: Schema, known: &IsDefined<'_>) -> Schema {
    let keep = Keep {
        types: schema.types.iter_mut().map(|ty| settle_type(ty, known)).collect(),
        commands: schema
            .commands
            .iter_mut()
            .map(|command| settle_common(&mut command.common, known))
            .collect(),
        events: schema
            .events
            .iter_mut()
            .map(|event| settle_common(&mut event.common, known))
            .collect(),
    };
    fit_cases(&mut schema);
    schema.keep(keep)
}

/// Settles a condition as far as possible. Says whether what has it may be there.
fn settle(condition: &mut Option<Condition>, known: &IsDefined<'_>) -> bool {
    match condition.take().map(|condition| condition.decide(known)) {
        None | Some(decide::Decision::Always) => true,
        Some(decide::Decision::Never) => false,
        Some(decide::Decision::Open(rest)) => {
            *condition = Some(rest);
            true
        }
    }
}

fn settle_common(common: &mut Common, known: &IsDefined<'_>) -> bool {
    settle_features(&mut common.features, known);
    settle(&mut common.condition, known)
}

fn settle_features(features: &mut Vec<Feature>, known: &IsDefined<'_>) {
    features.retain_mut(|feature| settle(&mut feature.condition, known));
}

fn settle_branches(branches: &mut Vec<Branch>, known: &IsDefined<'_>) {
    branches.retain_mut(|branch| settle(&mut branch.condition, known));
}

/// Removes what is not there from a type. Says whether the type itself may be. An array is there
/// if something refers to it.
fn settle_type(ty: &mut Type, known: &IsDefined<'_>) -> bool {
    match ty {
        Type::Builtin(_) => true,
        Type::Array(_) => false,
        Type::Enum(enumeration) => {
            enumeration.values.retain_mut(|value| {
                settle_features(&mut value.features, known);
                settle(&mut value.condition, known)
            });
            settle_common(&mut enumeration.common, known)
        }
        Type::Object(object) => {
            object.members.retain_mut(|member| {
                settle_features(&mut member.features, known);
                settle(&mut member.condition, known)
            });
            if let Some(branches) = &mut object.branches {
                settle_branches(&mut branches.cases, known);
            }
            settle_common(&mut object.common, known)
        }
        Type::Alternate(alternate) => {
            settle_branches(&mut alternate.branches, known);
            settle_common(&mut alternate.common, known)
        }
    }
}

/// Makes unions have a branch for exactly the values that their tag still has.
pub(super) fn fit_cases(schema: &mut Schema) {
    let empty = schema.find_type("q_empty").expect("every schema has the empty object");
    for index in 0..schema.types.len() {
        let Some(mut branches) = take_branches(&mut schema.types[index]) else { continue };
        if let Some(tag) = schema.enumeration(branches.tag_type) {
            let values: HashSet<&str> = tag.values.iter().map(|v| v.name.as_str()).collect();
            branches.cases.retain(|case| values.contains(case.name.as_str()));
            let cases: HashSet<String> =
                branches.cases.iter().map(|case| case.name.clone()).collect();
            let missing = tag.values.iter().filter(|value| !cases.contains(&value.name));
            branches.cases.extend(missing.map(|value| Branch::empty(value, empty)));
        }
        if let Type::Object(object) = &mut schema.types[index] {
            object.branches = Some(branches);
        }
    }
}

fn take_branches(ty: &mut Type) -> Option<Branches> {
    match ty {
        Type::Object(object) => object.branches.take(),
        Type::Builtin(_) | Type::Enum(_) | Type::Array(_) | Type::Alternate(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Conditions, build, conditions, only};
    use crate::{dump_of, schema_of};

    const SCHEMA: &str = "
        { 'enum': 'Kind', 'data': [ 'file', { 'name': 'host', 'if': 'HOST' }, 'null' ] }
        { 'struct': 'File', 'data': { 'path': 'str' } }
        { 'struct': 'Host', 'data': { 'label': 'str' }, 'if': 'HOST' }
        { 'union': 'Disk', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
          'data': { 'file': { 'type': 'File', 'if': 'FILE' },
                    'host': { 'type': 'Host', 'if': 'HOST' } } }
        { 'command': 'add', 'data': 'Disk', 'boxed': true }
        { 'command': 'stop', 'if': { 'all': [ 'HOST', { 'not': 'FILE' } ] } }";

    #[test]
    fn a_branch_for_each_value_that_is_left() {
        let text = dump_of(&build(&schema_of(SCHEMA), &|_| false));
        assert!(text.contains("    case null: q_empty\n    case file: q_empty\ncommand add"));
        assert!(!text.contains("host") && !text.contains("Host") && !text.contains("stop"));
        assert!(!text.contains("    if "));
    }

    #[test]
    fn what_is_left_open_keeps_its_condition() {
        let mut known = Conditions::default();
        known.defined.insert("HOST".to_owned());
        let text = dump_of(&conditions(&schema_of(SCHEMA), &known));
        assert!(text.contains("    case file: File\n        if FILE\n    case host: Host\n"));
        assert!(text.ends_with("oob=False preconfig=False\n    if {'not': 'FILE'}\n"));
    }

    #[test]
    fn only_what_is_asked_for_and_what_it_needs() {
        let schema = schema_of(SCHEMA);
        assert_eq!(only(&schema, ["add", "sub"]).err(), Some(vec!["sub".to_owned()]));
        let stop = dump_of(&only(&schema, ["stop"]).expect("is there"));
        assert!(stop.contains("command stop") && !stop.contains("enum Kind"));
        let add = dump_of(&only(&schema, ["add"]).expect("is there"));
        assert!(add.contains("object Host") && !add.contains("command stop"));
    }
}
