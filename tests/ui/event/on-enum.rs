// An event is one event.

use qapi_runtime::Event;

#[derive(Event)]
#[qapi(name = "SHUTDOWN")]
enum Shutdown {
    Guest,
}

fn main() {}
