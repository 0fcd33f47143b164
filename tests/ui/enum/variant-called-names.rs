// `Self::NAMES` would be the variant.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Register {
    EAX,
    NAMES,
}

fn main() {}
