//! The generators that are compared, as commands: ours, the published peer's, QEMU's own.

use std::path::Path;
use std::process::Command;

use crate::Setting;
use crate::package::Package;

/// Ours: a schema of QEMU 10.2 → a file of formatted Rust, client and server.
pub fn ours(setting: &Setting, schema: &Path, out: &Path) -> Result<Command, String> {
    let mut qapi = Command::new(setting.qapi()?);
    qapi.args(["generate", "--dialect", "qemu-10.2", "-o"]).arg(out).arg(schema);
    Ok(qapi)
}

/// The peer's generator, as a program: its build script's one function.
const PEER: &str = "fn main() {
    let [schema, out] = [1, 2].map(|index| std::env::args().nth(index).expect(\"two paths\"));
    qapi_codegen::codegen(schema, out, \"QmpCommand\".to_owned()).expect(\"generates\");
}
";

/// The peer's: a tree's main schema → a file of Rust, client alone, that nobody has formatted.
pub fn peer(tree: &Path, out: &Path) -> Result<Command, String> {
    let package = Package::new("peer-generator", "qapi-codegen = \"0.11\"\n")?;
    package.write("src/main.rs", PEER)?;
    package.run_cargo(&["build", "--release"])?;
    let mut generator = Command::new(package.program());
    generator.arg(tree.join("qapi")).arg(out);
    Ok(generator)
}

/// QEMU's own: a tree's main schema → a folder of C.
pub fn qemu(tree: &Path, out: &Path) -> Command {
    let mut generator = Command::new("python3");
    // Without `-B` it writes what it has compiled into the tree, which is not ours.
    generator.arg("-B").arg(tree.join("scripts/qapi-gen.py")).arg("-o").arg(out);
    generator.arg(tree.join("qapi/qapi-schema.json"));
    generator
}
