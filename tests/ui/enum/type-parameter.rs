// QAPI types are closed.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode<T> {
    None,
    #[qapi(unrecognized)]
    Unrecognized(T),
}

fn main() {}
