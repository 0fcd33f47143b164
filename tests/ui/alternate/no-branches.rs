// Without branches there is nothing to read or write.

use qapi_runtime::Alternate;

#[derive(Alternate)]
enum Selected {}

fn main() {}
