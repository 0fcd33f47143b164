// A tag is for unions, and members have branches.

use qapi_runtime::Enum;

#[derive(Enum)]
#[qapi(tag = "type", name = "mode")]
enum Mode {
    #[qapi(branch)]
    None,
}

fn main() {}
