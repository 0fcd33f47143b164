//! What a schema says of something besides its documentation, as sentences.

use crate::schema::types::{
    Branch, Command, Common, Condition, EnumValue, Feature, Member, Preprocessor,
};

/// Of a type, a command or an event.
pub(super) fn of_definition(common: &Common) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend(has(&common.features, "unstable").then(unstable));
    facts.extend(common.condition.as_ref().map(only_if));
    facts.extend(not_in(&common.missing_in));
    facts
}

/// Of a command alone.
pub(super) fn of_command(command: &Command) -> Vec<String> {
    let mut facts = Vec::new();
    facts.extend((!command.success_response).then(|| "Success is not answered.".to_owned()));
    facts.extend(command.allow_oob.then(|| "It may run out of band.".to_owned()));
    facts.extend(command.capability.as_deref().map(needs));
    facts
}

/// Of a member.
pub(super) fn of_member(member: &Member) -> Vec<String> {
    let mut facts = of_features(&member.features);
    facts.extend(member.capability.as_deref().map(needs));
    facts.extend(member.condition.as_ref().map(only_if));
    facts.extend(not_in(&member.missing_in));
    facts
}

/// Of a value of an enum.
pub(super) fn of_value(value: &EnumValue) -> Vec<String> {
    let mut facts = of_features(&value.features);
    facts.extend(value.condition.as_ref().map(only_if));
    facts.extend(not_in(&value.missing_in));
    facts
}

/// Of a branch, apart from its tag's value.
pub(super) fn of_branch(branch: &Branch) -> impl Iterator<Item = String> {
    branch.condition.as_ref().map(only_if).into_iter().chain(not_in(&branch.missing_in))
}

/// `Needs the capability …`
pub(super) fn needs(capability: &str) -> String {
    format!("Needs the capability `{capability}`.")
}

/// Whether a feature is among these.
pub(super) fn has(features: &[Feature], name: &str) -> bool {
    features.iter().any(|feature| feature.name == name)
}

fn of_features(features: &[Feature]) -> Vec<String> {
    let fact = |feature: &Feature| match feature.name.as_str() {
        "unstable" => Some(unstable()),
        // Rust has its own way to say it.
        "deprecated" => None,
        name => Some(format!("Feature: `{name}`.")),
    };
    features.iter().filter_map(fact).collect()
}

/// Which of the versions that are spoken do not have it.
fn not_in(versions: &[String]) -> Option<String> {
    let (last, others) = versions.split_last()?;
    Some(match others {
        [] => format!("Not in {last}."),
        others => format!("Not in {} and {last}.", others.join(", ")),
    })
}

fn unstable() -> String {
    "**Unstable:** may change or vanish in any release.".to_owned()
}

fn only_if(condition: &Condition) -> String {
    format!("Only if {}.", in_words(condition))
}

fn in_words(condition: &Condition) -> String {
    match condition {
        Condition::Defined(name) => format!("`{name}`"),
        Condition::All(parts) => joined(parts, " and "),
        Condition::Any(parts) => joined(parts, " or "),
        Condition::Not(part) => format!("not {}", in_part(part)),
        Condition::Preprocessor(Preprocessor { meaning, .. }) => in_words(meaning),
    }
}

fn joined(parts: &[Condition], with: &str) -> String {
    parts.iter().map(in_part).collect::<Vec<_>>().join(with)
}

fn in_part(part: &Condition) -> String {
    match part {
        Condition::Defined(_) | Condition::Not(_) => in_words(part),
        Condition::All(parts) | Condition::Any(parts) if parts.len() == 1 => in_words(part),
        Condition::All(_) | Condition::Any(_) => format!("({})", in_words(part)),
        Condition::Preprocessor(Preprocessor { meaning, .. }) => in_part(meaning),
    }
}
