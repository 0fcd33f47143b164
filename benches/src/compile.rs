//! What bindings cost whoever compiles them: ours and the published peer's (qapi-codegen with
//! qapi-spec), of the same schema, client and server against client alone.

use crate::Setting;
use crate::bindings;
use crate::every_type;
use crate::rebuild;
use crate::report::Report;

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
        ("ours, client and server", bindings::ours(setting, &tree, "ours", &[])?),
        ("ours, ten commands", bindings::ours(setting, &tree, "ours-ten", &TEN)?),
        ("the peer's", bindings::peer(&tree, "peer")?),
    ];
    // A compiler takes seconds, not milliseconds.
    let runs = setting.runs.div_ceil(3);
    for (title, cargo) in [
        ("cargo check of QEMU 10.2's main bindings", &["check", "--lib"]),
        ("Debug build of them", &["build", "--lib"]),
    ] {
        report.add(rebuild::table(title, &packages, cargo, runs)?);
    }
    every_type::run(setting, &tree, report)
}
