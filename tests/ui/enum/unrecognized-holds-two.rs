// One name is one value.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    #[qapi(unrecognized)]
    Unrecognized(Box<str>, usize),
}

fn main() {}
