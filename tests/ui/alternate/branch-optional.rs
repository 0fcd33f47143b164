// A branch is there, or another one is.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    Path(Option<String>),
    Pid(i64),
}

fn main() {}
