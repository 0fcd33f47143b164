// Without values there is nothing to read or write.

use qapi_runtime::Enum;

#[derive(Enum)]
enum Mode {}

fn main() {}
