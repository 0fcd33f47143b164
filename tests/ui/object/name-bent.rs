// An identifier bent to please Rust makes no name: `type_` is surely not "type-" on the wire.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    type_: String,
    _pid: i64,
}

fn main() {}
