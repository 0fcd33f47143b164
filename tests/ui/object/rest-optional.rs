// An empty rest is an empty map.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(rest)]
    others: Option<qapi_runtime::Map>,
}

fn main() {}
