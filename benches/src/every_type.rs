//! What a program costs that needs all of the bindings: it can read and write every type that both
//! ours and the peer's have. Code that is generic is compiled with the program, all other with the
//! library, so they are measured together.

use std::path::Path;

use crate::Setting;
use crate::bindings;
use crate::package::Package;
use crate::rebuild;
use crate::report::{Report, Table};
use crate::shared_types::{self, SharedType};

/// The tables: what the build takes, and how big its results are.
pub fn run(setting: &Setting, tree: &Path, report: &mut Report) -> Result<(), String> {
    let ours = bindings::ours(setting, tree, "ours-all", &[])?;
    let peer = bindings::peer(tree, "peer-all")?;
    let types = shared_types::find(&ours.read("src/qapi.rs")?, &peer.read("src/qmp.rs")?);
    ours.write("src/main.rs", &our_program(&types))?;
    peer.write("src/main.rs", &peer_program(&types))?;
    let packages = [("ours, client and server", ours), ("the peer's", peer)];
    let what = "Release build of a program that reads and writes every type that both have";
    let title = format!("{what}, {} types", types.len());
    // One run: it takes minutes, and what differs from run to run is small against that.
    report.add(rebuild::table(title, &packages, &["build", "--release"], 1)?);
    report.add(sizes(&packages)?);
    Ok(())
}

fn our_program(types: &[SharedType]) -> String {
    let paths = types.iter().map(|ty| format!("ours_all::qapi::{}", ty.ours));
    include_str!("../programs/every_type_ours.rs").to_owned() + &list(paths)
}

fn peer_program(types: &[SharedType]) -> String {
    let paths = types.iter().map(|ty| format!("peer_all::{}", ty.peer));
    include_str!("../programs/every_type_peer.rs").to_owned() + &list(paths)
}

/// The list from which a program takes a type by its number, so that none can be left out.
fn list(paths: impl Iterator<Item = String>) -> String {
    let entries: String = paths.map(|path| format!("    read_write::<{path}>,\n")).collect();
    format!("\nstatic TYPES: &[fn(&[u8]) -> Vec<u8>] = &[\n{entries}];\n")
}

fn sizes(packages: &[(&str, Package)]) -> Result<Table, String> {
    let mut table = Table::new("Size of what it builds, MB", &["program", "library (rlib)"]);
    for (name, package) in packages {
        table.row(*name, &[size(&package.program())? / 1e6, size(&package.library())? / 1e6]);
    }
    Ok(table)
}

/// In bytes.
fn size(path: &Path) -> Result<f64, String> {
    let found = std::fs::metadata(path).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(found.len() as f64)
}
