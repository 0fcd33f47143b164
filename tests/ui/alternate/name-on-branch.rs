// Branches of an alternate have no names on the wire.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    #[qapi(name = "path")]
    Path(String),
    Pid(i64),
}

fn main() {}
