// A type without a form on the wire is reported where it is named.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec", returns = std::time::SystemTime)]
struct GuestExec {
    path: String,
}

fn main() {}
