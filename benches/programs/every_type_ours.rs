//! Reads and writes a value of one of our types, which the command line chooses by its number. The
//! benchmarks put the list of all types behind this.
#![allow(deprecated)]

use qapi_runtime::json::Document;
use qapi_runtime::{Policy, Wire, Writer};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let index: usize = arguments.next().and_then(|n| n.parse().ok()).expect("a number");
    let text = arguments.next().expect("a value");
    let written = TYPES[index](text.as_bytes());
    println!("{}", String::from_utf8_lossy(&written));
}

fn read_write<T: Wire>(text: &[u8]) -> Vec<u8> {
    let document = Document::parse(text).expect("is JSON");
    let value = T::read(document.root(Policy::Tolerant)).expect("is of the type");
    let mut writer = Writer::new();
    value.write(&mut writer);
    writer.into_bytes()
}
