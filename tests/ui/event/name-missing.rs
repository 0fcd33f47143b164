// An event is told by its name, and the derive does not guess.

use qapi_runtime::Event;

#[derive(Event)]
struct Shutdown {
    guest: bool,
}

fn main() {}
