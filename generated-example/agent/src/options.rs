//! The command line: where to listen, whom to serve, what to forbid. Data only; clap reads it.

use clap::builder::PossibleValuesParser;
use clap::{ColorChoice, Parser};
use qapi_agent::Access;
use qapi_agent::schema::SCHEMA;
use qapi_runtime::Address;
use qapi_runtime::protocol::{Negotiation, Version};

/// A guest agent: answers a host's questions about this machine, reads and writes files and runs
/// programs for it.
///
/// Whoever can connect to it has its rights, which are usually root's.
#[derive(Debug, Parser)]
#[command(name = "qapi-agent", version, max_term_width = 100)]
pub(crate) struct Options {
    /// Where to listen: unix:PATH, tcp:HOST:PORT, chardev:PATH, stdio or fd:N;
    /// can be given several times.
    #[arg(long, value_name = "ADDR", required = true)]
    pub(crate) listen: Vec<Address>,

    /// Whether clients must negotiate capabilities before they call commands: optional, warn
    /// (serve them, and say so on stderr) or require.
    #[arg(long, value_name = "POLICY", default_value = "optional")]
    #[arg(default_value_if("warn_event", "true", "warn"))]
    pub(crate) negotiation: Negotiation,

    /// Also send clients that do not negotiate an event, once a session. Old clients can take it
    /// for an answer.
    #[arg(long)]
    pub(crate) warn_event: bool,

    /// The only commands that may be called.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = names(), hide_possible_values = true)]
    allow: Option<Vec<String>>,

    /// Commands that may not be called, whatever --allow says.
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', value_parser = names(), hide_possible_values = true)]
    block: Vec<String>,

    /// The version to report instead of this program's.
    #[arg(long, value_name = "X.Y.Z")]
    report_version: Option<Version>,

    /// When to use colours; auto also heeds NO_COLOR.
    #[arg(long, value_name = "WHEN", value_enum, default_value_t = ColorChoice::Auto)]
    pub(crate) color: ColorChoice,

    /// Say nothing but errors.
    #[arg(short, long)]
    pub(crate) quiet: bool,

    /// Tell every connection and command; never arguments or answers.
    #[arg(short, long, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

impl Options {
    /// The two lists.
    pub(crate) fn access(&self) -> Access {
        let access = Access::default().block(self.block.iter().cloned());
        match &self.allow {
            Some(allow) => access.allow(allow.iter().cloned()),
            None => access,
        }
    }

    /// The version to report.
    pub(crate) fn version(&self) -> Version {
        self.report_version.clone().unwrap_or_else(qapi_agent::version)
    }
}

/// The names of all commands; clap suggests the nearest one for any other.
fn names() -> PossibleValuesParser {
    SCHEMA.commands.iter().map(|command| command.name).collect::<Vec<_>>().into()
}
