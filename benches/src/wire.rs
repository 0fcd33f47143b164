//! Reading replies and writing commands: our bindings against structs written by hand with serde's
//! derive, in instructions, which do not depend on what else the machine does.

use std::path::Path;
use std::process::Command;

use crate::Setting;
use crate::bindings;
use crate::messages::{self, Message};
use crate::package::Package;
use crate::report::{Report, Table};

/// What is read or written; the programs know the cases by these names.
const CASES: [&str; 6] = [
    "decode-schema",
    "decode-block",
    "decode-info",
    "encode-device",
    "encode-blockdev",
    "encode-exec",
];

/// The table.
pub fn run(setting: &Setting, report: &mut Report) -> Result<(), String> {
    let ours = our_program(setting)?;
    let floor = floor_program()?;
    let columns = ["kB", "instructions, ours", "by hand with serde", "ratio"];
    let mut table = Table::new("Instructions a message", &columns);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for case in CASES {
        let Message { title, text } = message(case, setting)?;
        let path = folder.path().join(case);
        std::fs::write(&path, &text).map_err(|error| error.to_string())?;
        let cost = |package: &Package| instructions(&package.program(), case, &path);
        let (ours, floor) = (cost(&ours)?, cost(&floor)?);
        table.row(title, &[text.len() as f64 / 1e3, ours, floor, ours / floor]);
    }
    report.add(table);
    Ok(())
}

fn our_program(setting: &Setting) -> Result<Package, String> {
    let tree = setting.tree("qemu-10.2.")?;
    let package = bindings::ours(setting, &tree, "ours", &[])?;
    bindings::add_agent(setting, &tree, &package)?;
    package.write("src/main.rs", include_str!("../programs/ours.rs"))?;
    package.run_cargo(&["build", "--release"])?;
    Ok(package)
}

fn floor_program() -> Result<Package, String> {
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
    let package = Package::new("floor", serde)?;
    package.write("src/main.rs", include_str!("../programs/floor.rs"))?;
    package.run_cargo(&["build", "--release"])?;
    Ok(package)
}

/// The message that is read; what is written, the programs have in them.
fn message(case: &str, setting: &Setting) -> Result<Message, String> {
    let written = |title| Ok(Message { title, text: String::new() });
    match case {
        "decode-schema" => messages::schema(setting),
        "decode-block" => messages::block(),
        "decode-info" => messages::info(setting),
        "encode-device" => written("write device_add"),
        "encode-blockdev" => written("write blockdev-add"),
        "encode-exec" => written("write guest-exec"),
        _ => Err(format!("no case {case}")),
    }
}

/// Instructions for one message: what ten more of them cost, by ten.
fn instructions(program: &Path, case: &str, path: &Path) -> Result<f64, String> {
    let (few, many) = if case.starts_with("decode") { (1, 11) } else { (100, 1_100) };
    let counted = |times: usize| callgrind(program, case, times, path);
    Ok((counted(many)? - counted(few)?) / (many - few) as f64)
}

fn callgrind(program: &Path, case: &str, times: usize, path: &Path) -> Result<f64, String> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args(["--tool=callgrind", "--callgrind-out-file=/dev/null"]);
    valgrind.arg(program).arg(case).arg(times.to_string()).arg(path);
    let output = valgrind.output().map_err(|error| format!("valgrind: {error}"))?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let count = said.lines().find_map(|line| line.split("Collected :").nth(1));
    let count = count.and_then(|count| count.trim().parse().ok());
    count.ok_or_else(|| format!("valgrind counted nothing: {said}"))
}
