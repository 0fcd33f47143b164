// A branch's name belongs on the variant.

use qapi_runtime::{Object, Union};

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe(#[qapi(name = "fifo")] Pipe),
}

#[derive(Object)]
struct Pipe {
    size: u32,
}

fn main() {}
