// Two values of one name; the first would always win.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    StdOut,
    #[qapi(name = "std-out")]
    StandardOutput,
}

fn main() {}
