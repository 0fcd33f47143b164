//! `qapi introspect`: a schema → the document that a server of it answers to `query-qmp-schema`.

use qapi_codegen::introspect::{self, EnumEntries, Names};

use crate::Ending;
use crate::args::Introspect;
use crate::conditions;
use crate::schema;
use crate::speak::Speaker;

pub(crate) fn run(options: &Introspect, speaker: &Speaker) -> Ending {
    let outcome = match schema::compile(&options.schema, speaker) {
        Ok(outcome) => outcome,
        Err(error) => return speaker.failure(&format!("standard input: {error}")),
    };
    let Some(schema) = &outcome.schema else { return schema::verdict(&outcome) };
    let conditions = match conditions::of((&options.define, &options.undefine), schema, speaker) {
        Ok(conditions) => conditions,
        Err(ending) => return ending,
    };
    let document = introspect::document(
        schema,
        &introspect::Options {
            names: if options.unmask { Names::Plain } else { Names::Masked },
            enums: EnumEntries::of(options.schema.dialect),
            holds: &|condition| conditions.may_hold(condition),
        },
    );
    speaker.result(&format!("{document:#}\n"))
}
