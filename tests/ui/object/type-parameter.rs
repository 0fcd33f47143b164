// QAPI types are closed.

use qapi_runtime::Object;

#[derive(Object)]
struct Page<T, const N: usize> {
    elements: Vec<T>,
    size: [u8; N],
}

fn main() {}
