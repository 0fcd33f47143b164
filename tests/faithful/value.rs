//! Random values of a schema's types, as JSON.

use qapi_codegen::schema::Schema;
use qapi_codegen::schema::types::{Builtin, Object, Type, TypeId};
use qapi_tests::random::Random;
use serde_json::{Map, Value, json};

/// Makes values.
pub struct Values<'a> {
    pub schema: &'a Schema,
    pub random: Random,
}

/// Deeper than this, what may be absent is.
const DEEP: usize = 6;

impl Values<'_> {
    /// A value of a type.
    pub fn of(&mut self, id: TypeId, depth: usize) -> Value {
        match self.schema.ty(id) {
            Type::Builtin(builtin) => self.builtin(*builtin),
            Type::Enum(enumeration) => {
                let index = self.random.below(enumeration.values.len());
                enumeration.values[index].name.clone().into()
            }
            Type::Array(array) => {
                let length = if depth > DEEP { 0 } else { self.random.below(3) };
                (0..length).map(|_| self.of(array.element, depth + 1)).collect()
            }
            Type::Object(_) => {
                let mut members = Map::new();
                self.members(id, depth, &mut members);
                Value::Object(members)
            }
            Type::Alternate(alternate) => {
                let index = self.random.below(alternate.branches.len());
                // The first branch of QEMU's recursive alternates is the deep one.
                let last = alternate.branches.len() - 1;
                self.of(alternate.branches[if depth > DEEP { last } else { index }].ty, depth + 1)
            }
        }
    }

    fn members(&mut self, id: TypeId, depth: usize, into: &mut Map<String, Value>) {
        let tag = self.schema.tag_member(id).map(|tag| tag.name.as_str());
        for member in self.schema.members_flattened(id) {
            let is_there = !member.optional || depth <= DEEP && self.random.below(2) == 0;
            if is_there && tag != Some(&member.name) {
                let value = self.of(member.ty, depth + 1);
                into.insert(member.name.clone(), value);
            }
        }
        let branches = self.schema.object(id).and_then(|object: &Object| object.branches.as_ref());
        if let Some(branches) = branches {
            let case = &branches.cases[self.random.below(branches.cases.len())];
            into.insert(branches.tag.clone(), case.name.clone().into());
            self.members(case.ty, depth + 1, into);
        }
    }

    fn builtin(&mut self, builtin: Builtin) -> Value {
        match builtin {
            Builtin::Str => self.text().into(),
            Builtin::Number => self.number(),
            Builtin::Int | Builtin::Int64 => self.integer(i64::MIN, i64::MAX).into(),
            Builtin::Int8 => self.integer(i8::MIN.into(), i8::MAX.into()).into(),
            Builtin::Int16 => self.integer(i16::MIN.into(), i16::MAX.into()).into(),
            Builtin::Int32 => self.integer(i32::MIN.into(), i32::MAX.into()).into(),
            Builtin::Uint8 => self.integer(0, u8::MAX.into()).into(),
            Builtin::Uint16 => self.integer(0, u16::MAX.into()).into(),
            Builtin::Uint32 => self.integer(0, u32::MAX.into()).into(),
            Builtin::Uint64 | Builtin::Size => match self.random.below(3) {
                0 => u64::MAX.into(),
                1 => (i64::MAX as u64 + 1).into(),
                _ => (self.integer(0, i64::MAX) as u64).into(),
            },
            Builtin::Bool => (self.random.below(2) == 0).into(),
            Builtin::Null => Value::Null,
            Builtin::Any => self.any(),
        }
    }

    /// The ends of a range, what is near zero, and anything between.
    fn integer(&mut self, least: i64, most: i64) -> i64 {
        match self.random.below(5) {
            0 => least,
            1 => most,
            2 => (self.random.below(3) as i64 - 1).max(least),
            _ => {
                let wide =
                    (self.random.below(1 << 30) as i128) << 34 | self.random.below(1 << 30) as i128;
                let span = i128::from(most) - i128::from(least) + 1;
                (i128::from(least) + wide % span) as i64
            }
        }
    }

    fn number(&mut self) -> Value {
        let numbers =
            [0.0, 1.0, -1.5, 0.1, 1e300, -1e-300, 123_456_789.123, f64::MAX, f64::MIN_POSITIVE];
        match self.random.below(3) {
            0 => (self.integer(-1_000_000, 1_000_000)).into(),
            _ => numbers[self.random.below(numbers.len())].into(),
        }
    }

    fn text(&mut self) -> String {
        let pieces = [
            "a",
            "disk0",
            " ",
            "\"",
            "\\",
            "/",
            "\n",
            "\t",
            "\u{7f}",
            "é",
            "€",
            "\u{1f600}",
            "\0",
            "'",
            "{",
            "}",
            ":",
            ",",
            "\u{fffd}",
            "0",
        ];
        (0..self.random.below(6)).map(|_| pieces[self.random.below(pieces.len())]).collect()
    }

    fn any(&mut self) -> Value {
        match self.random.below(7) {
            0 => Value::Null,
            1 => true.into(),
            2 => self.integer(i64::MIN, i64::MAX).into(),
            3 => u64::MAX.into(),
            4 => self.text().into(),
            5 => json!([1, [], {}]),
            _ => json!({ "a": self.text(), "": [null, 0.5] }),
        }
    }
}
