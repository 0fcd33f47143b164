//! Reads and writes a value of one of the peer's types, which the command line chooses by its
//! number. The benchmarks put the list of all types behind this.
#![allow(deprecated)]

use serde::Serialize;
use serde::de::DeserializeOwned;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let index: usize = arguments.next().and_then(|n| n.parse().ok()).expect("a number");
    let text = arguments.next().expect("a value");
    let written = TYPES[index](text.as_bytes());
    println!("{}", String::from_utf8_lossy(&written));
}

fn read_write<T: DeserializeOwned + Serialize>(text: &[u8]) -> Vec<u8> {
    let value: T = serde_json::from_slice(text).expect("is of the type");
    serde_json::to_vec(&value).expect("writes")
}
