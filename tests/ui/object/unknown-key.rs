// A mistyped key gets the key that was meant.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(nmae = "process-id")]
    pid: i64,
}

fn main() {}
