// Members have names.

use qapi_runtime::Object;

#[derive(Object)]
struct Process(i64, String);

fn main() {}
