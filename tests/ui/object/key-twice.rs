// A key is given once, in one attribute or in two.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(name = "process-id", name = "pid")]
    pid: i64,
    #[qapi(name = "path")]
    #[qapi(name = "file")]
    path: String,
}

fn main() {}
