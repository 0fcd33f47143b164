//! `qapi check`: everything that is wrong with a schema.

use crate::Ending;
use crate::args::Check;
use crate::schema;
use crate::speak::Speaker;

pub(crate) fn run(options: &Check, speaker: &Speaker) -> Ending {
    match schema::compile(&options.schema, speaker) {
        Err(error) => speaker.failure(&format!("standard input: {error}")),
        Ok(outcome) => match outcome.schema {
            None => Ending::Found,
            Some(schema) => {
                let (commands, events) = (schema.commands().len(), schema.events().len());
                let files = outcome.sources.files().count();
                speaker.detail(&format!("files: {files}, commands: {commands}, events: {events}"));
                Ending::Clean
            }
        },
    }
}
