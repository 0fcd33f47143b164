//! Reading and checking: `qapi check` against QEMU's own generator, and how its cost grows.

use std::path::Path;
use std::process::Command;

use crate::Setting;
use crate::generators;
use crate::measure::{in_turns, once};
use crate::report::{Report, Table};

/// Copies of the schema for the table of growth.
const COPIES: [usize; 5] = [1, 10, 20, 50, 100];

/// Both tables.
pub fn run(setting: &Setting, report: &mut Report) -> Result<(), String> {
    let qapi = setting.qapi()?;
    let tree = setting.tree("qemu-10.2.")?;
    report.add(against_qemu(&qapi, &tree, setting.runs)?);
    report.add(growth(&qapi, &tree, setting.runs)?);
    Ok(())
}

fn against_qemu(qapi: &Path, tree: &Path, runs: usize) -> Result<Table, String> {
    let schema = tree.join("qapi/qapi-schema.json");
    let out = tempfile::tempdir().map_err(|error| error.to_string())?;
    let mut ours = Command::new(qapi);
    ours.args(["check", "--dialect", "qemu-10.2"]).arg(&schema);
    let generator = generators::qemu(tree, out.path());
    // What of the generator's cost is reading and checking alone.
    let mut front_end = Command::new("python3");
    let program = "import sys; from qapi.schema import QAPISchema; QAPISchema(sys.argv[1])";
    front_end.env("PYTHONPATH", tree.join("scripts")).args(["-B", "-c", program]).arg(&schema);
    let costs = in_turns(&mut [ours, generator, front_end], runs)?;
    let mut table =
        Table::new("QEMU 10.2, main schema", &["CPU seconds", "times ours", "peak memory, MB"]);
    let names = ["qapi check", "qapi-gen.py", "its front end alone"];
    for (name, cost) in names.iter().zip(&costs) {
        table.row(*name, &[cost.cpu, cost.cpu / costs[0].cpu, cost.memory / 1e6]);
    }
    Ok(table)
}

fn enlarge(schema: &Path, count: usize, into: &Path) -> Result<(), String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = Command::new(this);
    command.arg("enlarge").arg(schema).arg(count.to_string()).arg(into);
    once(&mut command).map(drop)
}

fn growth(qapi: &Path, tree: &Path, runs: usize) -> Result<Table, String> {
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    let columns = ["input, MB", "CPU seconds", "microseconds a kB", "peak memory, MB"];
    let mut table = Table::new("qapi check of renamed copies of it in one file", &columns);
    let mut commands = Vec::new();
    let mut sizes = Vec::new();
    for count in COPIES {
        let path = folder.path().join(format!("{count}.json"));
        enlarge(&tree.join("qapi/qapi-schema.json"), count, &path)?;
        let size = std::fs::metadata(&path).map_err(|error| error.to_string())?.len();
        sizes.push(size as f64);
        let mut command = Command::new(qapi);
        command.args(["check", "--dialect", "qemu-10.2"]).arg(&path);
        commands.push(command);
    }
    let costs = in_turns(&mut commands, runs)?;
    for ((count, size), cost) in COPIES.iter().zip(sizes).zip(costs) {
        let per_kilobyte = cost.cpu * 1e6 / (size / 1e3);
        table.row(count.to_string(), &[size / 1e6, cost.cpu, per_kilobyte, cost.memory / 1e6]);
    }
    Ok(table)
}
