// A name has at least one character.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(name = "")]
    pid: i64,
}

fn main() {}
