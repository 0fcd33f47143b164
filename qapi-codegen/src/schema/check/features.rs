//! Features: none twice, none of the special ones on types, not too many in all.

use std::collections::HashSet;

use super::clash::{Part, Scope};
use super::context::Context;
use crate::diagnostic::Code;
use crate::dialect::Dialect;
use crate::expr::definition::{self as written, Definition, Kind};
use crate::schema::fill::written_in_place;
use crate::schema::types::{Common, Feature};

/// The features that mean something to everyone.
const SPECIAL: [&str; 2] = ["deprecated", "unstable"];

/// How many different features a schema may have: QEMU's C code has a bit for each.
const MAX_FEATURES: usize = 64;

/// No feature of one owner twice. For messages, the owner is the definition or the member.
pub(super) fn check_clashes(
    cx: &mut Context<'_>,
    definition: &Definition,
    features: &[Feature],
    owner: &str,
) {
    let mut scope = Scope::default();
    for feature in features {
        let part = Part::new("feature", &feature.name, owner, Some(feature.span));
        scope.admit(cx, definition, part);
    }
}

/// The features of a type: it cannot be deprecated or unstable, only its uses can.
pub(super) fn check_of_type(cx: &mut Context<'_>, definition: &Definition, common: &Common) {
    check_clashes(cx, definition, &common.features, &common.name);
    for feature in &common.features {
        if is_special(cx.rules.dialect, &feature.name) {
            let message = format!("feature '{}' is not supported for types", feature.name);
            cx.error(Code::SpecialFeatureOnType, definition, feature.span, message);
        }
    }
}

/// In 5.2, `unstable` was a feature like any other.
fn is_special(dialect: Dialect, name: &str) -> bool {
    match dialect {
        Dialect::Qemu5_2 => name == "deprecated",
        _ => SPECIAL.contains(&name),
    }
}

/// The whole schema must not use too many features. QEMU names the definition that uses the first
/// one too many.
pub(super) fn check_count(cx: &mut Context<'_>) {
    let draft = cx.draft;
    let mut seen: HashSet<&str> = SPECIAL.into_iter().collect();
    for definition in &draft.definitions {
        for feature in features(definition) {
            let is_new = seen.insert(&feature.name);
            if is_new && seen.len() == MAX_FEATURES + 1 {
                let message = "Maximum of 64 schema features is permitted";
                cx.error(Code::FeatureCount, definition, feature.name.span, message);
            }
        }
    }
}

/// All features of a definition, in the order in which QEMU's generator counts them.
fn features(definition: &Definition) -> impl Iterator<Item = &written::Feature> {
    let values = match &definition.kind {
        Kind::Enum(enumeration) => &enumeration.values[..],
        _ => &[],
    };
    let of_values = values.iter().flat_map(|value| &value.features);
    let of_members = written_in_place(definition).iter().flat_map(|member| &member.features);
    definition.features.iter().chain(of_values).chain(of_members)
}
