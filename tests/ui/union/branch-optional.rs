// A branch without members is a unit variant.

use qapi_runtime::{Object, Union};

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe(Option<Pipe>),
    None,
}

#[derive(Object)]
struct Pipe {
    size: u32,
}

fn main() {}
