// The runtime may be somewhere else, in either spelling.

#![allow(dead_code)]

mod renamed {
    pub mod runtime {
        pub use ::qapi_runtime::*;
    }
}

mod qapi_runtime {}

use renamed::runtime;

#[derive(runtime::Object)]
#[qapi(crate = crate::renamed::runtime)]
struct Process {
    pid: i64,
}

#[derive(runtime::Enum)]
#[qapi(crate = "runtime")]
enum Mode {
    None,
}

#[derive(runtime::Union)]
#[qapi(tag = "type", crate = "crate::renamed::runtime")]
enum Stream {
    Pipe(Process),
}

#[derive(runtime::Alternate)]
#[qapi(crate = runtime)]
enum Selected {
    Mode(Mode),
    Stream(Stream),
}

#[derive(runtime::Command)]
#[qapi(crate = self::runtime, name = "select")]
struct Select {
    what: Selected,
}

#[derive(runtime::Event)]
#[qapi(crate = runtime, name = "SELECTED")]
struct Selection(Process);

fn main() {
    let _ = Mode::None.to_string();
}
