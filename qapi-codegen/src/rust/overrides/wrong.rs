//! What of the user's wishes the schema cannot fulfil, and what was probably meant.

use super::{BYTES, Overrides, WrongOverride, parsed};
use crate::nearest::nearest;
use crate::schema::Schema;
use crate::schema::types::{Builtin, Entity, Object, Origin, Type, TypeId};

impl Overrides {
    /// What of them cannot be fulfilled for a schema.
    pub fn wrong(&self, schema: &Schema) -> Vec<WrongOverride> {
        let types = self.types.iter().filter_map(|(path, ty)| {
            let reason = check_type(schema, path, ty).err()?;
            Some(WrongOverride { path: path.clone(), reason })
        });
        let attributes = self.attributes.iter().flat_map(|(path, attributes)| {
            let place = check_place(schema, path).err();
            let unread = attributes.iter().find(|attribute| parsed(attribute).is_none());
            let unread = unread.map(|text| format!("`{text}` is no attribute: say `#[…]`"));
            let reasons = place.into_iter().chain(unread);
            reasons.map(|reason| WrongOverride { path: path.clone(), reason })
        });
        types.chain(attributes).collect()
    }
}

/// The type of a member.
fn check_type(schema: &Schema, path: &str, ty: &str) -> Result<(), String> {
    if syn::parse_str::<syn::Type>(ty).is_err() {
        return Err(format!("`{ty}` is no Rust type"));
    }
    let Some((owner, member)) = path.split_once('.') else {
        return Err("this is no member: say `Type.member` or `command.argument`".to_owned());
    };
    let Some(present) = find_part(schema, owner, member)? else {
        return Err("a value of an enum has no type".to_owned());
    };
    if is_tag(schema, owner, member) {
        return Err("a union's tag is the field that holds its branch".to_owned());
    }
    let is_string = matches!(schema.ty(present), Type::Builtin(Builtin::Str));
    match ty == BYTES && !is_string {
        true => {
            Err(format!("bytes are a 'str' on the wire, and this is '{}'", schema.name_of(present)))
        }
        false => Ok(()),
    }
}

/// What an attribute is for.
fn check_place(schema: &Schema, path: &str) -> Result<(), String> {
    match path.split_once('.') {
        Some((owner, part)) => find_part(schema, owner, part).map(|_| ()),
        None => find(schema, path).map(|_| ()),
    }
}

fn find(schema: &Schema, name: &str) -> Result<Entity, String> {
    schema.find(name).ok_or_else(|| {
        let types = schema.types().map(|(_, ty)| ty.name());
        let commands = schema.commands().iter().map(|command| command.common.name.as_str());
        let events = schema.events().iter().map(|event| event.common.name.as_str());
        let names = types.chain(commands).chain(events);
        format!("the schema has no '{name}'{}", did_you_mean(name, names))
    })
}

/// The type of a member, or that there is a value of that name.
fn find_part(schema: &Schema, owner: &str, part: &str) -> Result<Option<TypeId>, String> {
    let data = match find(schema, owner)? {
        Entity::Type(id) => id,
        Entity::Command(index) => taken(schema, owner, part, schema.commands()[index].arguments)?,
        Entity::Event(index) => taken(schema, owner, part, schema.events()[index].data)?,
        Entity::Include(_) => return Err(format!("the schema has no '{owner}'")),
    };
    let parts = own_parts(schema, data);
    let found = parts.iter().find(|(name, _)| *name == part);
    found.map(|(_, ty)| *ty).ok_or_else(|| {
        let near = did_you_mean(part, parts.iter().map(|(name, _)| *name));
        format!("'{owner}' has no '{part}' of its own{near}")
    })
}

/// What a command takes or an event tells, where that is written in place.
fn taken(schema: &Schema, owner: &str, part: &str, data: Option<TypeId>) -> Result<TypeId, String> {
    let id = data.ok_or_else(|| format!("'{owner}' has no members"))?;
    match schema.ty(id) {
        Type::Object(object) if object.is_implicit() => Ok(id),
        named => Err(format!("what '{owner}' has is of '{0}': say '{0}.{part}'", named.name())),
    }
}

/// The members that a definition itself has, and its values; an inherited member is its base's.
fn own_parts(schema: &Schema, id: TypeId) -> Vec<(&str, Option<TypeId>)> {
    match schema.ty(id) {
        Type::Enum(owner) => owner.values.iter().map(|value| (value.name.as_str(), None)).collect(),
        Type::Object(object) => {
            let in_place = object.base.filter(|base| is_in_place(schema, *base));
            let base = in_place.map(|base| schema.members_flattened(base)).unwrap_or_default();
            let own = object.members.iter();
            base.into_iter()
                .chain(own)
                .map(|member| (member.name.as_str(), Some(member.ty)))
                .collect()
        }
        Type::Builtin(_) | Type::Array(_) | Type::Alternate(_) => Vec::new(),
    }
}

fn is_in_place(schema: &Schema, base: TypeId) -> bool {
    schema.object(base).is_some_and(|base: &Object| base.origin == Origin::Base)
}

fn is_tag(schema: &Schema, owner: &str, member: &str) -> bool {
    let object = schema.find_type(owner).and_then(|id| schema.object(id));
    let branches = object.and_then(|object| object.branches.as_ref());
    branches.is_some_and(|branches| branches.tag == member)
}

fn did_you_mean<'a>(given: &str, names: impl Iterator<Item = &'a str>) -> String {
    nearest(given, names).map(|name| format!("; did you mean '{name}'?")).unwrap_or_default()
}
