// What holds the unknown name is a `Box<str>`.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    #[qapi(unrecognized)]
    Unrecognized(String),
}

fn main() {}
