// A field is a named member, a branch or the rest.

use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(name = "others", rest)]
    others: qapi_runtime::Map,
}

fn main() {}
