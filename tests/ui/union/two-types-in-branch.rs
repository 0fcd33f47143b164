// A branch is one object.

use qapi_runtime::{Object, Union};

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe(Pipe, Pipe),
    Nothing(),
}

#[derive(Object)]
struct Pipe {
    size: u32,
}

fn main() {}
