// An event carries the members of one type.

use qapi_runtime::Event;

#[derive(Event)]
#[qapi(name = "SHUTDOWN")]
struct Shutdown(String, i64);

fn main() {}
