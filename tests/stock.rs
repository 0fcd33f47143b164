//! The stock part of the agent's schema is the stock agent's, on the wire: what existing clients
//! send and get keeps its names, members, types, optionality and order.

use std::collections::BTreeMap;
use std::path::Path;

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::schema::types::{Command, Member, Type, TypeId};
use qapi_codegen::{Options, compile};
use qapi_tests::{data, golden::workspace};

/// What the stock agent does not have. Everything else must be its.
const NEW: &[&str] = &["qmp_capabilities", "request-negotiation"];

/// Commands that the issue of a stock agent's clients is about; each must be here.
const REQUIRED: &[&str] = &[
    "guest-sync",
    "guest-sync-delimited",
    "guest-ping",
    "guest-info",
    "guest-get-time",
    "guest-get-host-name",
    "guest-get-osinfo",
    "guest-get-users",
    "guest-get-timezone",
    "guest-get-vcpus",
    "guest-get-load",
    "guest-network-get-interfaces",
    "guest-network-get-route",
    "guest-get-fsinfo",
    "guest-get-memory-block-info",
    "guest-file-open",
    "guest-file-close",
    "guest-file-read",
    "guest-file-write",
    "guest-file-seek",
    "guest-file-flush",
    "guest-exec",
    "guest-exec-status",
    "guest-shutdown",
];

#[test]
fn stock_commands_are_those_of_qemu_10_2() {
    let Some(data) = data::folder() else { return };
    let theirs =
        schema(&data::qemu_schema(&data, "10.2", "qga/qapi-schema.json"), Dialect::Qemu10_2);
    let ours = schema(&workspace().join("schema/agent.json"), Dialect::Extended);
    let (theirs, ours) = (shapes(&theirs), shapes(&ours));
    for name in REQUIRED {
        assert!(ours.contains_key(*name), "{name} is missing");
    }
    for (name, shape) in &ours {
        match theirs.get(name) {
            Some(stock) => assert_eq!(shape, stock, "{name}"),
            None => assert!(NEW.contains(&name.as_str()), "{name} is no command of QEMU's agent"),
        }
    }
}

fn schema(path: &Path, dialect: Dialect) -> Schema {
    let outcome = compile(&path.to_string_lossy(), &DiskFiles, &Options::of(dialect));
    outcome.schema.unwrap_or_else(|| panic!("{}: {:?}", path.display(), outcome.diagnostics))
}

/// Every command by name, as one text of all that a client can see of it. Names of types are not.
fn shapes(schema: &Schema) -> BTreeMap<String, String> {
    schema
        .commands()
        .iter()
        .map(|command| (command.common.name.clone(), shape(schema, command)))
        .collect()
}

fn shape(schema: &Schema, command: &Command) -> String {
    let side =
        |id: Option<TypeId>| id.map_or("{}".to_owned(), |id| value(schema, id, &mut Vec::new()));
    let (arguments, returns) = (side(command.arguments), side(command.returns));
    format!("{arguments} -> {returns}, success-response: {}", command.success_response)
}

fn value(schema: &Schema, id: TypeId, outer: &mut Vec<TypeId>) -> String {
    if outer.contains(&id) {
        return "(itself)".to_owned();
    }
    outer.push(id);
    let text = match schema.ty(id) {
        Type::Builtin(builtin) => builtin.name().to_owned(),
        Type::Array(array) => format!("[{}]", value(schema, array.element, outer)),
        Type::Enum(enumeration) => {
            let names: Vec<&str> = enumeration.values.iter().map(|value| &*value.name).collect();
            format!("({})", names.join("|"))
        }
        Type::Alternate(alternate) => {
            let kinds = alternate.branches.iter().map(|branch| value(schema, branch.ty, outer));
            format!("<{}>", kinds.collect::<Vec<_>>().join("|"))
        }
        Type::Object(object) => {
            let members = schema.members_flattened(id);
            let mut parts: Vec<String> =
                members.iter().map(|member| self::member(schema, member, outer)).collect();
            for case in object.branches.iter().flat_map(|branches| &branches.cases) {
                parts.push(format!("{}? {}", case.name, value(schema, case.ty, outer)));
            }
            format!("{{{}}}", parts.join(", "))
        }
    };
    outer.pop();
    text
}

fn member(schema: &Schema, member: &Member, outer: &mut Vec<TypeId>) -> String {
    let star = if member.optional { "*" } else { "" };
    format!("{star}{}: {}", member.name, value(schema, member.ty, outer))
}
