// What could not be derived can be shown all the same, so that nothing else is wrong.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi(debug, colour = "red")]
struct Process {
    pid: i64,
}

#[derive(Debug)]
struct Table {
    processes: Vec<Process>,
}

fn main() {}
