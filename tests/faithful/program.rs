//! Reads lines "NUMBER JSON", and prints for each what the subject of that number says of the JSON.

use std::io::BufRead;

use qapi_runtime::json::Document;
use qapi_runtime::{Policy, Wire, Writer};

fn main() {
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("text");
        let (number, json) = line.split_once(' ').expect("a number and a value");
        let number: usize = number.parse().expect("a number");
        println!("{}", SUBJECTS[number](json.as_bytes()));
    }
}

/// Reads strictly, writes, reads that: what was written, if both are equal.
fn again<T: Wire + PartialEq>(json: &[u8]) -> String {
    let read = |json: &[u8]| {
        let document = Document::parse(json).map_err(|error| error.to_string())?;
        T::read(document.root(Policy::Strict)).map_err(|error| error.to_string())
    };
    let value = match read(json) {
        Ok(value) => value,
        Err(error) => return format!("not read: {error}"),
    };
    let mut writer = Writer::new();
    value.write(&mut writer);
    match read(writer.as_bytes()) {
        Ok(again) if again == value => String::from_utf8_lossy(writer.as_bytes()).into_owned(),
        Ok(_) => "not the same when read again".to_owned(),
        Err(error) => format!("not read again: {error}"),
    }
}

/// Reads strictly: "ok", or what is wrong.
fn judge<T: Wire>(json: &[u8]) -> String {
    let document = Document::parse(json).expect("serde_json wrote it");
    match T::read(document.root(Policy::Strict)) {
        Ok(_) => "ok".to_owned(),
        Err(error) => error.to_string(),
    }
}
