//! Reading replies and writing commands: our bindings against structs written by hand with serde's
//! derive, in instructions, which do not depend on what else the machine does.

use std::path::Path;
use std::process::Command;

use crate::Setting;
use crate::bindings;
use crate::package::Package;
use crate::report::{Report, Table};

/// What is read or written, and how often.
const CASES: [(&str, &str); 4] = [
    ("decode-schema", "read query-qmp-schema"),
    ("decode-block", "read query-block, 200 devices"),
    ("encode-device", "write device_add"),
    ("encode-blockdev", "write blockdev-add"),
];

/// The table.
pub fn run(setting: &Setting, report: &mut Report) -> Result<(), String> {
    let tree = setting.tree("qemu-10.2.")?;
    let ours = bindings::ours(setting, &tree, "ours", &[])?;
    ours.write("src/main.rs", include_str!("../programs/ours.rs"))?;
    ours.run_cargo(&["build", "--release"])?;
    let serde = "serde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n";
    let floor = Package::new("floor", serde)?;
    floor.write("src/main.rs", include_str!("../programs/floor.rs"))?;
    floor.run_cargo(&["build", "--release"])?;
    let columns = ["kB", "instructions, ours", "by hand with serde", "ratio"];
    let mut table = Table::new("Instructions a message", &columns);
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    for (case, title) in CASES {
        let text = message(case, setting)?;
        let path = folder.path().join(case);
        std::fs::write(&path, &text).map_err(|error| error.to_string())?;
        let cost = |package: &Package| instructions(&package.program(), case, &path);
        let (ours, floor) = (cost(&ours)?, cost(&floor)?);
        table.row(title, &[text.len() as f64 / 1e3, ours, floor, ours / floor]);
    }
    report.add(table);
    Ok(())
}

/// The message that is read, as a server writes it.
fn message(case: &str, setting: &Setting) -> Result<String, String> {
    match case {
        "decode-schema" => {
            let mut qapi = Command::new(setting.qapi()?);
            let schema = setting.tree("qemu-10.2.")?.join("qapi/qapi-schema.json");
            qapi.args(["introspect", "--dialect", "qemu-10.2"]).arg(schema);
            let output = qapi.output().map_err(|error| error.to_string())?;
            let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
            compact(&text)
        }
        "decode-block" => {
            let one = include_str!("../programs/block.json");
            compact(&format!("[{}]", vec![one; 200].join(",")))
        }
        _ => Ok(String::new()),
    }
}

/// As QEMU prints: a space behind each comma and colon.
fn compact(text: &str) -> Result<String, String> {
    let value: serde_json::Value = serde_json::from_str(text).map_err(|error| error.to_string())?;
    let text = value.to_string();
    let mut out = String::with_capacity(text.len() * 5 / 4);
    let (mut in_string, mut escaped) = (false, false);
    for character in text.chars() {
        in_string ^= character == '"' && !escaped;
        escaped = character == '\\' && !escaped;
        out.push(character);
        if !in_string && matches!(character, ',' | ':') {
            out.push(' ');
        }
    }
    Ok(out)
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
