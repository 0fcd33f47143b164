// A union of Rust has nothing to do with one of QAPI.

use qapi_runtime::Object;

#[derive(Object)]
union Number {
    integer: i64,
    float: f64,
}

fn main() {}
