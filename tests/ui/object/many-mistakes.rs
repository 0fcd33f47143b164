// All mistakes are reported at once, each at its own place.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi(tag = "type", colour = "red")]
struct Process {
    #[qapi(nmae = "process-id", name = 3)]
    pid: i64,
    #[qapi(name = "")]
    path: String,
    #[qapi(branch)]
    status: Option<Status>,
}

#[derive(Object)]
struct Status {
    exited: bool,
}

fn main() {}
