// After a mistake the enum can still be used everywhere: the uses are no further errors.

use qapi_runtime::{Enum, Object};

#[derive(Enum)]
enum Mode {
    #[qapi(rename = "none")]
    Nothing,
}

#[derive(Object)]
struct Process {
    mode: Option<Mode>,
}

fn main() {
    let mode: Mode = "none".parse().unwrap_or(Mode::Nothing);
    println!("{mode} {} {:?}", mode.as_str(), Mode::NAMES);
}
