//! Packages of bindings → what it costs to compile them once more, against the peer's.

use std::process::Command;

use crate::measure::{Cost, in_turns};
use crate::package::Package;
use crate::report::Table;

const COLUMNS: [&str; 4] =
    ["CPU seconds", "CPU, of the peer's", "peak memory, MB", "memory, of the peer's"];

/// A table with a row for each package; the peer's is the last.
pub fn table(
    title: impl Into<String>,
    packages: &[(&str, Package)],
    cargo: &[&str],
    runs: usize,
) -> Result<Table, String> {
    let mut commands: Vec<Command> =
        packages.iter().map(|(_, package)| again(package, cargo)).collect();
    let costs = in_turns(&mut commands, runs)?;
    let peer = costs.last().copied().unwrap_or_default();
    let mut table = Table::new(title, &COLUMNS);
    for ((name, _), cost) in packages.iter().zip(&costs) {
        let Cost { cpu, memory } = *cost;
        table.row(*name, &[cpu, cpu / peer.cpu, memory / 1e6, memory / peer.memory]);
    }
    Ok(table)
}

/// Compiles all of the package, but not what it depends on: the round that does not count has
/// built that.
fn again(package: &Package, cargo: &[&str]) -> Command {
    let mut command = Command::new("sh");
    let touch = "touch -c src/lib.rs src/main.rs";
    let script = format!("{touch} && exec cargo {} --quiet", cargo.join(" "));
    command.current_dir(&package.folder).args(["-c", &script]);
    command.env("CARGO_TARGET_DIR", package.folder.join("target"));
    // A file that is touched and has not changed costs an incremental compiler next to nothing. And
    // what comes from a registry, as the published bindings do, is never compiled incrementally.
    command.env("CARGO_INCREMENTAL", "0");
    // The lines of the code are for callgrind; a release build of the user's has none.
    command.env("CARGO_PROFILE_RELEASE_DEBUG", "false");
    command
}
