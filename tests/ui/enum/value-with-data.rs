// A value is a name and nothing else.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {
    None,
    File(String),
    Pipe { size: u32 },
}

fn main() {}
