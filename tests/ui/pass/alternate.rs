// A value's JSON kind selects the branch, and the branch's own type has the say after that.

use qapi_runtime::{Alternate, Any, Enum, Null, Object};

#[path = "../wire.rs"]
mod wire;

#[derive(Debug, PartialEq, Object)]
struct Options {
    driver: String,
}

#[derive(Debug, PartialEq, Enum)]
enum Mode {
    On,
}

#[derive(Debug, PartialEq, Alternate)]
enum Everything {
    Object(Box<Options>),
    Mode(Mode),
    Integer(i64),
    Boolean(bool),
    List(Vec<Everything>),
    Null(Null),
}

#[derive(Debug, PartialEq, Alternate)]
#[qapi(name = "BlockdevRef")]
enum Reference {
    Definition(Options),
    Name(String),
    #[qapi(unrecognized)]
    Unrecognized(Any),
}

fn main() {
    wire::round(Everything::Mode(Mode::On), r#""on""#);
    wire::round(Everything::Null(Null), "null");
    wire::round(
        Everything::List(vec![Everything::Integer(1), Everything::Boolean(true)]),
        "[1, true]",
    );
    wire::refused::<Everything>(
        "1.5",
        "Invalid parameter type for '<anonymous>', expected: integer",
    );

    let options = || Options { driver: "file".into() };
    wire::round(Everything::Object(Box::new(options())), r#"{"driver": "file"}"#);
    wire::round(Reference::Definition(options()), r#"{"driver": "file"}"#);
    wire::refused::<Reference>("1", "Invalid parameter type for 'null', expected: BlockdevRef");
    wire::refused::<Reference>("{}", "Parameter 'driver' is missing");
    assert_eq!(wire::tolerant::<Reference>("1").unwrap(), Reference::Unrecognized(Any::from(1)));
    assert_eq!(wire::written(&Reference::Unrecognized(Any::from(1))), "1");
}
