// A struct is told apart by nothing.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
struct Stream {
    size: u32,
}

fn main() {}
