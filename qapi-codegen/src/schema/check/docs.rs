//! Documentation and definition say the same: each member, value, branch and feature has its
//! description, and each description has something to describe.

use std::collections::HashSet;

use super::context::Context;
use crate::diagnostic::{Code, Diagnostic};
use crate::dialect::{Dialect, DocChecks};
use crate::doc::{Described, Doc};
use crate::expr::definition::Definition;
use crate::schema::Documentation;
use crate::schema::documented::{self, All, Part};
use crate::schema::types::{Common, Entity, Feature};
use crate::source::Span;

/// So many further names are pointed at; the message has all.
const MAX_LABELS: usize = 8;

/// What has documentation.
struct Subject<'a> {
    common: &'a Common,
    doc: &'a Doc,
    parts: Vec<Part<'a>>,
}

fn subject<'a>(cx: &Context<'a>, entity: Entity) -> Option<Subject<'a>> {
    let draft = cx.draft;
    let all = All { types: &draft.types, commands: &draft.commands, events: &draft.events };
    let (common, parts) = documented::entity(all, entity)?;
    Some(Subject { common, doc: common.doc.as_ref()?, parts })
}

/// What an entity has, its documentation must describe. Members written in place are their
/// definition's, so types made of them have nothing of their own to check.
pub(super) fn check_complete(cx: &mut Context<'_>, definition: &Definition, entity: Entity) {
    let Some(subject) = subject(cx, entity) else { return };
    if cx.rules.doc_checks == DocChecks::Off || subject.common.name != definition.name.value {
        return;
    }
    let members = names(&subject.doc.members);
    let features = names(&subject.doc.features);
    let excepted = cx.rules.pragmas.excepts_documentation(&definition.name, definition.module);
    let all_members = cx.rules.doc_checks > DocChecks::Legacy && !excepted;
    check_features(cx, definition, &subject.common.features, &features);
    for part in &subject.parts {
        if all_members && !members.contains(part.name) {
            let message = format!("{} '{}' lacks documentation", part.role, part.name);
            let span = part.span.unwrap_or(definition.name.span);
            cx.error(Code::MemberUndocumented, definition, span, message);
        }
        check_features(cx, definition, part.features, &features);
    }
}

fn check_features(
    cx: &mut Context<'_>,
    definition: &Definition,
    features: &[Feature],
    documented: &HashSet<&str>,
) {
    for feature in features {
        if !documented.contains(feature.name.as_str()) {
            let message = format!("feature '{}' lacks documentation", feature.name);
            cx.error(Code::FeatureUndocumented, definition, feature.span, message);
        }
    }
}

fn names(described: &[Described]) -> HashSet<&str> {
    described.iter().map(|described| described.name.value.as_str()).collect()
}

/// What the documentation of an entity describes must be there.
pub(super) fn check_nothing_else(cx: &mut Context<'_>, definition: &Definition, entity: Entity) {
    let subject = subject(cx, entity);
    if let Some(subject) = subject.filter(|it| it.common.name == definition.name.value) {
        check_described(cx, &subject);
    }
}

/// The same for all documentation, in its own order.
pub(super) fn check_nothing_else_anywhere(cx: &mut Context<'_>) {
    let draft = cx.draft;
    for documentation in &draft.docs {
        if let Documentation::Definition(entity) = documentation
            && let Some(subject) = subject(cx, *entity)
        {
            check_described(cx, &subject);
        }
    }
}

fn check_described<'a>(cx: &mut Context<'a>, subject: &Subject<'a>) {
    let Subject { common, doc, parts } = subject;
    let members: Vec<&str> = parts.iter().map(|part| part.name).collect();
    let features = parts.iter().flat_map(|part| part.features).chain(&common.features);
    let features: Vec<&str> = features.map(|feature| feature.name.as_str()).collect();
    let member = ("member", Code::DocumentedMemberMissing);
    check_exist(cx, doc.span, member, &doc.members, &members);
    // 5.2 calls both by one name.
    let what = if cx.rules.dialect == Dialect::Qemu5_2 { "member" } else { "feature" };
    let feature = (what, Code::DocumentedFeatureMissing);
    check_exist(cx, doc.span, feature, &doc.features, &features);
}

/// QEMU reports all that are missing at the first of them; up to 7.2, at the whole block.
fn check_exist<'a>(
    cx: &mut Context<'a>,
    block: Span,
    (what, code): (&str, Code),
    described: &[Described],
    existing: &[&'a str],
) {
    let exists: HashSet<&str> = existing.iter().copied().collect();
    let missing = described.iter().map(|described| &described.name);
    let missing: Vec<_> = missing.filter(|name| !exists.contains(name.as_str())).collect();
    let [first, others @ ..] = &missing[..] else { return };
    let names: Vec<&str> = missing.iter().map(|name| name.as_str()).collect();
    let (plural, does) = if others.is_empty() { ("", "does") } else { ("s", "do") };
    let message = format!("documented {what}{plural} '{}' {does} not exist", names.join("', '"));
    let legacy = cx.rules.doc_checks == DocChecks::Legacy;
    let whole = if legacy { block } else { first.span };
    let error = Diagnostic::within(code, whole, first.span, message);
    let heading = cx.draft.headings.at(whole).cloned();
    let mut error = Diagnostic { heading, ..error };
    for other in others.iter().take(MAX_LABELS) {
        error = error.also(other.span, "this neither");
    }
    if let Some(near) = cx.nearest(first, &|| existing.to_vec()) {
        error = error.guess(first.span, near, near);
    }
    cx.diagnostics.push(error);
}
