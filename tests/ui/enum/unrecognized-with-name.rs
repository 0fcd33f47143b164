// The variant for all other names has none of its own.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    #[qapi(unrecognized, name = "other")]
    Unrecognized(Box<str>),
}

fn main() {}
