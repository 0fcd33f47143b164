// Commands and events: of named members, of none, and of another type's; what a server is told.

use qapi_runtime::{Command, Event, Map, Object, Union, Wire};

#[path = "../wire.rs"]
mod wire;

/// Named like a command, as QEMU's schemas do it.
#[derive(Debug, PartialEq, Object)]
pub struct GuestExec {
    pid: i64,
}

mod commands {
    #[derive(Debug, PartialEq, qapi_runtime::Command)]
    #[qapi(name = "guest-exec", returns = super::GuestExec)]
    pub struct GuestExec {
        pub path: String,
        pub arg: Option<Vec<String>>,
    }
}

#[derive(Debug, PartialEq, Command)]
#[qapi(name = "guest-shutdown", no_success_response, capability = "power")]
struct GuestShutdown {}

#[derive(Debug, PartialEq, Command)]
#[qapi(name = "migrate-pause", oob, returns = Vec<std::string::String>)]
struct MigratePause;

#[derive(Debug, PartialEq, Union)]
#[qapi(tag = "driver")]
enum Options {
    NullCo,
    File(GuestExec),
}

#[derive(Debug, PartialEq, Command)]
#[qapi(name = "blockdev-add")]
struct BlockdevAdd(Box<Options>);

#[derive(Debug, PartialEq, Command)]
#[qapi(name = "device_add")]
struct DeviceAdd {
    driver: String,
    #[qapi(rest)]
    rest: Map,
}

#[derive(Debug, PartialEq, Event)]
#[qapi(name = "STOP", capability = "power")]
struct Stop;

#[derive(Debug, PartialEq, Event)]
#[qapi(name = "SHUTDOWN")]
struct Shutdown {
    guest: bool,
}

#[derive(Debug, PartialEq, Event)]
#[qapi(name = "EXECUTED")]
struct Executed(GuestExec);

fn returns<C: Command<Returns = R>, R: Wire>() -> &'static str {
    C::NAME
}

fn main() {
    assert_eq!(returns::<commands::GuestExec, GuestExec>(), "guest-exec");
    assert_eq!(returns::<GuestShutdown, ()>(), "guest-shutdown");
    assert_eq!(returns::<MigratePause, Vec<String>>(), "migrate-pause");
    const { assert!(!GuestShutdown::SUCCESS_RESPONSE && MigratePause::SUCCESS_RESPONSE) };
    const { assert!(!GuestShutdown::OUT_OF_BAND && MigratePause::OUT_OF_BAND) };
    assert_eq!(GuestShutdown::CAPABILITY, Some("power"));
    assert_eq!(MigratePause::CAPABILITY, None);
    assert_eq!(<Stop as Event>::CAPABILITY, Some("power"));
    assert_eq!((Stop::NAME, Shutdown::NAME, Executed::NAME), ("STOP", "SHUTDOWN", "EXECUTED"));

    wire::round(commands::GuestExec { path: "sh".into(), arg: None }, r#"{"path": "sh"}"#);
    wire::round(GuestShutdown {}, "{}");
    wire::round(MigratePause, "{}");
    wire::refused::<MigratePause>(r#"{"a": 1}"#, "Parameter 'a' is unexpected");
    wire::round(BlockdevAdd(Box::new(Options::NullCo)), r#"{"driver": "null-co"}"#);
    let file = Options::File(GuestExec { pid: 1 });
    wire::round(BlockdevAdd(Box::new(file)), r#"{"driver": "file", "pid": 1}"#);
    let device = wire::strict::<DeviceAdd>(r#"{"driver": "e1000", "mac": "x"}"#).unwrap();
    assert_eq!(device.rest["mac"], "x");
    wire::round(Stop, "{}");
    wire::round(Shutdown { guest: true }, r#"{"guest": true}"#);
    wire::round(Executed(GuestExec { pid: 1 }), r#"{"pid": 1}"#);
}
