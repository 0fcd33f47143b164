//! Two versions of a schema as one: what a client that speaks both may rely on.

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::MemoryFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::schema::spoken::{self, Version};
use qapi_codegen::{Options, compile, dump, render};

fn schema(text: &str) -> Schema {
    let files = MemoryFiles::default().with("test.json", text);
    let outcome = compile("test.json", &files, &Options::default());
    let said = render::qemu(&outcome.diagnostics, &outcome.sources);
    outcome.schema.unwrap_or_else(|| panic!("{said}"))
}

/// The schema of both, as QEMU's tests print it, without what comes with the language.
fn both(newest: &str, older: &str) -> String {
    let (newest, older) = (schema(newest), schema(older));
    let newest = Version { label: "new", schema: &newest };
    let spoken = spoken::all(newest, &[Version { label: "old", schema: &older }]);
    let text = dump::qemu(&spoken, Dialect::Extended);
    text.split_once("module test.json\n").expect("the root's module").1.to_owned()
}

const QUERY: &str = "{ 'command': 'query', 'returns': 'Reply' }\n";

fn replies(newest: &str, older: &str) -> String {
    both(&format!("{newest}\n{QUERY}"), &format!("{older}\n{QUERY}"))
}

#[test]
fn a_member_is_mandatory_only_where_both_have_it() {
    let text = replies(
        "{ 'struct': 'Reply', 'data': { 'same': 'str', 'added': 'str', 'now-certain': 'str' } }",
        "{ 'struct': 'Reply', 'data': { 'same': 'str', '*now-certain': 'str', 'dropped': 'bool' } }",
    );
    for line in [
        "member same: str optional=False",
        "member added: str optional=True",
        "member now-certain: str optional=True",
        "member dropped: bool optional=True",
    ] {
        assert!(text.contains(line), "{line} in:\n{text}");
    }
}

#[test]
fn types_are_the_same_by_where_they_stand_not_by_their_names() {
    let text = replies(
        "{ 'struct': 'Reply', 'data': { 'part': 'Renamed' } }
         { 'struct': 'Renamed', 'data': { 'a': 'int', 'b': 'int' } }",
        "{ 'struct': 'Reply', 'data': { 'part': 'Part' } }
         { 'struct': 'Part', 'data': { 'a': 'int' } }",
    );
    assert!(
        text.contains(
            "object Renamed\n    member a: int optional=False\n    member b: int optional=True\n"
        ),
        "{text}"
    );
    assert!(!text.contains("object Part"), "{text}");
}

#[test]
fn an_enum_has_the_values_of_both_and_a_union_their_branches() {
    let text = replies(
        "{ 'enum': 'Kind', 'data': [ 'file', 'net' ] }
         { 'struct': 'Net', 'data': { 'host': 'str' } }
         { 'union': 'Reply', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
           'data': { 'net': 'Net' } }",
        "{ 'enum': 'Kind', 'data': [ 'file', 'tape' ] }
         { 'struct': 'Tape', 'data': { 'reel': 'int' } }
         { 'union': 'Reply', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind',
           'data': { 'tape': 'Tape' } }",
    );
    assert!(
        text.contains("enum Kind\n    member file\n    member net\n    member tape\n"),
        "{text}"
    );
    for case in ["case net: Net", "case tape: Tape", "case file: q_empty"] {
        assert!(text.contains(case), "{case} in:\n{text}");
    }
    assert!(text.contains("object Tape\n    member reel: int optional=False\n"), "{text}");
}

#[test]
fn a_union_whose_tag_is_new_becomes_a_struct() {
    let text = replies(
        "{ 'enum': 'Kind', 'data': [ 'sev', 'snp' ] }
         { 'struct': 'Sev', 'data': { 'handle': 'int' } }
         { 'union': 'Reply', 'base': { 'enabled': 'bool', 'kind': 'Kind' },
           'discriminator': 'kind', 'data': { 'sev': 'Sev' } }",
        "{ 'struct': 'Reply', 'data': { 'enabled': 'bool', 'handle': 'int' } }",
    );
    assert!(
        text.contains(
            "object Reply\n    base q_obj_Reply-base\n    member handle: int optional=True\n"
        ),
        "{text}"
    );
    assert!(text.contains("    member kind: Kind optional=True\n"), "{text}");
    assert!(!text.contains("    tag "), "{text}");
}

#[test]
fn a_type_has_the_values_of_both() {
    let text = replies(
        "{ 'enum': 'Mode', 'data': [ 'a' ] } { 'alternate': 'Ref', 'data': { 'name': 'str', 'none': 'null' } }
         { 'struct': 'Reply', 'data': { 'w': 'uint8', 'x': 'Mode', 'y': 'Ref', 'z': [ 'int' ], 'n': 'int', 's': 'str' } }",
        "{ 'struct': 'Reply', 'data': { 'w': 'int', 'x': 'str', 'y': 'str', 'z': [ 'number' ], 'n': 'number', 's': 'bool' } }",
    );
    for line in ["w: int", "x: Mode", "y: Ref", "z: numberList", "n: number", "s: any"] {
        assert!(text.contains(&format!("member {line} optional=False")), "{line} in:\n{text}");
    }
}

#[test]
fn what_only_the_older_one_has_stands_behind() {
    let text = both(
        "{ 'command': 'go' }",
        "{ 'struct': 'Old', 'data': { '*self': 'Old', 'others': [ 'Old' ] } }
         { 'command': 'go' } { 'command': 'query-old', 'data': { 'id': 'int' }, 'returns': [ 'Old' ] }
         { 'event': 'GONE', 'data': { 'old': 'Old' } }",
    );
    let position = |part: &str| text.find(part).unwrap_or_else(|| panic!("{part} in:\n{text}"));
    assert!(position("command go") < position("command query-old q_obj_query-old-arg -> OldList"));
    assert!(text.contains("event GONE q_obj_GONE-arg\n"), "{text}");
    assert!(text.contains("object Old\n    member self: Old optional=True\n    member others: OldList optional=False\n"), "{text}");
}

#[test]
fn one_version_is_itself() {
    let text = "{ 'enum': 'Kind', 'data': [ 'a', 'b' ] }
        { 'struct': 'Part', 'data': { 'kind': 'Kind', '*next': 'Reply' } }
        { 'union': 'Reply', 'base': { 'kind': 'Kind' }, 'discriminator': 'kind', 'data': { } }
        { 'command': 'query', 'data': 'Part', 'returns': [ 'Reply' ] }
        { 'event': 'DONE', 'data': { 'a': 'Part' } }";
    let alone = dump::qemu(&schema(text), Dialect::Extended);
    let twice = both(text, text);
    assert!(twice.contains("object Part\n"), "{twice}");
    assert!(alone.ends_with(&twice), "{twice}");
}
