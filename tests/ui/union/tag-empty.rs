// A tag has a name.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "")]
enum Stream {
    None,
}

fn main() {}
