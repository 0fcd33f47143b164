// Words from other derives are answered with what is said here.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(rename = "process-id")]
    pid: i64,
    #[qapi(default)]
    exit_code: Option<i64>,
    #[qapi(flatten)]
    status: Status,
}

#[derive(Object)]
struct Status {
    exited: bool,
}

fn main() {}
