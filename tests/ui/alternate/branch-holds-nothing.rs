// Null is a type.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum StringOrNull {
    String(String),
    Null,
}

fn main() {}
