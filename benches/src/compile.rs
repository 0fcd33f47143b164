//! What bindings cost whoever compiles them: ours and the published peer's (qapi-codegen with
//! qapi-spec), of the same schema, client and server against client alone.

use std::process::Command;

use crate::Setting;
use crate::bindings;
use crate::measure::{Cost, in_turns};
use crate::package::Package;
use crate::report::{Report, Table};

/// A program that needs little: ten commands and what they take.
const TEN: [&str; 10] = [
    "query-status",
    "query-version",
    "query-block",
    "query-cpus-fast",
    "stop",
    "cont",
    "quit",
    "device_add",
    "device_del",
    "system_powerdown",
];

/// The tables.
pub fn run(setting: &Setting, report: &mut Report) -> Result<(), String> {
    let tree = setting.tree("qemu-10.2.")?;
    let packages = [
        bindings::ours(setting, &tree, "ours", &[])?,
        bindings::ours(setting, &tree, "ours-ten", &TEN)?,
        bindings::peer(&tree)?,
    ];
    let columns = ["CPU seconds", "of the peer's", "peak memory, MB", "of the peer's"];
    for (title, arguments) in [
        ("cargo check of QEMU 10.2's main bindings", &["check", "--lib"][..]),
        ("Debug build of them", &["build", "--lib"][..]),
    ] {
        for package in &packages {
            package.run_cargo(arguments)?;
        }
        let mut commands: Vec<Command> =
            packages.iter().map(|package| again(package, arguments)).collect();
        // A compiler takes seconds, not milliseconds.
        let costs = in_turns(&mut commands, setting.runs.div_ceil(3))?;
        let peer = costs.last().copied().unwrap_or_default();
        let mut table = Table::new(title, &columns);
        let names = ["ours, client and server", "ours, ten commands", "the peer's"];
        for (name, cost) in names.iter().zip(&costs) {
            let Cost { cpu, memory } = *cost;
            table.row(*name, &[cpu, cpu / peer.cpu, memory / 1e6, memory / peer.memory]);
        }
        report.add(table);
    }
    Ok(())
}

/// The same once more for the package alone: what it depends on is built already.
fn again(package: &Package, arguments: &[&str]) -> Command {
    let mut command = Command::new("sh");
    let script = format!("touch src/lib.rs && exec cargo {} --quiet", arguments.join(" "));
    command.current_dir(&package.folder).args(["-c", &script]);
    command.env("CARGO_TARGET_DIR", package.folder.join("target"));
    command
}
