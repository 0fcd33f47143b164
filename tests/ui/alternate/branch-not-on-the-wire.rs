// A type without a form on the wire is reported at the type.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    Path(String),
    Started(std::time::SystemTime),
}

fn main() {}
