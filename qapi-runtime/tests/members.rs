//! Members taken one by one: what was wrong with an optional one is told, and told first; a tag may
//! be asked for again.

use qapi_runtime::json::Document;
use qapi_runtime::{Map, Object, Policy, ReadError, Tag, Union, Wire};

#[derive(Debug, PartialEq, Object)]
struct Disk {
    size: Option<u8>,
    file: String,
    cache: Option<bool>,
    #[qapi(branch)]
    kind: Kind,
    label: Option<String>,
}

#[derive(Debug, PartialEq, Union)]
#[qapi(tag = "kind")]
enum Kind {
    Raw,
    Qcow(Qcow),
}

#[derive(Debug, PartialEq, Object)]
struct Qcow {
    bits: Option<u8>,
    backing: String,
    lazy: Option<bool>,
}

#[derive(Debug, PartialEq, Object)]
struct Open {
    size: Option<u8>,
    #[qapi(rest)]
    others: Map,
}

fn read<T: Wire>(text: &str, policy: Policy) -> Result<T, String> {
    let document = Document::parse(text.as_bytes()).expect("is JSON");
    T::read(document.root(policy)).map_err(|error: ReadError| error.to_string())
}

fn error<T: Wire + std::fmt::Debug>(text: &str) -> String {
    let strict = read::<T>(text, Policy::Strict).expect_err("it is wrong");
    assert_eq!(read::<T>(text, Policy::Tolerant).expect_err("it is wrong"), strict, "{text}");
    strict
}

#[test]
fn an_optional_member_s_error_comes_before_what_is_read_later() {
    let size = "Parameter 'size' expects uint8_t";
    let cache = "Invalid parameter type for 'cache', expected: boolean";
    for (text, expected) in [
        // A mandatory member that is missing, or wrong, or right.
        (r#"{"size": 256}"#, size),
        (r#"{"size": 256, "file": 1}"#, size),
        (r#"{"size": 256, "file": "f", "kind": "raw"}"#, size),
        // The tag.
        (r#"{"file": "f", "cache": 1}"#, cache),
        (r#"{"file": "f", "cache": 1, "kind": "none"}"#, cache),
        (r#"{"file": "f", "cache": 1, "kind": "qcow"}"#, cache),
        // Another optional member, and one that nothing takes.
        (r#"{"size": 256, "file": "f", "cache": 1, "kind": "raw"}"#, size),
        (r#"{"size": 256, "file": "f", "kind": "raw", "more": 1}"#, size),
        // What was read before comes first.
        (r#"{"cache": 1}"#, "Parameter 'file' is missing"),
    ] {
        assert_eq!(error::<Disk>(text), expected, "{text}");
    }
}

#[test]
fn an_optional_member_s_error_is_told_at_the_end_and_out_of_a_branch() {
    let label = "Invalid parameter type for 'label', expected: string";
    assert_eq!(error::<Disk>(r#"{"file": "f", "kind": "raw", "label": 1}"#), label);
    let lazy = "Invalid parameter type for 'lazy', expected: boolean";
    let text = r#"{"file": "f", "kind": "qcow", "backing": "b", "lazy": 1}"#;
    assert_eq!(error::<Disk>(text), lazy);
    // The branch is read last, so that what stands behind it in the struct is wrong before it.
    let text = r#"{"file": "f", "kind": "qcow", "lazy": 1, "label": 1}"#;
    assert_eq!(error::<Disk>(text), label);
    let text = r#"{"file": "f", "kind": "qcow", "bits": -1, "backing": 1}"#;
    assert_eq!(error::<Disk>(text), "Parameter 'bits' expects uint8_t");
}

#[test]
fn an_optional_member_s_error_is_not_lost_inside_a_list_or_beside_a_rest() {
    let disk = r#"{"file": "f", "kind": "raw", "label": 1}"#;
    let expected = "Invalid parameter type for '[1].label', expected: string";
    assert_eq!(
        error::<Vec<Disk>>(&format!("[{}, {disk}]", r#"{"file": "f", "kind": "raw"}"#)),
        expected
    );
    assert_eq!(error::<Open>(r#"{"size": 256, "b": 1}"#), "Parameter 'size' expects uint8_t");
}

#[test]
fn an_optional_member_s_error_is_still_there_when_another_one_was_forgiven() {
    let document = Document::parse(br#"{"a": 256, "b": "x"}"#).expect("is JSON");
    let mut members = document.root(Policy::Strict).members().expect("is an object");
    assert_eq!(members.optional::<u8>("a"), None);
    assert_eq!(members.mandatory::<String>("b").unwrap_or_default(), "");
    let error = members.finish().expect_err("`a` is wrong");
    assert_eq!(error.to_string(), "Parameter 'a' expects uint8_t");
}

#[test]
fn a_tag_is_the_same_when_it_is_asked_for_again() {
    let text = r#"{"b": "two", "a": "two", "c": "three"}"#;
    let document = Document::parse(text.as_bytes()).expect("is JSON");
    const FEW: &[&str] = &["one", "two"];
    const OTHER: &[&str] = &["two", "three"];
    let mut members = document.root(Policy::Tolerant).members().expect("is an object");
    for _ in 0..2 {
        assert_eq!(members.tag("a", FEW), Ok(Tag::Known(1)));
        assert_eq!(members.tag("b", OTHER), Ok(Tag::Known(0)));
        // The same member by other names, and other members by the same.
        assert_eq!(members.tag("a", OTHER), Ok(Tag::Known(0)));
        assert_eq!(members.tag("b", FEW), Ok(Tag::Known(1)));
        assert_eq!(members.tag("c", FEW), Ok(Tag::Unrecognized("three".into())));
        assert_eq!(
            members.tag("d", FEW).map_err(|e| e.to_string()),
            Err("Parameter 'd' is missing".to_owned())
        );
    }
    assert_eq!(members.finish(), Ok(()));
}

#[test]
fn what_is_shown_is_what_is_written() {
    #[derive(Object)]
    #[qapi(debug)]
    struct Shown {
        name: String,
        size: Option<u8>,
        parts: Vec<Part>,
    }
    #[derive(Object)]
    struct Part {
        id: i64,
    }
    // However deep: reading types has a bound that showing has not.
    let deep = format!("{}1{}", "[".repeat(100), "]".repeat(100));
    let any: qapi_runtime::Any = serde_json::from_str(&deep).expect("is JSON");
    #[derive(Object)]
    #[qapi(debug)]
    struct Deep {
        any: qapi_runtime::Any,
    }
    assert_eq!(format!("{:?}", Deep { any }), format!("Deep {{ any: {deep} }}"));
    let shown = Shown { name: "été \"\n".to_owned(), size: None, parts: vec![Part { id: 1 }] };
    assert_eq!(format!("{shown:?}"), r#"Shown { name: "été \"\n", parts: [{"id": 1}] }"#);
    let lines = "Shown {\n    name: \"été \\\"\\n\",\n    parts: [\n        {\n            \"id\": 1,\n        },\n    ],\n}";
    assert_eq!(format!("{shown:#?}"), lines);
}
