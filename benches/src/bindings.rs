//! Packages of bindings: ours, and the published peer's.

use std::path::Path;
use std::process::Command;

use crate::Setting;
use crate::package::Package;

/// Our bindings of a release's main schema, client and server, or of a few commands of it.
pub fn ours(setting: &Setting, tree: &Path, name: &str, only: &[&str]) -> Result<Package, String> {
    let runtime = setting.workspace.join("qapi-runtime");
    let runtime = runtime.canonicalize().map_err(|error| error.to_string())?;
    let dependencies = format!("qapi-runtime = {{ path = {runtime:?} }}\n");
    let package = Package::new(name, &dependencies)?;
    let mut qapi = Command::new(setting.qapi()?);
    qapi.args(["generate", "--dialect", "qemu-10.2", "-o"]).arg(package.folder.join("src/qapi.rs"));
    qapi.arg(tree.join("qapi/qapi-schema.json"));
    if !only.is_empty() {
        qapi.args(["--only", &only.join(",")]);
    }
    match qapi.status() {
        Ok(status) if status.success() => {}
        _ => return Err("qapi generate failed".to_owned()),
    }
    package.write("src/lib.rs", "pub mod qapi;\n")?;
    Ok(package)
}
