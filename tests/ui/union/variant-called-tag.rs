// `Self::TAG` would be the variant.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    TAG,
}

fn main() {}
