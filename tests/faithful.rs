//! Every type of QEMU's monitor: random values of it are read strictly and written back, and nothing
//! is lost, added or changed. The values come from the schema, the types from generated code, and
//! what was written is judged by serde_json.

#[path = "faithful/answering.rs"]
mod answering;
#[path = "faithful/value.rs"]
mod value;

use std::fmt::Write;

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::schema::types::TypeId;
use qapi_codegen::{Options, compile, rust};
use qapi_tests::data;
use qapi_tests::random::Random;
use serde_json::Value;

use value::Values;

/// How many values of each type.
const VALUES: usize = 12;

/// Something that has a form on the wire: its path in generated code, and its type.
struct Subject {
    path: String,
    id: Option<TypeId>,
}

#[test]
fn random_values_of_every_type_come_back_as_they_were() {
    let Some(data) = data::folder() else { return };
    let path = data::qemu_schema(&data, "10.2", "qapi/qapi-schema.json");
    let options = Options::of(Dialect::Qemu10_2);
    let schema = compile(&path.to_string_lossy(), &DiskFiles, &options).schema;
    let schema = schema.expect("QEMU's own schema is right");
    let subjects = subjects(&schema);
    assert!(subjects.len() > 900, "only {} types, commands and events", subjects.len());
    let (questions, sent) = questions(&schema, &subjects);
    let paths = subjects.iter().map(|subject| subject.path.as_str());
    let package = answering::package("faithful", (&schema, rust::Role::Both), "again", paths);
    let answers = package.run_with_input(&[], &questions);
    let lines: Vec<&str> = answers.lines().collect();
    assert_eq!(lines.len(), sent.len(), "an answer for each value");
    let wrong: Vec<String> = sent
        .iter()
        .zip(lines)
        .filter(|((_, value), answer)| !is_same(value, answer))
        .map(|((path, value), answer)| format!("{path}\n  sent: {value}\n  back: {answer}"))
        .take(10)
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    eprintln!("{} values of {} types, commands and events", sent.len(), subjects.len());
}

/// What is listed of the schema, each with its type.
fn subjects(schema: &Schema) -> Vec<Subject> {
    let listing = rust::listing(schema);
    let lines = listing.lines().map(|line| line.split(' ').collect::<Vec<_>>());
    lines
        .filter_map(|words| match words[..] {
            ["type", name, path] => Some((path, schema.find_type(name))),
            ["command", name, path, _] if !is_untyped(schema, name) => {
                Some((path, schema.find_command(name)?.arguments))
            }
            ["event", name, path, _] => Some((path, schema.find_event(name)?.data)),
            _ => None,
        })
        .map(|(path, id)| Subject { path: path.to_owned(), id })
        .collect()
}

/// Whether a command takes more arguments than the schema says.
fn is_untyped(schema: &Schema, name: &str) -> bool {
    schema.find_command(name).is_some_and(|command| !command.generated)
}

/// A line for each value: the subject's number, and the value.
fn questions(schema: &Schema, subjects: &[Subject]) -> (String, Vec<(String, Value)>) {
    let mut values = Values { schema, random: Random::new(102) };
    let mut text = String::new();
    let mut sent = Vec::new();
    for (number, subject) in subjects.iter().enumerate() {
        for _ in 0..VALUES {
            let value = match subject.id {
                Some(id) => values.of(id, 0),
                None => Value::Object(serde_json::Map::new()),
            };
            writeln!(text, "{number} {value}").expect("writes to a string");
            sent.push((subject.path.clone(), value));
        }
    }
    (text, sent)
}

/// Whether an answer is the value: members in any order, numbers by what they are worth.
fn is_same(value: &Value, answer: &str) -> bool {
    serde_json::from_str(answer).is_ok_and(|answer: Value| equal(value, &answer))
}

fn equal(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || one.as_f64() == other.as_f64() && (one.is_f64() || other.is_f64())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| equal(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let same = |(name, value)| other.get(name).is_some_and(|other| equal(value, other));
            one.len() == other.len() && one.iter().all(same)
        }
        _ => one == other,
    }
}
