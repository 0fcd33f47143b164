//! Benchmarks, side by side in one run with the peers. CONTRIBUTING.md tells how to run them.
//!
//! Everything is measured as whole processes, in turns (A B A B …), and reported as medians; the
//! table goes to standard output and, with `--json FILE`, into a file.

mod bindings;
mod compile;
mod enlarge;
mod every_type;
mod front_end;
mod generate;
mod generators;
mod installed;
mod measure;
mod messages;
mod package;
mod rebuild;
mod report;
mod shared_types;
mod wire;

use std::path::PathBuf;
use std::process::ExitCode;

use report::Report;

/// What to compare with, and where.
struct Setting {
    /// A folder of QEMU source trees (tests/reference/fetch.sh).
    reference: PathBuf,
    /// The project's root.
    workspace: PathBuf,
    /// How often each command is run.
    runs: usize,
}

type Suite = fn(&Setting, &mut Report) -> Result<(), String>;

impl Setting {
    /// The release build of our command.
    fn qapi(&self) -> Result<PathBuf, String> {
        let mut cargo = std::process::Command::new("cargo");
        cargo.current_dir(&self.workspace);
        cargo.args(["build", "--release", "--quiet", "-p", "qapi-cli"]);
        match cargo.status() {
            Ok(status) if status.success() => Ok(self.workspace.join("target/release/qapi")),
            _ => Err("qapi does not build".to_owned()),
        }
    }

    /// QEMU's source tree of a release.
    fn tree(&self, prefix: &str) -> Result<PathBuf, String> {
        let entries = std::fs::read_dir(&self.reference)
            .map_err(|error| format!("{}: {error}", self.reference.display()))?;
        let mut paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
        let is_tree = |path: &PathBuf| {
            path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(prefix))
                && path.join("scripts/qapi").is_dir()
        };
        let found = paths.find(is_tree);
        found.ok_or_else(|| format!("no {prefix}* in {}", self.reference.display()))
    }
}

const USAGE: &str = "usage: qapi-benches SUITE… --reference FOLDER [--runs N] [--json FILE]
suites: front-end, generate, wire, compile
FOLDER holds QEMU's source trees: tests/reference/fetch.sh FOLDER 10.2";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1).peekable();
    // For this program's own use, see `enlarge`.
    let done = match arguments.next_if(|first| first == "enlarge") {
        Some(_) => enlarge::run(&arguments.collect::<Vec<_>>()),
        None => run(arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(2)
        }
    }
}

fn run(mut arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let mut suites: Vec<Suite> = Vec::new();
    let (mut reference, mut json, mut runs) = (None, None, 11);
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or(USAGE);
        match argument.as_str() {
            "--reference" => reference = Some(PathBuf::from(value()?)),
            "--json" => json = Some(PathBuf::from(value()?)),
            "--runs" => match value()?.parse() {
                Ok(count) if count > 0 => runs = count,
                _ => return Err("--runs takes a number from 1".to_owned()),
            },
            "front-end" => suites.push(front_end::run as Suite),
            "generate" => suites.push(generate::run as Suite),
            "wire" => suites.push(wire::run as Suite),
            "compile" => suites.push(compile::run as Suite),
            _ => return Err(USAGE.to_owned()),
        }
    }
    let workspace = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..");
    let setting = Setting { reference: reference.ok_or(USAGE)?, workspace, runs };
    let mut report = Report::default();
    if suites.is_empty() {
        return Err(USAGE.to_owned());
    }
    for suite in suites {
        suite(&setting, &mut report)?;
    }
    print!("{}", report.markdown());
    match json {
        Some(path) => std::fs::write(&path, report.json())
            .map_err(|error| format!("{}: {error}", path.display())),
        None => Ok(()),
    }
}
