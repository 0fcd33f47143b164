// A branch's members stand beside the tag, so that it is an object or a union.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    Pipe(String),
    None,
}

fn main() {}
