// One object has one tag.

use qapi_runtime::{Object, Union};

#[derive(Object)]
struct Process {
    #[qapi(branch)]
    input: Stream,
    #[qapi(branch)]
    output: Stream,
}

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe,
    File,
}

fn main() {}
