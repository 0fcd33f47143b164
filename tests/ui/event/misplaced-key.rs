// An event returns nothing.

use qapi_runtime::Event;

#[derive(Event)]
#[qapi(name = "SHUTDOWN", returns = i64, oob)]
struct Shutdown {
    guest: bool,
}

fn main() {}
