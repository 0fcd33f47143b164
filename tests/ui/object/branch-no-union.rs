// Only a union has a tag to check.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(branch)]
    status: Status,
    path: String,
}

#[derive(Object)]
struct Status {
    exited: bool,
}

fn main() {}
