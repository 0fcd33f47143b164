// Names by default and by key; unknown names in an open and in a closed enum; an empty one.

use qapi_runtime::Enum;

#[path = "../wire.rs"]
mod wire;

#[derive(Debug, PartialEq, Enum)]
enum Mode {
    None,
    StdOut,
    #[qapi(name = "2_5")]
    Gen2,
    #[qapi(unrecognized)]
    Unrecognized(Box<str>),
}

#[derive(Debug, PartialEq, Enum)]
enum OnOff {
    On,
    Off,
}

#[derive(Debug, PartialEq, Enum)]
enum Nothing {
    #[qapi(unrecognized)]
    Unrecognized(Box<str>),
}

fn main() {
    assert_eq!(Mode::NAMES, ["none", "std-out", "2_5"]);
    wire::round(Mode::None, r#""none""#);
    wire::round(Mode::StdOut, r#""std-out""#);
    wire::round(Mode::Gen2, r#""2_5""#);
    wire::refused::<Mode>(r#""new""#, "Parameter 'null' does not accept value 'new'");
    wire::refused::<Vec<Mode>>("[1]", "Invalid parameter type for '[0]', expected: string");

    let new = wire::tolerant::<Mode>(r#""new""#).unwrap();
    assert_eq!(new, Mode::Unrecognized("new".into()));
    assert_eq!(new.as_str(), "new");
    assert_eq!(wire::written(&new), r#""new""#);
    assert_eq!("std-out".parse::<Mode>().unwrap(), Mode::StdOut);
    assert_eq!("new".parse::<Mode>().unwrap(), new);
    assert_eq!(format!("{:>8}|{:<8}", Mode::StdOut, new), " std-out|new     ");

    wire::round(OnOff::On, r#""on""#);
    wire::round(OnOff::Off, r#""off""#);
    assert!(wire::tolerant::<OnOff>(r#""auto""#).is_err());
    assert!("auto".parse::<OnOff>().is_err());

    assert!(Nothing::NAMES.is_empty());
    assert_eq!("a".parse::<Nothing>().unwrap().as_str(), "a");
}
