// A union is told apart by its tag.

use qapi_runtime::{Object, Union};

#[derive(Union)]
enum Stream {
    Pipe(Pipe),
    None,
}

#[derive(Object)]
struct Pipe {
    size: u32,
}

fn main() {}
