// Members that must be there, that may be absent, and all others; names by default and by key.

use qapi_runtime::{Any, Map, Object};

#[path = "../wire.rs"]
mod wire;

#[derive(Debug, PartialEq, Object)]
struct Process {
    pid: i64,
    exit_code: Option<i64>,
    r#type: String,
    #[qapi(name = "out_data")]
    output: Option<Vec<String>>,
    parent: Option<Box<Process>>,
}

#[derive(Debug, PartialEq, Object)]
struct Open {
    #[qapi(rest)]
    others: Map,
    id: String,
}

#[derive(Debug, PartialEq, Object)]
struct Abort {}

fn main() {
    let init = Process { pid: 1, exit_code: None, r#type: "a".into(), output: None, parent: None };
    let text = r#"{"pid": 7, "exit-code": 0, "type": "b", "out_data": [], "parent": {"pid": 1, "type": "a"}}"#;
    let child = Process {
        pid: 7,
        exit_code: Some(0),
        r#type: "b".into(),
        output: Some(Vec::new()),
        parent: Some(Box::new(init)),
    };
    wire::round(child, text);
    wire::refused::<Process>(r#"{"pid": 7}"#, "Parameter 'type' is missing");
    wire::refused::<Process>(
        r#"{"pid": 7, "type": "a", "parent": {"pid": "x"}}"#,
        "Invalid parameter type for 'parent.pid', expected: integer",
    );
    wire::refused::<Process>(
        r#"{"pid": 7, "type": "a", "exit_code": 0}"#,
        "Parameter 'exit_code' is unexpected",
    );

    let mut others = Map::new();
    others.insert("a".into(), Any::from(1));
    wire::round(Open { others, id: "x".into() }, r#"{"a": 1, "id": "x"}"#);

    wire::round(Abort {}, "{}");
    wire::refused::<Abort>(r#"{"a": 1}"#, "Parameter 'a' is unexpected");
    assert_eq!(wire::tolerant::<Abort>(r#"{"a": 1}"#).unwrap(), Abort {});
}
