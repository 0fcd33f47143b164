// What is inside a variant has no keys.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    #[qapi(unrecognized)]
    Unrecognized(#[qapi(name = "text")] Box<str>),
}

fn main() {}
