//! `--define` and `--undefine`: what is known of a build.

use qapi_codegen::schema::Schema;
use qapi_codegen::schema::select::Conditions;

use crate::Ending;
use crate::speak::Speaker;

/// What both options say. Names that no condition of the schema has are told: a misspelled one
/// would decide nothing.
pub(crate) fn of(
    (define, undefine): (&[String], &[String]),
    schema: &Schema,
    speaker: &Speaker,
) -> Result<Conditions, Ending> {
    let conditions = Conditions {
        defined: define.iter().cloned().collect(),
        undefined: undefine.iter().cloned().collect(),
    };
    if let [first, ..] = conditions.contradictions()[..] {
        let why = format!("'{first}' cannot be both defined and undefined");
        return Err(speaker.failure(&why));
    }
    for name in conditions.unknown(schema) {
        speaker.progress(&format!("warning: no condition of the schema names '{name}'"));
    }
    Ok(conditions)
}
