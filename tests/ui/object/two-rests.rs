// There is one rest.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(rest)]
    known: qapi_runtime::Map,
    #[qapi(rest)]
    unknown: qapi_runtime::Map,
}

fn main() {}
