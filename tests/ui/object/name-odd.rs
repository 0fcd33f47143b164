// A name that no schema could have is a slip.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(name = "process id")]
    pid: i64,
    größe: i64,
}

fn main() {}
