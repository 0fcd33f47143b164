// A struct is of one kind.

use qapi_runtime::Alternate;

#[derive(Alternate)]
struct Selected {
    path: String,
}

fn main() {}
