//! Writing code: `qapi generate` against the published peer's generator and QEMU's own.

use crate::Setting;
use crate::generators;
use crate::measure::in_turns;
use crate::report::{Report, Table};

/// The table.
pub fn run(setting: &Setting, report: &mut Report) -> Result<(), String> {
    let tree = setting.tree("qemu-10.2.")?;
    let schema = tree.join("qapi/qapi-schema.json");
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut commands = [
        generators::ours(setting, &schema, &out.path().join("ours.rs"))?,
        generators::peer(&tree, &out.path().join("peer.rs"))?,
        generators::qemu(&tree, &out.path().join("c")),
    ];
    let names = ["qapi generate: formatted Rust", "the peer's: Rust as it comes", "qapi-gen.py: C"];
    let costs = in_turns(&mut commands, setting.runs)?;
    let qemu = costs.last().copied().unwrap_or_default();
    let columns = ["CPU seconds", "of qapi-gen.py's", "peak memory, MB"];
    let mut table = Table::new("Generate code for QEMU 10.2's main schema", &columns);
    for (name, cost) in names.iter().zip(&costs) {
        table.row(*name, &[cost.cpu, cost.cpu / qemu.cpu, cost.memory / 1e6]);
    }
    report.add(table);
    Ok(())
}
