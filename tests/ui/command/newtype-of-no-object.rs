// Arguments are the members of an object.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec")]
struct GuestExec(String);

fn main() {}
