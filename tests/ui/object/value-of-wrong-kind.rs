// Each key says what it takes.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi(crate = 3)]
struct Process {
    #[qapi(name)]
    pid: i64,
    #[qapi(name = path)]
    path: String,
    #[qapi(name =)]
    name: String,
    #[qapi(rest = true)]
    others: qapi_runtime::Map,
}

fn main() {}
