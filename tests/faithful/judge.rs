//! Reads lines "NUMBER JSON": reads the JSON strictly as the arguments of the command of that
//! number, and prints "ok" or what is wrong.

use std::io::BufRead;

use qapi_runtime::json::Document;
use qapi_runtime::{Policy, Wire};

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("text");
        let (number, json) = line.split_once(' ').expect("a number and a value");
        let number: usize = number.parse().expect("a number");
        println!("{}", SUBJECTS[number](json.as_bytes()));
    }
}

fn judge<T: Wire>(json: &[u8]) -> String {
    let document = Document::parse(json).expect("serde_json wrote it");
    match T::read(document.root(Policy::Strict)) {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.to_string(),
    }
}

