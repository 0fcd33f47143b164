// A runtime that is not there is an error of the compiler, at the path given.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi(crate = "no::such::runtime")]
struct Process {
    pid: i64,
}

fn main() {}
