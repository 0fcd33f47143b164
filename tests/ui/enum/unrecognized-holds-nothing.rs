// The unknown name must be kept somewhere.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    #[qapi(unrecognized)]
    Unrecognized,
}

fn main() {}
