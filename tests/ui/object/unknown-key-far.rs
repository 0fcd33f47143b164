// A key like none that there is gets the list of those that there are.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(frobnicate)]
    pid: i64,
}

fn main() {}
