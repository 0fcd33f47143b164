// After a mistake the type can still be used everywhere: the uses are no further errors.

use qapi_runtime::{Alternate, Command, Object, Union};

#[derive(Object)]
struct Process {
    #[qapi(nmae = "process-id")]
    pid: i64,
}

#[derive(Object)]
struct Processes {
    first: Process,
    others: Vec<Process>,
    last: Option<Box<Process>>,
}

#[derive(Union)]
#[qapi(tag = "type")]
enum Running {
    One(Process),
    Many(Processes),
}

#[derive(Alternate)]
enum Selected {
    Process(Process),
    Path(String),
}

#[derive(Command)]
#[qapi(name = "start", returns = Process)]
struct Start(Process);

fn main() {}
