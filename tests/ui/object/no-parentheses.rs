// Keys stand in parentheses.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi]
struct Process {
    #[qapi = "process-id"]
    pid: i64,
}

fn main() {}
