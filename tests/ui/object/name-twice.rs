// Two members of one name: a reader would take one of them for both.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    process_id: i64,
    #[qapi(name = "process-id")]
    pid: Option<i64>,
}

fn main() {}
