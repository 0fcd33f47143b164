//! Why a value could not be read, and where. The texts are those of QEMU's input visitor, so that a
//! server can put them into an error reply as they are.

use std::borrow::Cow;
use std::fmt;

/// Why a value could not be read. Displays as QEMU's text: `Parameter 'vcpus[0].online' is missing`.
#[derive(Clone, PartialEq, Eq)]
pub struct ReadError(Box<Inner>);

#[derive(Clone, Debug, PartialEq, Eq)]
struct Inner {
    problem: Problem,
    /// From the place of the error outwards.
    path: Vec<Step>,
}

/// One step of the way to a value.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Step {
    Member(Cow<'static, str>),
    Element(usize),
}

/// What is wrong, with QEMU's words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Problem {
    Missing,
    Unexpected,
    WrongType(&'static str),
    WrongAlternate(&'static str),
    OutOfWideRange(&'static str),
    OutOfRange(&'static str),
    NotAccepted(Box<str>),
    TooDeep,
    Other(Box<str>),
}

impl ReadError {
    /// "Parameter 'NAME' is missing": the object has no such member.
    #[cold]
    pub fn missing(name: &'static str) -> Self {
        Self::new(Problem::Missing).in_member(name)
    }

    /// "Parameter 'NAME' is unexpected": the type has no such member.
    #[cold]
    pub fn unexpected(name: &str) -> Self {
        let mut error = Self::new(Problem::Unexpected);
        error.0.path.push(Step::Member(name.to_owned().into()));
        error
    }

    /// "Invalid parameter type for '…', expected: EXPECTED", such as `string`, `array`, `integer`.
    pub fn wrong_type(expected: &'static str) -> Self {
        Self::new(Problem::WrongType(expected))
    }

    /// "Invalid parameter type for '…', expected: NAME": the alternate NAME has no branch for a
    /// value of this kind.
    pub fn wrong_alternate(name: &'static str) -> Self {
        Self::new(Problem::WrongAlternate(name))
    }

    /// "Parameter '…' expects uint64": no number, or none that 64 bits can hold.
    pub fn not_unsigned() -> Self {
        Self::new(Problem::OutOfWideRange("uint64"))
    }

    /// "Parameter '…' expects RANGE": an integer outside the range of its type, such as `int8_t`.
    pub fn out_of_range(range: &'static str) -> Self {
        Self::new(Problem::OutOfRange(range))
    }

    /// "Parameter '…' does not accept value 'VALUE'": no such value in the enumeration.
    pub fn not_accepted(value: impl Into<Box<str>>) -> Self {
        Self::new(Problem::NotAccepted(value.into()))
    }

    /// A type that was read is nested deeper than [`Reader::TYPED_DEPTH`](super::Reader::TYPED_DEPTH).
    pub fn too_deep() -> Self {
        Self::new(Problem::TooDeep)
    }

    /// Something that only a hand-written [`Wire`](super::Wire) knows; `text` is the whole message.
    pub fn other(text: impl Into<Box<str>>) -> Self {
        Self::new(Problem::Other(text.into()))
    }

    /// The same error, met inside the member `name`. Derived code calls it on the way out.
    #[must_use]
    #[cold]
    pub fn in_member(mut self, name: &'static str) -> Self {
        self.0.path.push(Step::Member(name.into()));
        self
    }

    /// The same error, met inside the array element `index`, counted from 0.
    #[must_use]
    #[cold]
    pub fn in_element(mut self, index: usize) -> Self {
        self.0.path.push(Step::Element(index));
        self
    }

    /// The way to the place of the error: `vcpus[0].online`; empty for the outermost value.
    pub fn path(&self) -> String {
        FullName(&self.0.path).to_string()
    }

    #[cold]
    fn new(problem: Problem) -> Self {
        ReadError(Box::new(Inner { problem, path: Vec::new() }))
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let full = Anonymous(&self.0.path);
        let bare = BareName(self.0.path.first());
        match &self.0.problem {
            Problem::Missing => write!(f, "Parameter '{full}' is missing"),
            Problem::Unexpected => write!(f, "Parameter '{full}' is unexpected"),
            Problem::WrongType(expected) => {
                write!(f, "Invalid parameter type for '{full}', expected: {expected}")
            }
            Problem::WrongAlternate(name) => {
                write!(f, "Invalid parameter type for '{bare}', expected: {name}")
            }
            Problem::OutOfWideRange(range) => write!(f, "Parameter '{full}' expects {range}"),
            Problem::OutOfRange(range) => write!(f, "Parameter '{bare}' expects {range}"),
            Problem::NotAccepted(value) => {
                write!(f, "Parameter '{bare}' does not accept value '{value}'")
            }
            Problem::TooDeep => write!(f, "Parameter '{full}' is nested too deep"),
            Problem::Other(text) => f.write_str(text),
        }
    }
}

impl fmt::Debug for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ReadError({self})")
    }
}

impl std::error::Error for ReadError {}

/// The whole way, outermost first.
struct FullName<'a>(&'a [Step]);

impl fmt::Display for FullName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, step) in self.0.iter().rev().enumerate() {
            match step {
                Step::Member(name) if index == 0 => f.write_str(name)?,
                Step::Member(name) => write!(f, ".{name}")?,
                Step::Element(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

/// The whole way, or what QEMU calls a value that has none.
struct Anonymous<'a>(&'a [Step]);

impl fmt::Display for Anonymous<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            [] => f.write_str("<anonymous>"),
            path => FullName(path).fmt(f),
        }
    }
}

/// The last step alone. Some of QEMU's checks know no more than the member's own name, and nothing
/// at all of an array element.
struct BareName<'a>(Option<&'a Step>);

impl fmt::Display for BareName<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(Step::Member(name)) => f.write_str(name),
            _ => f.write_str("null"),
        }
    }
}
