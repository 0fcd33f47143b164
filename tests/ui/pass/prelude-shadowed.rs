// A schema may call its types what Rust calls its own. QEMU's has a struct `String`.

#![deny(warnings)]
#![allow(dead_code)]

mod core {}
mod std {}
mod alloc {}
mod str {}
mod bool {}
mod usize {}

#[derive(qapi_runtime::Object)]
struct Option {
    str: ::std::string::String,
}

#[derive(qapi_runtime::Object)]
struct String {
    string: ::core::option::Option<Option>,
    list: ::std::vec::Vec<Result>,
}

#[derive(qapi_runtime::Object)]
struct Vec {}

#[derive(qapi_runtime::Object)]
struct Box {
    members: ::core::primitive::bool,
    writer: ::core::primitive::i64,
}

#[derive(qapi_runtime::Enum)]
enum Result {
    Ok,
    Err,
    Some,
    None,
    #[qapi(unrecognized)]
    Unrecognized(::std::boxed::Box<::core::primitive::str>),
}

#[derive(qapi_runtime::Union)]
#[qapi(tag = "self")]
enum Wire {
    Self_(Vec),
    None,
    #[qapi(unrecognized)]
    Unrecognized(::qapi_runtime::Unrecognized),
}

#[derive(qapi_runtime::Object)]
struct Flat {
    some: ::core::option::Option<Box>,
    #[qapi(branch)]
    wire: Wire,
    reader: ::core::option::Option<Into>,
}

#[derive(qapi_runtime::Alternate)]
enum Into {
    Ok(Ok),
    Err(::std::string::String),
    #[qapi(unrecognized)]
    Some(::qapi_runtime::Any),
}

#[derive(qapi_runtime::Object)]
struct Ok {}
#[derive(qapi_runtime::Object)]
struct Err {}
#[derive(qapi_runtime::Object)]
struct Some {}
#[derive(qapi_runtime::Object)]
struct None {}

#[derive(qapi_runtime::Command)]
#[qapi(name = "command", returns = String)]
struct Command(Flat);

#[derive(qapi_runtime::Event)]
#[qapi(name = "EVENT", capability = "some")]
struct Event;

trait ToString {}
trait FromStr {}
trait Display {}

macro_rules! assert {
    () => {};
}

fn main() {
    assert!();
}
