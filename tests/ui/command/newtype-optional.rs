// A command may have no arguments, but not perhaps some.

use qapi_runtime::{Command, Object};

#[derive(Command)]
#[qapi(name = "guest-exec")]
struct GuestExec(Option<Arguments>);

#[derive(Object)]
struct Arguments {
    path: String,
}

fn main() {}
