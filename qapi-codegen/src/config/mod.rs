//! The build.rs door: a schema's path and a few wishes → a file of Rust in `OUT_DIR`.
//!
//! ```no_run
//! // build.rs; then, in the crate: `qapi_runtime::include_schema!("agent");`
//! qapi_codegen::Config::new("../../schema/agent.json").generate();
//! ```
//!
//! [`Config::generate`] is for build scripts: it speaks cargo's language and ends the process when
//! the schema is wrong. [`Config::try_generate`] does the same work and says nothing.

mod run;

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use crate::diagnostic::{Diagnostic, Severity};
use crate::dialect::{Dialect, DocChecks};
use crate::render;
use crate::rust::{self, Conditions, Docs, Protocol, Role, Serde, Server, Setters};
use crate::schema::select;
use crate::source::SourceMap;

/// What to generate, from what, to where.
#[derive(Clone, Debug)]
#[must_use = "nothing is generated before `generate` or `try_generate`"]
pub struct Config {
    schema: PathBuf,
    dialect: Dialect,
    doc_checks: Option<DocChecks>,
    include_dirs: Vec<PathBuf>,
    selection: select::Selection,
    older: Vec<String>,
    shared: Vec<(Config, String)>,
    rust: rust::Options,
    out_dir: Option<PathBuf>,
    file_name: Option<String>,
    message_format: MessageFormat,
}

/// How [`Config::generate`] prints what is wrong with a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum MessageFormat {
    /// For people: the schema's lines with the culprit underlined.
    #[default]
    Human,
    /// As QEMU's generator: its first error and nothing else.
    Qemu,
    /// One JSON object a line.
    Json,
}

/// What was generated.
#[derive(Debug)]
pub struct Generated {
    /// The file.
    pub path: PathBuf,
    /// Whether it had to be written: it was not there, or had another text.
    pub is_written: bool,
    /// Every file that the text depends on; includes that are looked for and missing among them.
    pub inputs: Vec<PathBuf>,
    /// The cargo features that decide what is there.
    pub features: BTreeSet<String>,
    /// Warnings about the schema.
    pub diagnostics: Vec<Diagnostic>,
    /// The files that the diagnostics point into.
    pub sources: SourceMap,
}

/// Why nothing was generated. What was generated before is still there.
#[derive(Debug)]
pub struct Failure {
    /// What went wrong.
    pub cause: Cause,
    /// Every file that a mend could be in.
    pub inputs: Vec<PathBuf>,
}

/// What went wrong.
#[derive(Debug)]
pub enum Cause {
    /// The schema cannot be read or is wrong.
    Schema {
        /// What is wrong with it, in the order in which QEMU's generator would meet it.
        diagnostics: Vec<Diagnostic>,
        /// The files that the diagnostics point into.
        sources: SourceMap,
    },
    /// `only`, `field`, `attribute` or `shares` ask for what there is not.
    Unknown {
        /// The names, each with what is wrong with it where that is not plain.
        names: Vec<String>,
    },
    /// There is no folder to write to: `OUT_DIR` is set for build scripts only.
    NoOutDir,
    /// The file cannot be written.
    Output {
        /// The file.
        path: PathBuf,
        /// Why not.
        error: io::Error,
    },
}

impl Config {
    /// Everything as usual, for the schema whose root file is at `schema`. In a build script a
    /// relative path is relative to the package.
    pub fn new(schema: impl AsRef<Path>) -> Self {
        Config {
            schema: schema.as_ref().to_owned(),
            dialect: Dialect::default(),
            doc_checks: None,
            include_dirs: Vec::new(),
            selection: select::Selection::default(),
            older: Vec::new(),
            shared: Vec::new(),
            rust: rust::Options::default(),
            out_dir: None,
            file_name: None,
            message_format: MessageFormat::default(),
        }
    }

    /// The folder to write to; by default the one that cargo names in `OUT_DIR`.
    pub fn out_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.out_dir = Some(folder.as_ref().to_owned());
        self
    }

    /// The file's name; by default the schema's, with `rs` for `json`. `include_schema!` takes it
    /// without the `.rs`.
    pub fn file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// For which side; by default both.
    pub fn role(mut self, role: Role) -> Self {
        self.rust.role = role;
        self
    }

    /// How much of the schema's documentation becomes rustdoc; by default all.
    pub fn docs(mut self, docs: Docs) -> Self {
        self.rust.docs = docs;
        self
    }

    /// Decides an `if`: what needs `condition` is there. What no `define` or `undefine` decides is
    /// kept, and documented with its condition.
    pub fn define(mut self, condition: impl Into<String>) -> Self {
        let condition = condition.into();
        self.selection.conditions.undefined.remove(&condition);
        self.selection.conditions.defined.insert(condition);
        self
    }

    /// Decides an `if`: what needs `condition` is not there.
    pub fn undefine(mut self, condition: impl Into<String>) -> Self {
        let condition = condition.into();
        self.selection.conditions.defined.remove(&condition);
        self.selection.conditions.undefined.insert(condition);
        self
    }

    /// Whether types also implement serde's `Serialize` and `Deserialize`; the crate that generated
    /// code is in then needs `qapi-runtime` with its feature `serde`.
    pub fn serde(mut self, serde: Serde) -> Self {
        self.rust.serde = serde;
        self
    }

    /// Whether members that may be absent have setters; by default they have none.
    ///
    /// ```
    /// # use qapi_codegen::{Config, rust::Setters};
    /// // DeviceAdd::new("virtio-net-pci").with_bus("pci.1").with_id("net0")
    /// let _ = Config::new("qapi-schema.json").setters(Setters::With);
    /// ```
    pub fn setters(mut self, setters: Setters) -> Self {
        self.rust.setters = setters;
        self
    }

    /// How handlers are written; by default as functions that block.
    pub fn server(mut self, server: Server) -> Self {
        self.rust.server = server;
        self
    }

    /// Whose handshake the session answers by itself; by default either's.
    pub fn protocol(mut self, protocol: Protocol) -> Self {
        self.rust.protocol = protocol;
        self
    }

    /// The member at a path, to have it otherwise: of a struct, `GuestExecStatus.out-data`, or an
    /// argument, `guest-exec.input-data`. A member that is inherited has the path of its base, and an
    /// argument that of the type where a command takes one by name.
    ///
    /// ```
    /// # use qapi_codegen::Config;
    /// let _ = Config::new("agent.json")
    ///     .field("guest-exec.input-data").as_bytes()
    ///     .field("GuestFileRead.count").as_type("crate::Count");
    /// ```
    pub fn field(self, path: impl Into<String>) -> FieldOverride {
        FieldOverride { config: self, path: path.into() }
    }

    /// Another attribute for the definition, member or value at a path: `#[derive(Ord, PartialOrd)]`.
    pub fn attribute(mut self, path: impl Into<String>, attribute: impl Into<String>) -> Self {
        self.rust.overrides.attribute(path, attribute);
        self
    }

    /// Only these commands and events, and the types that they need. Adds to what was named before.
    ///
    /// ```
    /// # use qapi_codegen::Config;
    /// let _ = Config::new("qapi-schema.json").only(["query-status", "device_add", "DEVICE_DELETED"]);
    /// ```
    pub fn only<N: Into<String>>(mut self, names: impl IntoIterator<Item = N>) -> Self {
        self.selection.only.extend(names.into_iter().map(Into::into));
        self
    }

    /// Also speaks an older version of the schema, whose root file is at `older`. A client of both
    /// takes a member for mandatory only where both have it, and knows what either has. Dialect is
    /// whichever reads it; `LABEL=PATH` says what documentation calls it.
    ///
    /// ```
    /// # use qapi_codegen::Config;
    /// let _ = Config::new("qapi/10.2/qapi-schema.json").also_speaks("qapi/7.2/qapi-schema.json");
    /// ```
    pub fn also_speaks(mut self, older: impl Into<String>) -> Self {
        self.older.push(older.into());
        self
    }

    /// Imports the types that other bindings in the same program have already, instead of having
    /// them a second time: those that are alike, down to the last type that they refer to. `other` is
    /// what generates these bindings, and `path` the module that they are in.
    ///
    /// Both must have serde's traits or setters, and conditions as features, or neither. A type that
    /// `field` or `attribute` changes is shared where both change it alike. Several others may be
    /// named; a type is imported from the first that has it.
    ///
    /// ```
    /// # use qapi_codegen::Config;
    /// let monitor = Config::new("qapi/qapi-schema.json");
    /// let _ = Config::new("storage-daemon/qapi/qapi-schema.json")
    ///     .file_name("storage_daemon.rs")
    ///     .shares(&monitor, "crate::monitor");
    /// ```
    pub fn shares(mut self, other: &Config, path: impl Into<String>) -> Self {
        self.shared.push((other.clone(), path.into()));
        self
    }

    /// What becomes of conditions that neither `define` nor `undefine` decides; by default they are
    /// documented. As cargo features, they decide when the crate that generated code is in is
    /// compiled; [`Config::generate`] tells cargo of all of them, so that one that the manifest does
    /// not have is no warning.
    pub fn conditions(mut self, conditions: Conditions) -> Self {
        self.rust.conditions = conditions;
        self
    }

    /// Which release's language the schema is written in; by default this project's own.
    pub fn dialect(mut self, dialect: Dialect) -> Self {
        self.dialect = dialect;
        self
    }

    /// How strictly documentation is checked; by default as the dialect's release does.
    pub fn doc_checks(mut self, doc_checks: DocChecks) -> Self {
        self.doc_checks = Some(doc_checks);
        self
    }

    /// Another folder to look for included files in, besides that of the file that names them. What is
    /// found there is taken for somebody else's: see
    /// [`Options::include_dirs`](crate::Options::include_dirs).
    pub fn include_dir(mut self, folder: impl AsRef<Path>) -> Self {
        self.include_dirs.push(folder.as_ref().to_owned());
        self
    }

    /// How [`Config::generate`] prints what is wrong with the schema.
    pub fn message_format(mut self, format: MessageFormat) -> Self {
        self.message_format = format;
        self
    }

    /// Generates, for a build script. Tells cargo which files to watch. Where the schema is wrong
    /// it says so on stderr and to cargo, leaves the file as it was, and ends the process.
    #[allow(clippy::print_stdout, clippy::print_stderr, reason = "the door of build scripts")]
    pub fn generate(&self) {
        let result = self.try_generate();
        let inputs = match &result {
            Ok(generated) => &generated.inputs,
            Err(failure) => &failure.inputs,
        };
        for input in inputs {
            println!("cargo::rerun-if-changed={}", input.display());
        }
        match result {
            Ok(generated) => {
                for feature in &generated.features {
                    println!("cargo::rustc-check-cfg=cfg(feature, values({feature:?}))");
                }
                for warning in &generated.diagnostics {
                    println!("cargo::warning={}", one_line(warning, &generated.sources));
                }
            }
            Err(failure) => {
                eprint!("{}", self.rendered(&failure.cause));
                for error in failure.cause.lines() {
                    println!("cargo::error={error}");
                }
                std::process::exit(1);
            }
        }
    }

    fn rendered(&self, cause: &Cause) -> String {
        match (cause, self.message_format) {
            (Cause::Schema { diagnostics, sources }, MessageFormat::Human) => {
                render::human(diagnostics, sources, render::Color::Never)
            }
            (Cause::Schema { diagnostics, sources }, MessageFormat::Qemu) => {
                render::qemu(diagnostics, sources)
            }
            (Cause::Schema { diagnostics, sources }, MessageFormat::Json) => {
                render::json(diagnostics, sources)
            }
            (Cause::Unknown { .. } | Cause::NoOutDir | Cause::Output { .. }, _) => {
                format!("{cause}\n")
            }
        }
    }
}

/// A member that is to be otherwise; made by [`Config::field`].
#[derive(Clone, Debug)]
#[must_use = "it changes nothing before it says how"]
pub struct FieldOverride {
    config: Config,
    path: String,
}

impl FieldOverride {
    /// As bytes: base64 on the wire, `qapi_runtime::Base64` in Rust. The crate that generated code is
    /// in needs `qapi-runtime` with its feature `base64`.
    pub fn as_bytes(self) -> Config {
        self.as_type(rust::BYTES)
    }

    /// As a type that implements `qapi_runtime::Wire`, `Clone`, `Debug` and `PartialEq`. It stands in
    /// generated code as it is written here. What has it inside shows it by its own `Debug`.
    pub fn as_type(mut self, ty: impl Into<String>) -> Config {
        self.config.rust.overrides.ty(self.path, ty);
        self.config
    }
}

/// So many errors are told to cargo: where there are more, the first ones say why.
const MANY: usize = 20;

impl Cause {
    /// One line for each thing that went wrong.
    fn lines(&self) -> Vec<String> {
        match self {
            Cause::Schema { diagnostics, sources } => {
                let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
                let mut lines: Vec<String> = errors.map(|error| one_line(error, sources)).collect();
                let more = lines.len().saturating_sub(MANY);
                lines.truncate(MANY);
                lines.extend((more > 0).then(|| format!("and {more} more")));
                lines
            }
            Cause::Unknown { .. } | Cause::NoOutDir | Cause::Output { .. } => {
                vec![self.to_string()]
            }
        }
    }
}

/// `FILE:LINE:COLUMN: MESSAGE`
fn one_line(diagnostic: &Diagnostic, sources: &SourceMap) -> String {
    let place = diagnostic.span.map(|span| {
        let at = sources.line_column(span);
        format!("{}:{}:{}: ", sources.file(span.file).name, at.line, at.column)
    });
    place.unwrap_or_default() + &diagnostic.message.replace(['\n', '\r'], " ")
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Cause::Schema { .. } => f.write_str(&self.lines().join("\n")),
            Cause::Unknown { names } => {
                write!(f, "what is asked for does not fit the schema: {}", names.join(", "))
            }
            Cause::NoOutDir => f.write_str(
                "OUT_DIR is not set, as it is in build scripts only; name a folder with `out_dir`",
            ),
            Cause::Output { path, error } => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.cause.fmt(f)
    }
}

impl std::error::Error for Failure {}

#[cfg(test)]
mod tests {
    use super::{Cause, Config, MANY};
    use std::fs;
    use std::path::PathBuf;

    /// A folder of its own for a test, with a schema that includes another file.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str) -> Self {
            let name = format!("qapi-codegen-config-{}-{name}", std::process::id());
            let folder = Folder(std::env::temp_dir().join(name));
            fs::create_dir_all(&folder.0).expect("a temporary folder can be made");
            folder.write("root.json", "{ 'include': 'part.json' }\n{ 'command': 'go' }");
            folder
        }

        fn write(&self, name: &str, text: &str) {
            fs::write(self.0.join(name), text).expect("a temporary file can be written");
        }

        fn config(&self) -> Config {
            Config::new(self.0.join("root.json")).out_dir(self.0.join("out"))
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            // What cannot be removed is left to the system.
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn a_file_is_written_only_when_it_changes() {
        let folder = Folder::new("changes");
        folder.write("part.json", "{ 'command': 'stop', 'if': 'CONFIG_STOP' }");
        let written = |config: Config| config.try_generate().expect("the schema is right");
        let first = written(folder.config());
        assert_eq!(first.path, folder.0.join("out/root.rs"));
        assert!(first.is_written);
        assert!(!written(folder.config()).is_written);
        assert!(written(folder.config().undefine("CONFIG_STOP")).is_written);
        let text = fs::read_to_string(first.path).expect("it was written");
        assert!(text.contains("pub struct Go;") && !text.contains("pub struct Stop;"));
        assert!(!text.contains(&folder.0.display().to_string()));
    }

    #[test]
    fn cargo_is_told_of_so_many_errors_and_how_many_more() {
        let folder = Folder::new("many");
        folder.write("part.json", &"{ 'struct': 'Bad', 'data': 1 }\n".repeat(MANY + 5));
        let failure = folder.config().try_generate().expect_err("nothing in it is right");
        let lines = failure.cause.lines();
        assert_eq!(lines.len(), MANY + 1);
        assert!(lines[0].contains("part.json:1:"), "{}", lines[0]);
        assert_eq!(lines[MANY], "and 5 more");
    }

    #[test]
    fn what_was_generated_stays_when_the_schema_breaks() {
        let folder = Folder::new("breaks");
        folder.write("part.json", "{ 'command': 'stop' }");
        let path = folder.config().try_generate().expect("the schema is right").path;
        let text = fs::read_to_string(&path).expect("it was written");
        fs::remove_file(folder.0.join("part.json")).expect("it is ours");
        let failure = folder.config().try_generate().expect_err("a file is missing");
        assert!(matches!(failure.cause, Cause::Schema { .. }));
        assert!(failure.to_string().contains("part.json"), "{failure}");
        assert!(failure.inputs.iter().any(|input| input.ends_with("part.json")));
        assert_eq!(fs::read_to_string(&path).expect("it is still there"), text);
    }
}
