//! `qapi check`: everything that is wrong with a schema.

use crate::Ending;
use crate::args::{Check, MessageFormat};
use crate::schema;
use crate::speak::Speaker;

pub(crate) fn run(options: &Check, speaker: &Speaker) -> Ending {
    match schema::compile(&options.schema, speaker) {
        Err(error) => speaker.failure(&format!("standard input: {error}")),
        Ok(outcome) => match outcome.schema {
            None => {
                // The other formats are for programs.
                if options.schema.message_format == MessageFormat::Human {
                    speaker.progress("for more about an error: qapi explain CODE");
                }
                Ending::Found
            }
            Some(schema) => {
                let (commands, events) = (schema.commands().len(), schema.events().len());
                let files = outcome.sources.files().count();
                speaker.detail(&format!("files: {files}, commands: {commands}, events: {events}"));
                Ending::Clean
            }
        },
    }
}
