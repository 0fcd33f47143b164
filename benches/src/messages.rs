//! The messages of the cases that read: whole replies, as servers write them.

use std::process::Command;

use serde_json::{Value, json};

use crate::Setting;
use crate::installed;

/// A message, and what a table calls the case.
pub struct Message {
    pub title: &'static str,
    pub text: String,
}

/// query-qmp-schema's reply: a real one where there is a QEMU to give it.
pub fn schema(setting: &Setting) -> Result<Message, String> {
    if let Some(text) = installed::schema_reply()? {
        return Ok(Message { title: "read query-qmp-schema, reply of the installed QEMU", text });
    }
    let document = introspected(setting, "qapi/qapi-schema.json")?;
    let title = "read query-qmp-schema, reply made of qapi introspect's document";
    Ok(Message { title, text: reply(&document) })
}

/// query-block's reply.
pub fn block() -> Result<Message, String> {
    let one = parsed(include_str!("../programs/block.json"))?;
    let text = reply(&json!(vec![one; 200]));
    Ok(Message { title: "read query-block, 200 devices", text })
}

/// The commands that the guest agent does not answer when they succeed.
const SILENT: [&str; 4] =
    ["guest-shutdown", "guest-suspend-disk", "guest-suspend-ram", "guest-suspend-hybrid"];

/// guest-info's reply, with all commands of the schema.
pub fn info(setting: &Setting) -> Result<Message, String> {
    let document = introspected(setting, "qga/qapi-schema.json")?;
    let entries = document.as_array().ok_or("qapi introspect prints no array")?;
    let commands: Vec<Value> = entries
        .iter()
        .filter(|entry| entry["meta-type"] == "command")
        .map(|entry| {
            let name = entry["name"].as_str().unwrap_or_default();
            let responds = !SILENT.contains(&name);
            json!({ "enabled": true, "name": name, "success-response": responds })
        })
        .collect();
    let text = reply(&json!({ "version": "10.2.2", "supported_commands": commands }));
    Ok(Message { title: "read guest-info", text })
}

/// What `qapi introspect` says of a schema in QEMU's tree.
fn introspected(setting: &Setting, schema: &str) -> Result<Value, String> {
    let mut qapi = Command::new(setting.qapi()?);
    let path = setting.tree("qemu-10.2.")?.join(schema);
    qapi.args(["introspect", "--dialect", "qemu-10.2"]).arg(path);
    let output = qapi.output().map_err(|error| error.to_string())?;
    let text = String::from_utf8(output.stdout).map_err(|error| error.to_string())?;
    parsed(&text)
}

fn parsed(text: &str) -> Result<Value, String> {
    serde_json::from_str(text).map_err(|error| error.to_string())
}

/// The reply with this value, as QEMU prints: a space behind each comma and colon.
fn reply(returned: &Value) -> String {
    let text = json!({ "return": returned }).to_string();
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
    out + "\r\n"
}
