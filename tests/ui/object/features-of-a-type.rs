// A schema's types have features, too; nobody asks a type for them.

use qapi_runtime::Object;

#[derive(Object)]
#[qapi(features = "unstable", since = "1.2")]
struct Process {
    pid: i64,
}

fn main() {}
