// A command whose arguments are a union is a newtype of it.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec")]
enum GuestExec {
    Path,
}

fn main() {}
