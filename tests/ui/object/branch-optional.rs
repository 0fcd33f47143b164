// A union's tag is mandatory.

use qapi_runtime::{Object, Union};

#[derive(Object)]
struct Process {
    #[qapi(branch)]
    input: Option<Stream>,
}

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe,
    File,
}

fn main() {}
