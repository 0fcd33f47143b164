// An identifier bent to please Rust makes no name: `_2_5` may be "2.5", "2-5" or "2_5".

use qapi_runtime::Enum;

#[derive(Enum)]
enum LinkSpeed {
    _2_5,
    _5,
}

fn main() {}
