//! The introspection documents of QEMU's releases, entry by entry, in order.

use std::path::Path;

use qapi_codegen::dialect::Dialect;
use qapi_codegen::introspect::{EnumEntries, Names, Options, document};
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::schema::select::Conditions;
use qapi_codegen::{compile, load};
use qapi_tests::{data, golden::workspace};
use serde_json::{Value, json};

/// Release of the schema, of the reference document, and the dialect.
const RELEASES: &[(&str, &str, Dialect)] = &[
    ("5.2", "5.2", Dialect::Qemu5_2),
    ("7.2", "7.2", Dialect::Qemu7_2),
    ("10.2", "10.2.2", Dialect::Qemu10_2),
];

const SCHEMAS: &[(&str, &str)] =
    &[("qmp", "qapi/qapi-schema.json"), ("qga", "qga/qapi-schema.json")];

fn checked(path: &Path, dialect: Dialect) -> Schema {
    let outcome = compile(&path.to_string_lossy(), &DiskFiles, &load::Options::of(dialect));
    outcome.schema.unwrap_or_else(|| panic!("{}: {:?}", path.display(), outcome.diagnostics))
}

#[test]
fn documents_are_those_of_the_reference() {
    let Some(data) = data::folder() else { return };
    for (release, reference, dialect) in RELEASES {
        for (name, path) in SCHEMAS {
            let schema = checked(&data::qemu_schema(&data, release, path), *dialect);
            for (names, suffix) in [(Names::Masked, ""), (Names::Plain, ".unmasked")] {
                let file = format!("introspection/{name}-{reference}{suffix}.json");
                let expected = std::fs::read(data.join(&file)).expect("the reference document");
                let expected: Value = serde_json::from_slice(&expected).expect("is JSON");
                let enums = EnumEntries::of(*dialect);
                let made = document(&schema, &Options { names, enums, ..Options::default() });
                assert!(made == expected, "{file}: {}", first_difference(&made, &expected));
            }
        }
    }
}

fn first_difference(made: &Value, expected: &Value) -> String {
    let (made, expected) = (made.as_array().expect("a list"), expected.as_array().expect("a list"));
    let different = made.iter().zip(expected).find(|(one, other)| one != other);
    match different {
        Some((one, other)) => format!("made {one}\nexpected {other}"),
        None => format!("{} entries, expected {}", made.len(), expected.len()),
    }
}

#[test]
fn what_a_condition_rules_out_is_gone_and_leaves_its_number() {
    let path = workspace().join("tests/schema/ok/flags-features-and-conditions.json");
    let schema = checked(&path, Dialect::Extended);
    let names = |conditions: &Conditions| -> Vec<Value> {
        let holds = |condition: &_| conditions.may_hold(condition);
        let document = document(&schema, &Options { holds: &holds, ..Options::default() });
        let entries = document.as_array().expect("a list").iter();
        entries.filter(|entry| entry["meta-type"] == "command").map(|e| e["name"].clone()).collect()
    };
    let without = |undefined: &[&str]| Conditions {
        undefined: undefined.iter().map(|&name| name.to_owned()).collect(),
        ..Conditions::default()
    };
    assert!(names(&without(&["CONFIG_A"])).contains(&json!("limit")), "B and C may be defined");
    assert!(!names(&without(&["CONFIG_A", "CONFIG_B"])).contains(&json!("limit")));
    assert!(names(&without(&["CONFIG_A", "CONFIG_B"])).contains(&json!("old")));
}
