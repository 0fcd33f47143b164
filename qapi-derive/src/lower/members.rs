//! The fields of a struct as members of an object.

use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Data, DeriveInput, Field, Fields, Ident, Token, Type};

use super::{payload, wrong_item};
use crate::attribute;
use crate::grammar::{Derive, Key, Site};
use crate::mistake::Mistakes;
use crate::model::{Body, Common, Member, Object, Role};
use crate::name::{self, Names};
use crate::ty::{check_present, option_argument};

/// A struct that derives `Object`, `Command` or `Event`.
pub(super) fn lower(
    mistakes: &mut Mistakes,
    derive: Derive,
    common: Common,
    input: &DeriveInput,
) -> Object {
    let body = match &input.data {
        Data::Struct(data) => body(mistakes, derive, &input.ident, &data.fields),
        Data::Enum(data) => no_struct(mistakes, derive, data.enum_token),
        Data::Union(data) => no_struct(mistakes, derive, data.union_token),
    };
    Object { common, body }
}

fn no_struct(mistakes: &mut Mistakes, derive: Derive, keyword: impl ToTokens) -> Body {
    wrong_item(mistakes, derive, keyword);
    Body::Empty
}

fn body(mistakes: &mut Mistakes, derive: Derive, ident: &Ident, fields: &Fields) -> Body {
    match (fields, payload(mistakes, fields)) {
        (Fields::Named(fields), _) => Body::Members(members(mistakes, &fields.named)),
        (Fields::Unit, _) if derive != Derive::Object => Body::Empty,
        (Fields::Unnamed(_), Some(field)) if derive != Derive::Object => {
            Body::Newtype(Box::new(newtype(mistakes, &field.ty)))
        }
        (Fields::Unit, _) => {
            let help = format!("an object without members is `struct {ident} {{}}`");
            mistakes.at(ident, "an object has its members in braces", help);
            Body::Empty
        }
        (Fields::Unnamed(unnamed), _) => {
            let (message, help) = unnamed_members(derive);
            mistakes.at(unnamed, message, help);
            Body::Empty
        }
    }
}

fn unnamed_members(derive: Derive) -> (&'static str, &'static str) {
    match derive {
        Derive::Command => (
            "arguments have names, or are those of one type",
            "name the fields; or write a newtype of the one object or union that the command takes",
        ),
        Derive::Event => (
            "an event's data has names, or is that of one type",
            "name the fields; or write a newtype of the one object or union that the event carries",
        ),
        Derive::Object | Derive::Enum | Derive::Union | Derive::Alternate => (
            "the members of an object have names",
            "name the fields: `struct Name { member: Type }`",
        ),
    }
}

fn newtype(mistakes: &mut Mistakes, ty: &Type) -> Type {
    let help = "name the type itself; what may be absent are its members";
    check_present(mistakes, ty, "the object that stands for all members", help);
    ty.clone()
}

fn members(mistakes: &mut Mistakes, fields: &Punctuated<Field, Token![,]>) -> Vec<Member> {
    let mut names = Names::default();
    let members: Vec<Member> =
        fields.iter().filter_map(|field| member(mistakes, &mut names, field)).collect();
    check_single(mistakes, &members, "branch", |role| matches!(role, Role::Branch));
    check_single(mistakes, &members, "rest", |role| matches!(role, Role::Rest));
    members
}

fn member(mistakes: &mut Mistakes, names: &mut Names, field: &Field) -> Option<Member> {
    let ident = field.ident.clone()?;
    let attributes = attribute::read(mistakes, &field.attrs, Site::Member, &ident);
    let role = if attributes.has(Key::Branch) {
        let help = "its tag is mandatory: name the union's type itself";
        check_present(mistakes, &field.ty, "a union's branch", help);
        Role::Branch
    } else if attributes.has(Key::Rest) {
        let help = "without further members it is empty: write `qapi_runtime::Map`";
        check_present(mistakes, &field.ty, "the rest of the members", help);
        Role::Rest
    } else {
        let given = attributes.text(Key::Name);
        let name = name::member(mistakes, given, &ident);
        names.add(mistakes, &name, &ident, given);
        named(mistakes, name, &field.ty)
    };
    Some(Member { ident, ty: field.ty.clone(), role })
}

fn named(mistakes: &mut Mistakes, name: String, ty: &Type) -> Role {
    let Some(argument) = option_argument(ty) else { return Role::Mandatory(name) };
    if option_argument(argument).is_some() {
        let help = "write one `Option`; a member that may be null as well is an `Alternate` in it";
        mistakes.at(ty, "a member is absent or it is there: there is no third state", help);
    }
    Role::Optional(name)
}

/// One union's branch and one rest are all that an object has room for.
fn check_single(mistakes: &mut Mistakes, members: &[Member], key: &str, is: fn(&Role) -> bool) {
    let mut such = members.iter().filter(|member| is(&member.role));
    let Some(first) = such.next() else { return };
    for second in such {
        mistakes.at(
            &second.ident,
            format!("`{}` and `{}` are both `{key}`", first.ident, second.ident),
            "keep one of them",
        );
    }
}
