// A branch's members are a type of their own.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe { size: u32 },
    None,
}

fn main() {}
