// A value of any kind leaves nothing for other branches.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    Path(String),
    Value(qapi_runtime::Any),
}

fn main() {}
