// A mistyped tag is one mistake, and the tag is not missing as well.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tga = "type")]
enum Stream {
    None,
}

fn main() {}
