// `debug` writes an impl of `Debug`; a derive of it is another one.

use qapi_runtime::Object;

#[derive(Debug, Object)]
#[qapi(debug)]
struct Process {
    pid: i64,
}

fn main() {}
