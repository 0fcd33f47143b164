//! Conditions of which only some identifiers are known.

use super::IsDefined;
use crate::schema::types::{Condition, Preprocessor};

/// What is known of a condition.
pub(super) enum Decision {
    /// It holds.
    Always,
    /// It does not.
    Never,
    /// It holds if this does, of which nothing is known.
    Open(Condition),
}

impl Condition {
    /// What is left of a condition, given what is known.
    pub(super) fn decide(self, known: &IsDefined<'_>) -> Decision {
        match self {
            Condition::Defined(name) => match known(&name) {
                Some(true) => Decision::Always,
                Some(false) => Decision::Never,
                None => Decision::Open(Condition::Defined(name)),
            },
            Condition::All(parts) => all(parts, known),
            Condition::Any(parts) => any(parts, known),
            Condition::Not(part) => match part.decide(known) {
                Decision::Always => Decision::Never,
                Decision::Never => Decision::Always,
                Decision::Open(part) => Decision::Open(Condition::Not(Box::new(part))),
            },
            Condition::Preprocessor(Preprocessor { texts, meaning }) => {
                match meaning.clone().decide(known) {
                    Decision::Open(open) if open == *meaning => {
                        Decision::Open(Condition::Preprocessor(Preprocessor { texts, meaning }))
                    }
                    decision => decision,
                }
            }
        }
    }
}

fn all(parts: Vec<Condition>, known: &IsDefined<'_>) -> Decision {
    let mut open = Vec::new();
    for part in parts {
        match part.decide(known) {
            Decision::Always => {}
            Decision::Never => return Decision::Never,
            Decision::Open(part) => open.push(part),
        }
    }
    rest(open, Decision::Always, Condition::All)
}

fn any(parts: Vec<Condition>, known: &IsDefined<'_>) -> Decision {
    let mut open = Vec::new();
    for part in parts {
        match part.decide(known) {
            Decision::Always => return Decision::Always,
            Decision::Never => {}
            Decision::Open(part) => open.push(part),
        }
    }
    rest(open, Decision::Never, Condition::Any)
}

/// What is open of several parts: nothing, one, or more.
fn rest(
    mut open: Vec<Condition>,
    nothing: Decision,
    several: fn(Vec<Condition>) -> Condition,
) -> Decision {
    match (open.len(), open.pop()) {
        (_, None) => nothing,
        (1, Some(part)) => Decision::Open(part),
        (_, Some(last)) => {
            open.push(last);
            Decision::Open(several(open))
        }
    }
}
