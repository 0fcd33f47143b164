// Without branches there is nothing to read or write.

use qapi_runtime::Union;

#[derive(Union)]
#[qapi(tag = "type")]
enum Stream {
    #[qapi(unrecognized)]
    Unrecognized(qapi_runtime::Unrecognized),
}

fn main() {}
