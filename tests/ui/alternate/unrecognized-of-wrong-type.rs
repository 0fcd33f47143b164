// What holds the unknown value is `Any`.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {
    Path(String),
    #[qapi(unrecognized)]
    Unrecognized(Box<str>),
}

fn main() {}
