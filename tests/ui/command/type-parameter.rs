// A command is one command.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec")]
struct GuestExec<T> {
    path: T,
}

fn main() {}
