// A command returns one type.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec", returns = i64, returns = String)]
struct GuestExec {
    path: String,
}

fn main() {}
