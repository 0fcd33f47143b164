//! What a reader says of arguments that do not fit: QEMU's checks in QEMU's order and words, and how
//! the same types read what a newer server sends.
#![allow(clippy::unwrap_used)]

use qapi_runtime::json::Document;
use qapi_runtime::{
    Any, Flat, Kinds, Members, Null, Policy, ReadError, Reader, Tag, Unrecognized, Wire, Writer,
};

/// Reads a whole text as a type and tells what it was read to, or the error.
fn read<T: Wire>(text: &str, policy: Policy) -> Result<T, String> {
    let document = Document::parse(text.as_bytes()).unwrap();
    T::read(document.root(policy)).map_err(|error| error.to_string())
}

fn strict<T: Wire>(text: &str) -> Result<T, String> {
    read(text, Policy::Strict)
}

fn error<T: Wire>(text: &str) -> String {
    strict::<T>(text).err().unwrap_or_default()
}

/// `{ 'enum': 'Whence', 'data': [ 'set', 'cur' ] }`
#[derive(Debug, PartialEq)]
enum Whence {
    Set,
    Cur,
    Unrecognized(Box<str>),
}

impl Wire for Whence {
    const KINDS: Kinds = Kinds::STRING;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        Ok(match reader.enumeration(&["set", "cur"])? {
            Tag::Known(0) => Whence::Set,
            Tag::Known(_) => Whence::Cur,
            Tag::Unrecognized(name) => Whence::Unrecognized(name),
        })
    }

    fn write(&self, writer: &mut Writer) {
        writer.string(match self {
            Whence::Set => "set",
            Whence::Cur => "cur",
            Whence::Unrecognized(name) => name,
        });
    }
}

/// `{ 'alternate': 'WhenceOrInt', 'data': { 'name': 'Whence', 'value': 'int' } }`
#[derive(Debug, PartialEq)]
enum WhenceOrInt {
    Name(Whence),
    Value(i64),
}

impl Wire for WhenceOrInt {
    const KINDS: Kinds = Whence::KINDS.union(i64::KINDS);

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        if Whence::KINDS.contains(reader.kind()) {
            return Whence::read(reader).map(WhenceOrInt::Name);
        }
        if i64::KINDS.contains(reader.kind()) {
            return i64::read(reader).map(WhenceOrInt::Value);
        }
        Err(ReadError::wrong_alternate("WhenceOrInt"))
    }

    fn write(&self, writer: &mut Writer) {
        match self {
            WhenceOrInt::Name(name) => name.write(writer),
            WhenceOrInt::Value(value) => value.write(writer),
        }
    }
}

/// A struct that has a bit of everything.
#[derive(Debug, Default, PartialEq)]
struct Seek {
    handle: i64,
    offset: Option<u8>,
    whence: Option<WhenceOrInt>,
    names: Option<Vec<Whence>>,
    sizes: Option<Vec<u64>>,
    next: Option<Box<Seek>>,
}

impl Wire for Seek {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        Ok(Seek {
            handle: members.mandatory("handle")?,
            offset: members.optional("offset"),
            whence: members.optional("whence"),
            names: members.optional("names"),
            sizes: members.optional("sizes"),
            next: members.optional("next"),
        })
    }

    fn write_members(&self, writer: &mut Writer) {
        writer.member("handle", &self.handle);
        writer.optional("offset", &self.offset);
        writer.optional("whence", &self.whence);
        writer.optional("names", &self.names);
        writer.optional("sizes", &self.sizes);
        writer.optional("next", &self.next);
    }
}

impl Flat for Seek {}

/// A union: a struct with a tag whose branches stand in the same object.
#[derive(Debug, PartialEq)]
struct Node {
    name: String,
    driver: Driver,
}

#[derive(Debug, PartialEq)]
enum Driver {
    Null,
    File(Seek),
    Unrecognized(Unrecognized),
}

impl Wire for Node {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        let mut members = reader.members()?;
        let name = members.mandatory("name")?;
        let driver = match members.tag("driver", &["null", "file"])? {
            Tag::Known(0) => Driver::Null,
            Tag::Known(_) => Driver::File(Seek::read_members(&mut members)?),
            Tag::Unrecognized(tag) => Driver::Unrecognized(Unrecognized::read(tag, &mut members)),
        };
        members.finish()?;
        Ok(Node { name, driver })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.member("name", &self.name);
        match &self.driver {
            Driver::Null => {
                writer.key("driver");
                writer.string("null");
            }
            Driver::File(seek) => {
                writer.key("driver");
                writer.string("file");
                seek.write_members(writer);
            }
            Driver::Unrecognized(other) => other.write_members("driver", writer),
        }
        writer.end_object();
    }
}

fn written(value: &impl Wire) -> String {
    let mut writer = Writer::new();
    value.write(&mut writer);
    String::from_utf8(writer.into_bytes()).unwrap()
}

#[test]
fn integers() {
    assert_eq!(strict("9223372036854775807"), Ok(i64::MAX));
    assert_eq!(strict("-9223372036854775808"), Ok(i64::MIN));
    assert_eq!(strict("-0"), Ok(0_i64));
    for text in ["9223372036854775808", "1.0", "1e3", "\"1\"", "true", "null", "[]", "{}"] {
        assert_eq!(error::<Vec<i64>>(&format!("[{text}]")), TYPE.replace("TYPE", "integer"));
    }
    assert_eq!(strict("18446744073709551615"), Ok(u64::MAX));
    assert_eq!(strict("-1"), Ok(u64::MAX));
    assert_eq!(strict("-9223372036854775808"), Ok(1_u64 << 63));
    for text in ["18446744073709551616", "-9223372036854775809", "1.0", "\"1\"", "null"] {
        assert_eq!(error::<Vec<u64>>(&format!("[{text}]")), "Parameter '[0]' expects uint64");
    }
}

const TYPE: &str = "Invalid parameter type for '[0]', expected: TYPE";

#[test]
fn small_integers_have_their_range() {
    assert_eq!(strict("-128"), Ok(-128_i8));
    assert_eq!(strict("255"), Ok(255_u8));
    assert_eq!(strict("4294967295"), Ok(u32::MAX));
    assert_eq!(strict("-2147483648"), Ok(i32::MIN));
    assert_eq!(error::<i8>("128"), "Parameter 'null' expects int8_t");
    assert_eq!(
        error::<Seek>("{\"handle\": 1, \"offset\": 256}"),
        "Parameter 'offset' expects uint8_t"
    );
    // A negative one wraps first and is too big then.
    assert_eq!(
        error::<Seek>("{\"handle\": 1, \"offset\": -1}"),
        "Parameter 'offset' expects uint8_t"
    );
    assert_eq!(error::<u16>("65536"), "Parameter 'null' expects uint16_t");
    assert_eq!(error::<u32>("4294967296"), "Parameter 'null' expects uint32_t");
    assert_eq!(error::<i16>("-32769"), "Parameter 'null' expects int16_t");
    assert_eq!(error::<i32>("2147483648"), "Parameter 'null' expects int32_t");
    // What is no integer at all is an error of the big type, with the whole path.
    let nested = "{\"handle\": 1, \"next\": {\"handle\": 1, \"offset\": \"x\"}}";
    assert_eq!(error::<Seek>(nested), "Parameter 'next.offset' expects uint64");
    let nested = "{\"handle\": 1, \"next\": {\"handle\": 1, \"offset\": 256}}";
    assert_eq!(error::<Seek>(nested), "Parameter 'offset' expects uint8_t");
}

#[test]
fn other_builtin_types() {
    assert_eq!(strict("1"), Ok(1.0_f64));
    assert_eq!(strict("18446744073709551615"), Ok(18446744073709551615.0_f64));
    assert_eq!(strict("-1.5e3"), Ok(-1500.0_f64));
    assert_eq!(error::<f64>("\"1\""), "Invalid parameter type for '<anonymous>', expected: number");
    assert_eq!(strict("true"), Ok(true));
    assert_eq!(error::<Vec<bool>>("[0]"), TYPE.replace("TYPE", "boolean"));
    assert_eq!(strict("'it\\'s \\u00e9'"), Ok("it's é".to_owned()));
    assert_eq!(error::<Vec<String>>("[null]"), TYPE.replace("TYPE", "string"));
    assert_eq!(strict("null"), Ok(Null));
    assert_eq!(error::<Vec<Null>>("[0]"), TYPE.replace("TYPE", "null"));
    assert_eq!(error::<Vec<Vec<Null>>>("[{}]"), TYPE.replace("TYPE", "array"));
    assert_eq!(error::<Vec<()>>("[[]]"), TYPE.replace("TYPE", "object"));
    assert_eq!(strict("{}"), Ok(()));
    assert_eq!(error::<()>("{\"x\": 1}"), "Parameter 'x' is unexpected");
    assert_eq!(read("{\"x\": 1}", Policy::Tolerant), Ok(()));
    assert_eq!(strict::<Any>("[1, -1, 1.5, null]"), Ok(serde_json::json!([1, -1, 1.5, null])));
}

#[test]
fn members_in_qemus_order_and_words() {
    for (text, expected) in [
        ("{}", "Parameter 'handle' is missing"),
        ("{\"x\": 1}", "Parameter 'handle' is missing"),
        ("{\"x\": 1, \"handle\": 1}", "Parameter 'x' is unexpected"),
        (
            "{\"offset\": \"x\", \"handle\": null}",
            "Invalid parameter type for 'handle', expected: integer",
        ),
        ("{\"handle\": 1, \"offset\": null}", "Parameter 'offset' expects uint64"),
        (
            "{\"handle\": 1, \"whence\": \"bogus\"}",
            "Parameter 'whence' does not accept value 'bogus'",
        ),
        ("{\"handle\": 1, \"whence\": \"SET\"}", "Parameter 'whence' does not accept value 'SET'"),
        (
            "{\"handle\": 1, \"whence\": 1.5}",
            "Invalid parameter type for 'whence', expected: integer",
        ),
        (
            "{\"handle\": 1, \"whence\": null}",
            "Invalid parameter type for 'whence', expected: WhenceOrInt",
        ),
        (
            "{\"handle\": 1, \"names\": \"set\"}",
            "Invalid parameter type for 'names', expected: array",
        ),
        (
            "{\"handle\": 1, \"names\": [\"set\", 1]}",
            "Invalid parameter type for 'names[1]', expected: string",
        ),
        (
            "{\"handle\": 1, \"names\": [\"bogus\"]}",
            "Parameter 'null' does not accept value 'bogus'",
        ),
        ("{\"handle\": 1, \"sizes\": [1, 1.5]}", "Parameter 'sizes[1]' expects uint64"),
        ("{\"handle\": 1, \"next\": []}", "Invalid parameter type for 'next', expected: object"),
        ("{\"handle\": 1, \"next\": {}}", "Parameter 'next.handle' is missing"),
        (
            "{\"handle\": 1, \"next\": {\"handle\": 1, \"x\": 1}, \"y\": 1}",
            "Parameter 'next.x' is unexpected",
        ),
        (
            "{\"handle\": 1, \"next\": {\"handle\": 1, \"whence\": {}}}",
            "Invalid parameter type for 'whence', expected: WhenceOrInt",
        ),
        ("[]", "Invalid parameter type for '<anonymous>', expected: object"),
    ] {
        assert_eq!(error::<Seek>(text), expected, "{text}");
    }
    assert_eq!(error::<Vec<Seek>>("[{\"handle\": 1}, {}]"), "Parameter '[1].handle' is missing");
}

#[test]
fn unions_share_one_object() {
    let file = Node {
        name: "n".to_owned(),
        driver: Driver::File(Seek { handle: 1, offset: Some(2), ..Seek::default() }),
    };
    let text = "{\"offset\": 2, \"handle\": 1, \"driver\": \"file\", \"name\": \"n\"}";
    assert_eq!(strict(text), Ok(file));
    for (text, expected) in [
        ("{\"name\": \"n\"}", "Parameter 'driver' is missing"),
        (
            "{\"name\": \"n\", \"driver\": 1}",
            "Invalid parameter type for 'driver', expected: string",
        ),
        (
            "{\"name\": \"n\", \"driver\": \"new\"}",
            "Parameter 'driver' does not accept value 'new'",
        ),
        ("{\"name\": \"n\", \"driver\": \"file\"}", "Parameter 'handle' is missing"),
        (
            "{\"name\": \"n\", \"driver\": \"null\", \"handle\": 1}",
            "Parameter 'handle' is unexpected",
        ),
    ] {
        assert_eq!(error::<Node>(text), expected, "{text}");
    }
}

#[test]
fn a_tolerant_reader_loses_nothing_of_what_it_knows() {
    let tolerant = |text| read::<Seek>(text, Policy::Tolerant).unwrap();
    let seek =
        tolerant("{\"handle\": 1, \"new\": {\"handle\": \"x\"}, \"names\": [\"set\", \"end\"]}");
    let names = Some(vec![Whence::Set, Whence::Unrecognized("end".into())]);
    assert_eq!(seek, Seek { handle: 1, names, ..Seek::default() });
    assert_eq!(written(&seek), "{\"handle\": 1, \"names\": [\"set\", \"end\"]}");

    let text = "{\"name\": \"n\", \"driver\": \"new\", \"size\": 18446744073709551615}";
    let node = read::<Node>(text, Policy::Tolerant).unwrap();
    assert!(matches!(&node.driver, Driver::Unrecognized(other) if other.tag == "new"));
    assert_eq!(written(&node), text);
}

#[test]
fn a_place_can_be_looked_at() {
    let document = Document::parse(b"{'a': [1, \"x\" , {\"b\": null}], \"c\": 2}").unwrap();
    let root = document.root(Policy::Strict);
    let list = root.get("a").unwrap();
    assert_eq!(list.raw(), b"[1, \"x\" , {\"b\": null}]");
    let raw: Vec<&[u8]> = list.elements().unwrap().map(|element| element.raw()).collect();
    assert_eq!(raw, [&b"1"[..], b"\"x\"", b"{\"b\": null}"]);
    let names: Vec<_> = root.entries().map(|(name, _)| name.into_owned()).collect();
    assert_eq!(names, ["a", "c"]);
    assert!(list.get("b").is_none() && list.entries().next().is_none());
    assert_eq!(root.with_policy(Policy::Tolerant).policy(), Policy::Tolerant);
}
