//! Deep messages on a small stack, in a debug build: reading, writing and dropping must not overflow.
#![allow(clippy::unwrap_used)]

use qapi_runtime::json::{Decoder, Document, Frame, Limits};
use qapi_runtime::{Any, Kinds, Policy, ReadError, Reader, Wire, Writer};

/// Runs on a thread with the stack that threads have by default.
fn on_small_stack(work: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new().stack_size(2 << 20).spawn(work).unwrap().join().unwrap();
}

fn nested(begin: &str, end: &str, depth: usize) -> String {
    [begin.repeat(depth), "1".to_owned(), end.repeat(depth)].concat()
}

#[test]
fn any_value_as_deep_as_a_message() {
    for (begin, end) in [("[", "]"), ("{\"a\": ", "}"), ("[{\"a\": ", "}]")] {
        let depth = 1024 / begin.matches(['[', '{']).count();
        let text = nested(begin, end, depth);
        on_small_stack(move || {
            let document = Document::parse(text.as_bytes()).unwrap();
            let value = Any::read(document.root(Policy::Strict)).unwrap();
            let mut writer = Writer::new();
            value.write(&mut writer);
            assert_eq!(writer.as_bytes(), text.as_bytes());
            let mut copy = Writer::new();
            copy.copy(document.root(Policy::Strict));
            assert_eq!(copy.as_bytes(), text.as_bytes());
            drop(value);
        });
    }
}

#[test]
fn one_level_more_is_an_error() {
    let mut decoder = Decoder::new(Limits::default());
    decoder.feed(nested("[", "]", 1025).as_bytes());
    let Some(Frame::Error(error)) = decoder.next() else { panic!("an error comes first") };
    assert_eq!(error.desc(), "JSON nesting depth limit exceeded");
}

/// A type that contains itself, as `BlockdevOptions` does.
#[derive(Debug, PartialEq)]
struct Chain {
    padding: [u64; 64],
    backing: Option<Box<Chain>>,
}

impl Wire for Chain {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read(reader: Reader<'_>) -> Result<Self, ReadError> {
        let mut members = reader.members()?;
        let backing = members.optional("backing");
        members.finish()?;
        Ok(Chain { padding: [0; 64], backing })
    }

    fn write(&self, writer: &mut Writer) {
        writer.begin_object();
        writer.optional("backing", &self.backing);
        writer.end_object();
    }
}

fn chain(depth: usize) -> Vec<u8> {
    let text = ["{\"backing\": ".repeat(depth - 1), "{}".to_owned(), "}".repeat(depth - 1)];
    text.concat().into_bytes()
}

#[test]
fn typed_values_are_bounded() {
    on_small_stack(|| {
        let text = chain(Reader::TYPED_DEPTH);
        let document = Document::parse(&text).unwrap();
        let value = Chain::read(document.root(Policy::Strict)).unwrap();
        let mut writer = Writer::new();
        value.write(&mut writer);
        assert_eq!(writer.into_bytes(), text);

        let document = Document::parse(&chain(Reader::TYPED_DEPTH + 1)).unwrap();
        let error = Chain::read(document.root(Policy::Tolerant)).unwrap_err();
        assert!(error.to_string().ends_with("' is nested too deep"), "{error}");
        assert_eq!(error.path().matches("backing").count(), Reader::TYPED_DEPTH);
    });
}
