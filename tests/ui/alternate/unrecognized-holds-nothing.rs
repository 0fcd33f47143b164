// The unknown value must be kept somewhere.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    Path(String),
    #[qapi(unrecognized)]
    Unrecognized,
}

fn main() {}
