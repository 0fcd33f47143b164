// What is no key at all costs its own entry, and the entries around it are still read.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi("process-id")]
    pid: i64,
    #[qapi(name = "path" "file")]
    path: String,
    #[qapi(, nmae = "n")]
    name: String,
}

fn main() {}
