// The rest is a map.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(rest)]
    others: Vec<String>,
}

fn main() {}
