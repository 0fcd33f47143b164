//! Values that nobody chose: what is written is read again as the same, and is JSON to others too.
#![allow(clippy::unwrap_used)]

use qapi_runtime::json::Document;
use qapi_runtime::{Any, Map, Policy, Wire, Writer};

/// A small generator (xorshift64), so that a failure can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, bound: usize) -> usize {
        (self.next() >> 16) as usize % bound
    }

    fn value(&mut self, depth: usize) -> Any {
        match self.below(if depth == 0 { 7 } else { 9 }) {
            0 => Any::Null,
            1 => Any::Bool(self.below(2) == 0),
            2 => (self.next() as i64 >> self.below(64)).into(),
            3 => (self.next() >> self.below(64)).into(),
            4 => self.double().into(),
            5 | 6 => Any::String(self.string()),
            7 => (0..self.below(5)).map(|_| self.value(depth - 1)).collect(),
            _ => Any::Object(self.members(depth)),
        }
    }

    fn members(&mut self, depth: usize) -> Map {
        (0..self.below(12)).map(|_| (self.string(), self.value(depth - 1))).collect()
    }

    /// A double that is no integer, since 1.0 is written as 1, and of few digits, since `serde_json`
    /// does not read all doubles exactly.
    fn double(&mut self) -> f64 {
        (self.next() as i64 >> 44) as f64 / 64.0 + 1.0 / 128.0
    }

    fn string(&mut self) -> String {
        const TELLING: &[char] = &[
            '\0',
            '\u{1}',
            '\u{8}',
            '\t',
            '\n',
            '\u{C}',
            '\r',
            '\u{1F}',
            ' ',
            '"',
            '\'',
            '/',
            '\\',
            '\u{7E}',
            '\u{7F}',
            '\u{80}',
            'é',
            '\u{7FF}',
            '\u{800}',
            '€',
            '\u{D7FF}',
            '\u{E000}',
            '\u{FFFD}',
            '\u{10000}',
            '😀',
            '\u{10FFFD}',
        ];
        let count = self.below(20);
        let mut character = || match self.below(3) {
            0 => TELLING[self.below(TELLING.len())],
            _ => char::from(b'a' + self.below(26) as u8),
        };
        (0..count).map(|_| character()).collect()
    }
}

fn written(value: &impl Wire) -> Vec<u8> {
    let mut writer = Writer::new();
    value.write(&mut writer);
    writer.into_bytes()
}

#[test]
fn written_values_are_read_again() {
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    for _ in 0..3000 {
        let value = random.value(4);
        let text = written(&value);
        assert!(text.is_ascii());
        let document = Document::parse(&text).unwrap();
        let root = document.root(Policy::Strict);
        assert_eq!(Any::read(root).unwrap(), value);
        assert_eq!(serde_json::from_slice::<Any>(&text).unwrap(), value);
        let mut copy = Writer::new();
        copy.copy(root);
        assert_eq!(copy.into_bytes(), text);
    }
}

#[test]
fn doubles_keep_every_bit() {
    let mut random = Random(0xD1B5_4A32_D192_ED03);
    for _ in 0..100_000 {
        let double = f64::from_bits(random.next());
        if double.is_finite() {
            let text = written(&double);
            let document = Document::parse(&text).unwrap();
            let again = f64::read(document.root(Policy::Strict)).unwrap();
            assert_eq!(again.to_bits(), double.to_bits(), "{}", String::from_utf8_lossy(&text));
        }
    }
}

#[test]
fn what_others_write_is_read() {
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    for round in 0..3000 {
        let value = random.value(4);
        let text = match round % 2 {
            0 => serde_json::to_vec(&value).unwrap(),
            _ => serde_json::to_vec_pretty(&value).unwrap(),
        };
        let document = Document::parse(&text).unwrap();
        assert_eq!(Any::read(document.root(Policy::Tolerant)).unwrap(), value);
    }
}

#[test]
fn members_are_found_by_name_in_any_order() {
    let mut random = Random(0x0123_4567_89AB_CDEF);
    for _ in 0..500 {
        let members = random.members(2);
        let text = written(&members);
        let document = Document::parse(&text).unwrap();
        let root = document.root(Policy::Strict);
        let mut names: Vec<&String> = members.keys().collect();
        for at in 1..names.len() {
            names.swap(at, random.below(at + 1));
        }
        let mut read = root.members().unwrap();
        let left = names.len() / 3;
        for name in &names[left..] {
            assert_eq!(read.take(name).unwrap().value(), members[*name]);
        }
        assert!(read.take("no such member").is_none());
        assert_eq!(read.clone().finish().is_ok(), left == 0);
        let rest = read.rest();
        assert_eq!(rest.len(), left);
        assert!(names[..left].iter().all(|name| rest[*name] == members[*name]));
        assert!(read.finish().is_ok());
        assert_eq!(root.entries().len(), members.len());
        assert!(members.iter().all(|(name, value)| root.get(name).unwrap().value() == *value));
    }
}

#[test]
fn many_members_take_no_time() {
    let name = |number: usize| format!("\"member-{}-of-many\"", number * 7919 % 200_000);
    let object = |last: &str| {
        let mut text = String::from("{");
        (0..200_000).for_each(|number| text += &format!("{}: 0, ", name(number)));
        text + last + ": 0}"
    };
    let document = Document::parse(object("\"one-more\"").as_bytes()).unwrap();
    let root = document.root(Policy::Strict);
    assert_eq!(root.members().unwrap().rest().len(), 200_001);
    let mut read = root.members().unwrap();
    for (name, _) in root.entries() {
        assert!(read.take(&name).is_some());
    }
    assert!(read.finish().is_ok());

    let repeated = name(123_456).replace("member", "\\u006Dember");
    let error = Document::parse(object(&repeated).as_bytes()).unwrap_err();
    assert_eq!(error.desc(), "JSON parse error, duplicate key");
}

#[test]
fn numbers_that_are_none_are_null() {
    for number in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
        assert_eq!(written(&number), b"null");
    }
    let document = Document::parse(b"[1e999]").unwrap();
    assert_eq!(written(&document.root(Policy::Strict).value()), b"[null]");
    assert_eq!(Vec::<f64>::read(document.root(Policy::Strict)).unwrap(), [f64::INFINITY]);
}
