// A value outlives the message it was read from.

use qapi_runtime::Object;

#[derive(Object)]
struct Process<'a> {
    path: &'a str,
}

fn main() {}
