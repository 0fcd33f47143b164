// Two branches of one name; the first would always win.

use qapi_runtime::{Object, Union};

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe(Pipe),
    #[qapi(name = "pipe")]
    Fifo(Pipe),
}

#[derive(Object)]
struct Pipe {
    size: u32,
}

fn main() {}
