// The unknown branch must be kept somewhere.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    None,
    #[qapi(unrecognized)]
    Unrecognized,
}

fn main() {}
