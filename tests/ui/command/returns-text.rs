// A type is written as a type.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec", returns = "Vec<i64>")]
struct GuestExec {
    path: String,
}

fn main() {}
