// A type without a form on the wire is reported at the type.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    started: std::time::SystemTime,
    ended: Option<std::time::SystemTime>,
}

fn main() {}
