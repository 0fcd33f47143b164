// What is inside a newtype has no keys.

use qapi_runtime::{Command, Object};

#[derive(Command)]
#[qapi(name = "guest-exec")]
struct GuestExec(#[qapi(branch)] Arguments);

#[derive(Object)]
struct Arguments {
    path: String,
}

fn main() {}
