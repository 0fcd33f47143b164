// An object in a branch is a type of its own.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    Path(String),
    Process { pid: i64 },
}

fn main() {}
