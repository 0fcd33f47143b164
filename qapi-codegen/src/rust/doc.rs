//! Rustdoc of generated items: what the schema says of them, and what it says beside its
//! documentation: features, conditions, capabilities.

mod facts;
mod links;
mod page;

use proc_macro2::TokenStream;
use quote::quote;

use super::bindings::Bindings;
use super::gate::emit_gate;
use super::ty::Seat;
use super::{Role, rest};
use crate::doc::{Doc, SectionKind};
use crate::schema::types::{Branch, Command, Common, EnumValue, Event, Feature, Member};
use page::Page;

/// A type. `what` says which, for one that the schema does not describe.
pub(super) fn emit_type(bindings: &Bindings, common: &Common, what: &str) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    page.opening(common, &format!("The {what} `{}`.", common.name));
    page.facts(&common.features, page.facts_of(common));
    page.features(common);
    with_attributes(bindings, common, page)
}

/// The documentation, when the definition is there, and the attributes that the user wants besides.
fn with_attributes(bindings: &Bindings, common: &Common, page: Page<'_>) -> TokenStream {
    let (docs, attributes) = (page.emit(), bindings.options.overrides.attributes_of(common));
    let gate = emit_gate(bindings, common.condition.as_ref());
    quote!(#gate #docs #attributes)
}

/// A command's struct.
pub(super) fn emit_command(bindings: &Bindings, command: &Command) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Commands);
    let common = &command.common;
    page.opening(common, &format!("The command `{}`.", common.name));
    let mut facts = facts::of_command(command);
    if let Some(envelope) = command.envelope {
        let name = page.link(bindings.schema.name_of(envelope));
        facts.push(format!("The answer may have the members of {name} beside `return`."));
    }
    facts.extend(page.facts_of(common));
    page.facts(&common.features, facts);
    page.section(common, SectionKind::Returns, "Returns");
    page.section(common, SectionKind::Errors, "Errors");
    page.features(common);
    with_attributes(bindings, common, page)
}

/// An event's struct.
pub(super) fn emit_event(bindings: &Bindings, event: &Event) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Events);
    let common = &event.common;
    page.opening(common, &format!("The event `{}`.", common.name));
    let mut facts: Vec<String> =
        event.capability.as_deref().map(facts::needs).into_iter().collect();
    facts.extend(page.facts_of(common));
    page.facts(&common.features, facts);
    page.features(common);
    with_attributes(bindings, common, page)
}

/// What stands for a command or an event elsewhere: the first paragraph, and where the rest is.
pub(super) fn emit_summary(
    bindings: &Bindings,
    common: &Common,
    what: &str,
    path: &str,
) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    page.summary(common.doc.as_ref(), &format!("The {what} `{}`.", common.name));
    page.sentence(format!("See [`{path}`]."));
    page.emit()
}

/// A member; `owner` is what the schema describes it with.
pub(super) fn emit_member(
    bindings: &Bindings,
    owner: &Common,
    member: &Member,
    seat: Seat,
) -> TokenStream {
    let mut page = Page::new(bindings, seat);
    let described = owner.doc.as_ref().and_then(|doc| doc.member(&member.name));
    page.described(described, &format!("The member `{}`.", member.name));
    page.facts(&member.features, facts::of_member(member));
    page.emit()
}

/// A value of an enum.
pub(super) fn emit_value(bindings: &Bindings, owner: &Common, value: &EnumValue) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    let described = owner.doc.as_ref().and_then(|doc| doc.member(&value.name));
    page.described(described, &format!("The value `{}`.", value.name));
    page.facts(&value.features, facts::of_value(value));
    page.emit()
}

/// A union's branch: what the schema says of the value of the tag that selects it.
pub(super) fn emit_case(
    bindings: &Bindings,
    tag: &Common,
    value: &EnumValue,
    case: &Branch,
) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    let described = tag.doc.as_ref().and_then(|doc| doc.member(&value.name));
    page.described(described, &format!("The branch `{}`.", case.name));
    let mut facts = facts::of_value(value);
    let of_branch: Vec<String> =
        facts::of_branch(case).filter(|fact| !facts.contains(fact)).collect();
    facts.extend(of_branch);
    page.facts(&value.features, facts);
    page.emit()
}

/// A branch of an alternate.
pub(super) fn emit_branch(bindings: &Bindings, owner: &Common, branch: &Branch) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    let described = owner.doc.as_ref().and_then(|doc| doc.member(&branch.name));
    page.described(described, &format!("The branch `{}`.", branch.name));
    page.facts(&[], facts::of_branch(branch).collect());
    page.emit()
}

/// Something that no schema describes.
pub(super) fn emit_sentence(bindings: &Bindings, sentence: &str) -> TokenStream {
    let mut page = Page::new(bindings, Seat::Root);
    page.sentence(sentence.to_owned());
    page.emit()
}

/// `#[deprecated]` for what has that feature, where clients are to be told. `doc` is that of the
/// definition, which says what to use instead.
pub(super) fn emit_deprecated(
    bindings: &Bindings,
    features: &[Feature],
    doc: Option<&Doc>,
) -> Option<TokenStream> {
    if !is_deprecated(bindings, features) {
        return None;
    }
    let note = doc.and_then(|doc| doc.feature("deprecated"));
    Some(match note.map(|note| rest::plain(&note.text)) {
        Some(note) if !note.is_empty() => quote!(#[deprecated(note = #note)]),
        _ => quote!(#[deprecated]),
    })
}

/// Whether something is `#[deprecated]` in Rust.
pub(super) fn is_deprecated(bindings: &Bindings, features: &[Feature]) -> bool {
    bindings.options.role != Role::Server && facts::has(features, "deprecated")
}

/// For an item that must name something deprecated.
pub(super) fn emit_allow(names_deprecated: bool) -> Option<TokenStream> {
    names_deprecated.then(|| quote!(#[allow(deprecated)]))
}
