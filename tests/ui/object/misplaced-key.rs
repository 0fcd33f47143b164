// Keys of other derives are named with the place where they belong.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi(name = "process")]
struct Process {
    #[qapi(returns = i64)]
    pid: i64,
    #[qapi(unrecognized)]
    other: String,
}

fn main() {}
