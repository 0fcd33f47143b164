// A command's name has at least one character.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "")]
struct GuestPing;

fn main() {}
