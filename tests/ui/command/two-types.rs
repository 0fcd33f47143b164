// Arguments are those of one type.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec")]
struct GuestExec(String, i64);

fn main() {}
