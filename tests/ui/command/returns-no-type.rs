// What stands behind `returns` must be a type.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec", returns = 3)]
struct GuestExec {
    path: String,
}

#[derive(Command)]
#[qapi(name = "guest-ping", returns)]
struct GuestPing;

fn main() {}
