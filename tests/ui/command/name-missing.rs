// A command is called by its name, and the derive does not guess.

use qapi_runtime::Command;

#[derive(Command)]
struct GuestExec {
    path: String,
}

#[derive(Command)]
#[qapi(oob)]
struct GuestPing;

fn main() {}
