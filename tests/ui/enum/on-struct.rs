// The help says which derives a struct has.

use qapi_runtime::Enum;

#[derive(Enum)]
struct Mode {
    on: bool,
}

fn main() {}
