// What a derive adds when it is asked: `Debug` as on the wire, and serde's traits.

#![deny(warnings)]
#![allow(dead_code)]

#[derive(qapi_runtime::Object)]
#[qapi(debug, serde)]
struct Process {
    pid: i64,
    exit_code: Option<i64>,
}

#[derive(qapi_runtime::Union)]
#[qapi(tag = "type", debug, serde)]
enum Address {
    Process(Process),
    None,
}

#[derive(qapi_runtime::Command)]
#[qapi(name = "stop", features = "deprecated", since = "1.2", debug)]
struct Stop(Process);

#[derive(qapi_runtime::Event)]
#[qapi(name = "STOPPED", features = "unstable, fdset", since = "8.0", debug, serde)]
struct Stopped;

fn shown<T: std::fmt::Debug>(value: T, as_: &str) {
    assert_eq!(format!("{value:?}"), as_);
}

fn read_back<T: qapi_runtime::serde::Serialize + for<'de> qapi_runtime::serde::Deserialize<'de>>() {}

fn main() {
    let process = || Process { pid: 1, exit_code: None };
    shown(process(), "Process { pid: 1 }");
    shown(Address::Process(process()), r#"Address { type: "process", pid: 1 }"#);
    shown(Stop(process()), "Stop { pid: 1 }");
    shown(Stopped, "Stopped");
    read_back::<Process>();
    read_back::<Address>();
    read_back::<Stopped>();
}
