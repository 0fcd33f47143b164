// Absent is absent.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    pid: Option<Option<i64>>,
}

fn main() {}
