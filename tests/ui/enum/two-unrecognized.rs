// An unknown name goes to one place.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    #[qapi(unrecognized)]
    Unrecognized(Box<str>),
    #[qapi(unrecognized)]
    Other(Box<str>),
}

fn main() {}
