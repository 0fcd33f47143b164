// An object without members has empty braces.

use qapi_runtime::Object;

#[derive(Object)]
struct Abort;

fn main() {}
