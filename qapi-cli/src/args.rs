//! What may stand on the command line. Data only; clap reads it.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use qapi_codegen::dialect::{Dialect, DocChecks};

/// Check QAPI schemas, generate Rust from them, talk to the servers that speak them.
///
/// Exit status: 0 done and nothing found; 1 found something (schema errors, a server's error
/// reply, a stale file); 2 could not do the job (usage, file, socket).
#[derive(Debug, Parser)]
#[command(name = "qapi", version, propagate_version = true)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) output: Output,
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// How to speak; taken by every command.
#[derive(Clone, Copy, Debug, Args)]
pub(crate) struct Output {
    /// When to use colour; `auto` also heeds NO_COLOR.
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(crate) color: Color,
    /// Say nothing but results and errors.
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,
    /// Say more on stderr.
    #[arg(short, long, global = true, conflicts_with = "quiet")]
    pub(crate) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check a schema and report everything that is wrong with it.
    Check(Check),
    /// Print what a stage makes of a schema: for looking at, and for comparing.
    Dump(Dump),
    /// Explain a diagnostic: its rule, a wrong and a right example, where the rule comes from.
    Explain(Explain),
    /// Write typed Rust for a schema.
    Generate(Generate),
    /// Print the document with which a server of a schema answers query-qmp-schema.
    Introspect(Introspect),
    /// Tell what a server is: protocol, level, version, capabilities.
    Info(Info),
    /// Run one command on a server and print what it returns as JSON.
    Call(Call),
}

/// A schema and the rules to read it by; taken by every command that reads one.
#[derive(Debug, Args)]
pub(crate) struct Schema {
    /// The schema's root file; `-` reads it from standard input.
    #[arg(value_name = "SCHEMA")]
    pub(crate) path: String,
    /// Whose rules hold: extended, qemu-10.2, qemu-10.0, qemu-7.2 or qemu-5.2.
    #[arg(long, default_value = "extended", value_name = "DIALECT")]
    pub(crate) dialect: Dialect,
    /// How strictly documentation is checked: strict (also the style of each line, as QEMU 10.2),
    /// 10.0 (all members documented, sections right), legacy (up to QEMU 7.2: sections only) or
    /// off; by default as the dialect's release does, for extended strict.
    #[arg(long, value_name = "LEVEL")]
    pub(crate) doc_checks: Option<DocChecks>,
    /// Where else to look for included files; may be given several times. A file found there,
    /// unless it is below the schema's own folder, is somebody else's: what a pragma could except
    /// in it is excepted, it needs no documentation, and its pragmas do not count.
    #[arg(long = "include-dir", value_name = "DIR")]
    pub(crate) include_dirs: Vec<PathBuf>,
    /// How diagnostics are printed on stderr; `qemu` is what QEMU's own generator prints.
    #[arg(long, value_enum, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub(crate) message_format: MessageFormat,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum MessageFormat {
    Human,
    Qemu,
    Json,
    Sarif,
    Github,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    #[command(flatten)]
    pub(crate) schema: Schema,
}

#[derive(Debug, Args)]
pub(crate) struct Dump {
    #[command(flatten)]
    pub(crate) schema: Schema,
    /// Which stage.
    #[arg(long, value_enum, value_name = "STAGE")]
    pub(crate) stage: Stage,
    /// How to print it; `qemu` is the form of QEMU's own schema tests, of stage schema only.
    #[arg(long, value_enum, default_value_t = DumpFormat::Text, value_name = "FORMAT")]
    pub(crate) format: DumpFormat,
}

/// A stage of the pipeline, and what it makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Stage {
    /// The tokens of every file.
    Tokens,
    /// What every file says, before anyone asks what it means.
    Ast,
    /// The definitions, short forms written out, names not yet resolved.
    Definitions,
    /// The checked schema.
    Schema,
    /// What everything is called in Rust.
    RustNames,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum DumpFormat {
    Text,
    Qemu,
}

#[derive(Debug, Args)]
pub(crate) struct Explain {
    /// The code that stands in brackets behind `error`; without it, all codes are listed.
    #[arg(value_name = "CODE")]
    pub(crate) code: Option<String>,
}

#[derive(Debug, Args)]
pub(crate) struct Generate {
    #[command(flatten)]
    pub(crate) schema: Schema,
    /// The file to write; `-` for standard output. Untouched where nothing changed.
    #[arg(short, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Write nothing; exit 1 and print a diff where FILE is stale.
    #[arg(long)]
    pub(crate) check: bool,
    /// Which side to generate.
    #[arg(long, value_enum, default_value_t = Role::Both)]
    pub(crate) role: Role,
    /// Only these commands and events, and the types they need; may be given several times.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) only: Vec<String>,
    /// How much of the schema's documentation becomes rustdoc.
    #[arg(long, value_enum, default_value_t = Docs::Full)]
    pub(crate) docs: Docs,
    /// Evaluate conditions with NAME defined; may be given several times. With any --define or
    /// --undefine, names that are given by neither are kept.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) define: Vec<String>,
    /// Evaluate conditions with NAME not defined; may be given several times.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) undefine: Vec<String>,
    /// What becomes of conditions that neither --define nor --undefine decides.
    #[arg(long, value_enum, default_value_t = Conditions::Documented)]
    pub(crate) conditions: Conditions,
    /// Implement serde's Serialize and Deserialize for all types; needs qapi-runtime's feature
    /// `serde`.
    #[arg(long)]
    pub(crate) serde: bool,
    /// Give members that may be absent setters: `with_bus("pci.0")`.
    #[arg(long)]
    pub(crate) setters: bool,
    /// Handlers return futures.
    #[arg(long)]
    pub(crate) async_server: bool,
    /// Whose handshake the session answers by itself: its commands are no methods.
    #[arg(long, value_enum, default_value_t = Protocol::Auto)]
    pub(crate) protocol: Protocol,
    /// Also speak an older version of the schema: a member is mandatory only where both have it, and
    /// what either has is there. May be given several times; `LABEL=PATH` says what documentation
    /// calls it.
    #[arg(long, value_name = "OLDER-SCHEMA")]
    pub(crate) also_speaks: Vec<String>,
    /// Print one JSON line with counts and milliseconds a stage on standard output.
    #[arg(long)]
    pub(crate) print_stats: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Role {
    Client,
    Server,
    Both,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Conditions {
    /// They are documented.
    Documented,
    /// They are cargo features: CONFIG_LINUX is config-linux.
    Features,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Docs {
    Off,
    Brief,
    Full,
}

#[derive(Debug, Args)]
pub(crate) struct Introspect {
    #[command(flatten)]
    pub(crate) schema: Schema,
    /// Call types by their names in the schema, not by numbers.
    #[arg(long)]
    pub(crate) unmask: bool,
    /// Leave out what depends on NAME not being defined; may be given several times.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) define: Vec<String>,
    /// Leave out what depends on NAME being defined; may be given several times.
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub(crate) undefine: Vec<String>,
    /// Take every condition to hold, the default.
    #[arg(long, conflicts_with_all = ["define", "undefine"])]
    pub(crate) all_conditions: bool,
}

/// A server and how long to wait for it.
#[derive(Debug, Args)]
pub(crate) struct Server {
    /// unix:PATH, tcp:HOST:PORT, chardev:PATH or exec:COMMAND.
    #[arg(value_name = "ADDR")]
    pub(crate) address: String,
    /// What the server speaks, where that is not plain from its first bytes.
    #[arg(long, value_enum, default_value_t = Protocol::Auto)]
    pub(crate) protocol: Protocol,
    /// Seconds to wait for each answer.
    #[arg(long, default_value_t = 10.0, value_name = "SECONDS", value_parser = seconds)]
    pub(crate) timeout: f64,
    /// A capability to enable where the server offers it; may be given several times.
    #[arg(long = "enable", value_name = "CAP", value_delimiter = ',')]
    pub(crate) capabilities: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Protocol {
    Auto,
    Guest,
    Monitor,
}

#[derive(Debug, Args)]
pub(crate) struct Info {
    #[command(flatten)]
    pub(crate) server: Server,
}

#[derive(Debug, Args)]
pub(crate) struct Call {
    #[command(flatten)]
    pub(crate) server: Server,
    /// The command's name.
    pub(crate) command: String,
    /// Its arguments: one JSON object, or key=value pairs; a dotted key nests, a value that is
    /// JSON is taken as such, any other as a string.
    #[arg(value_name = "JSON|KEY=VALUE")]
    pub(crate) arguments: Vec<String>,
    /// Run it out of band; enables the capability `oob`.
    #[arg(long)]
    pub(crate) oob: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(seconds) if seconds > 0.0 && seconds <= 86_400.0 => Ok(seconds),
        _ => Err("expected a number of seconds above 0, at most 86400".to_owned()),
    }
}
