// An event outlives the message it was read from.

use qapi_runtime::Event;

#[derive(Event)]
#[qapi(name = "SHUTDOWN")]
struct Shutdown<'a> {
    reason: &'a str,
}

fn main() {}
