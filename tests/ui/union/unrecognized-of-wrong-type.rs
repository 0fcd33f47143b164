// What holds the unknown branch is the runtime's `Unrecognized`.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    None,
    #[qapi(unrecognized)]
    Unrecognized(Box<str>),
}

fn main() {}
