// An event's data is an object.

use qapi_runtime::Event;

#[derive(Event)]
#[qapi(name = "SHUTDOWN")]
struct Shutdown(String);

fn main() {}
