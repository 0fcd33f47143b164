//! The QEMU that is installed, asked over its monitor.

use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

const PROGRAM: &str = "qemu-system-x86_64";

const COMMANDS: &str = "{\"execute\":\"qmp_capabilities\"}
{\"execute\":\"query-qmp-schema\"}
{\"execute\":\"quit\"}
";

/// Its reply to query-qmp-schema, byte for byte; nothing where none is installed.
pub fn schema_reply() -> Result<Option<String>, String> {
    let failed = |why: std::io::Error| format!("{PROGRAM}: {why}");
    let mut qemu = Command::new(PROGRAM);
    qemu.args(["-M", "none", "-display", "none", "-qmp", "stdio"]);
    let mut child = match qemu.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        spawned => spawned.map_err(failed)?,
    };
    // Kept open until it has quit: a monitor whose client is gone may forget what it was asked.
    let mut stdin = child.stdin.take();
    if let Some(stdin) = &mut stdin {
        stdin.write_all(COMMANDS.as_bytes()).map_err(failed)?;
    }
    let output = child.wait_with_output().map_err(failed)?;
    drop(stdin);
    let said = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    let reply = said.split_inclusive('\n').find(|line| line.starts_with("{\"return\": [{"));
    let reply = reply.ok_or_else(|| format!("{PROGRAM} does not tell its schema: {said}"))?;
    Ok(Some(reply.to_owned()))
}
