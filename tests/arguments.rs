//! Wrong arguments for every command of a real QEMU, judged by our strict reader and by QEMU: the
//! same verdict and the same words. Only what our reader refuses is sent to commands that do
//! something; to those that ask, everything is.

#[path = "faithful/answering.rs"]
mod answering;
#[path = "faithful/value.rs"]
mod value;

use std::fmt::Write;
use std::time::Duration;

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::schema::select::{self, Conditions};
use qapi_codegen::{Options, compile, rust};
use qapi_runtime::blocking;
use qapi_tests::data;
use qapi_tests::peer::Peer;
use qapi_tests::random::Random;
use serde_json::{Map, Value, json};

use value::Values;

/// How many arguments for each command.
const ARGUMENTS: usize = 25;

/// One try: a command and its arguments.
struct Try {
    command: String,
    arguments: Map<String, Value>,
}

#[test]
fn wrong_arguments_get_qemu_s_verdict_in_qemu_s_words() {
    let Some(data) = data::folder() else { return };
    let Some(peer) = Peer::qemu() else { return };
    let path = data::qemu_schema(&data, "7.2", "qapi/qapi-schema.json");
    let options = Options::of(Dialect::Qemu7_2);
    let schema = compile(&path.to_string_lossy(), &DiskFiles, &options).schema;
    let schema = schema.expect("QEMU's own schema is right");
    // Debian's build has neither of the two.
    let undefined = ["CONFIG_BLKIO", "CONFIG_VMNET"].map(str::to_owned).into();
    let build = Conditions { undefined, ..Conditions::default() };
    let schema = select::conditions(&schema, &build);
    let commands = commands(&schema);
    let (tries, questions) = tries(&schema, &commands);
    let paths = commands.iter().map(|(_, path)| path.as_str());
    let package = answering::package("arguments", (&schema, rust::Role::Client), "judge", paths);
    let verdicts = package.run_with_input(&[], &questions);
    let verdicts: Vec<&str> = verdicts.lines().collect();
    assert_eq!(verdicts.len(), tries.len(), "a verdict for each try");
    let client = blocking::Client::connect(
        &peer.address().parse().expect("an address"),
        blocking::Options::default(),
    )
    .expect("QEMU answers");
    let mut judged = 0;
    let mut wrong = Vec::new();
    for (given, ours) in tries.iter().zip(verdicts) {
        if ours == "ok" && !given.command.starts_with("query-") {
            continue;
        }
        let theirs = verdict(&client, given);
        let Some(theirs) = theirs else { continue };
        judged += 1;
        if theirs != ours {
            let arguments = Value::Object(given.arguments.clone());
            wrong.push(format!("{} {arguments}\n  QEMU: {theirs}\n  ours: {ours}", given.command));
        }
    }
    eprintln!("{judged} of {} arguments judged by both, {} differ", tries.len(), wrong.len());
    assert!(judged > 2_000, "only {judged} were judged by both");
    wrong.truncate(15);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What QEMU says: `ok` unless it refuses the arguments; nothing where this build does not have the
/// command or the argument.
fn verdict(client: &blocking::Client, given: &Try) -> Option<String> {
    let caller = client.within(Duration::from_secs(20));
    let answer = caller.call_raw(&given.command, &given.arguments);
    let error = match answer {
        Ok(_) => return Some("ok".to_owned()),
        Err(error) => error.server().expect("QEMU goes on answering").clone(),
    };
    let is_verdict =
        ["Parameter '", "Invalid parameter type"].iter().any(|start| error.desc.starts_with(start));
    match error.class.as_str() {
        "CommandNotFound" => None,
        _ if is_verdict => Some(error.desc.to_string()),
        _ => Some("ok".to_owned()),
    }
}

/// The names and structs of the commands to try.
fn commands(schema: &Schema) -> Vec<(String, String)> {
    let listing = rust::listing(schema);
    let lines = listing.lines().filter_map(|line| line.strip_prefix("command "));
    let named = lines.filter_map(|line| {
        let (name, rest) = line.split_once(' ')?;
        Some((name.to_owned(), rest.split(' ').next()?.to_owned()))
    });
    let is_tried = |name: &str| {
        let command = schema.find_command(name).expect("it is listed");
        // After these there would be nobody to ask, or nothing to compare.
        let ends = ["quit", "qmp_capabilities", "system_reset", "system_powerdown"];
        command.generated && !ends.contains(&name)
    };
    named.filter(|(name, _)| is_tried(name)).collect()
}

fn tries(schema: &Schema, commands: &[(String, String)]) -> (Vec<Try>, String) {
    let mut values = Values { schema, random: Random::new(72) };
    let (mut tries, mut questions) = (Vec::new(), String::new());
    for (number, (name, _)) in commands.iter().enumerate() {
        let arguments = schema.find_command(name).expect("it is listed").arguments;
        for _ in 0..ARGUMENTS {
            let mut value = arguments.map_or_else(|| json!({}), |id| values.of(id, 0));
            for _ in 0..=values.random.below(2) {
                spoil(&mut value, &mut values.random);
            }
            let Value::Object(arguments) = value else { continue };
            let text = Value::Object(arguments.clone());
            writeln!(questions, "{number} {text}").expect("writes to a string");
            tries.push(Try { command: name.clone(), arguments });
        }
    }
    (tries, questions)
}

/// Makes one thing wrong somewhere in an object: a member goes, comes, or becomes something else.
fn spoil(value: &mut Value, random: &mut Random) {
    let others = [
        json!(null),
        json!(true),
        json!("x"),
        json!(-1),
        json!(1.5),
        json!(300),
        json!(70_000),
        json!(5_000_000_000_i64),
        json!(18_446_744_073_709_551_615_u64),
        json!([]),
        json!({}),
    ];
    match value {
        Value::Object(members) => {
            let names: Vec<String> = members.keys().cloned().collect();
            match (random.below(5), names.len()) {
                (0, _) | (_, 0) => drop(members.insert("unheard-of".to_owned(), json!(1))),
                (1, count) => drop(members.remove(&names[random.below(count)])),
                (2, count) => {
                    let other = others[random.below(others.len())].clone();
                    members.insert(names[random.below(count)].clone(), other);
                }
                (_, count) => {
                    let inner = members.get_mut(&names[random.below(count)]);
                    inner.into_iter().for_each(|inner| spoil(inner, random));
                }
            }
        }
        Value::Array(elements) if !elements.is_empty() => {
            let index = random.below(elements.len());
            spoil(&mut elements[index], random);
        }
        other => *other = others[random.below(others.len())].clone(),
    }
}
