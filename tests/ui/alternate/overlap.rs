// Two branches of one JSON kind cannot be told apart; the compiler says so where the second one stands.

use qapi_runtime::{Alternate, Enum};

#[derive(Alternate)]
enum Selected {
    Path(String),
    Mode(Mode),
    Pid(i64),
}

#[derive(Enum)]
enum Mode {
    First,
    Last,
}

fn main() {}
