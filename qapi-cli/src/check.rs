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
                let ending = schema::verdict(&outcome);
                // The other formats are for programs.
                if options.schema.message_format == MessageFormat::Human && ending == Ending::Found
                {
                    speaker.progress("for more about an error: qapi explain CODE");
                    if let Some(dialect) = schema::accepting_dialect(&options.schema) {
                        let hint = format!(
                            "nothing is wrong with it in another dialect: --dialect {dialect}"
                        );
                        speaker.progress(&hint);
                    }
                }
                ending
            }
            Some(_) if is_for_programs(options.schema.message_format) => Ending::Clean,
            Some(schema) => {
                let (commands, events) = (schema.commands().len(), schema.events().len());
                let files = outcome.sources.files().count();
                speaker.detail(&format!("files: {files}, commands: {commands}, events: {events}"));
                Ending::Clean
            }
        },
    }
}

/// What a program reads whole must have nothing behind it.
fn is_for_programs(format: MessageFormat) -> bool {
    match format {
        MessageFormat::Human | MessageFormat::Qemu | MessageFormat::Github => false,
        MessageFormat::Json | MessageFormat::Sarif => true,
    }
}
