// The help says which derives an enum has.

use qapi_runtime::Object;

#[derive(Object)]
enum Mode {
    On,
    Off,
}

fn main() {}
