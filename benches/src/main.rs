//! Benchmarks, side by side in one run with the peers. CONTRIBUTING.md tells how to run them.
//!
//! Everything is measured as whole processes, in turns (A B A B …), and reported as medians; the
//! table goes to standard output and, with `--json FILE`, into a file.

mod enlarge;
mod front_end;
mod measure;
mod report;

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

const USAGE: &str = "usage: qapi-benches SUITE… --reference FOLDER [--runs N] [--json FILE]
suites: front-end
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
            "--runs" => runs = value()?.parse().map_err(|error| format!("--runs: {error}"))?,
            "front-end" => suites.push(front_end::run as Suite),
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
