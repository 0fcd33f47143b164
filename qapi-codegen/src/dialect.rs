//! Which release's language a schema is written in, and how strictly its documentation is read.
//!
//! Data only: the stages ask these values what is allowed.

use std::fmt;
use std::str::FromStr;

/// A release of the language. Later releases compare greater, so a rule that came with a release
/// reads `dialect >= Dialect::Qemu10_0`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Dialect {
    /// QEMU 5.2: simple unions, C preprocessor conditions.
    Qemu5_2,
    /// QEMU 7.2.
    Qemu7_2,
    /// QEMU 10.0.
    Qemu10_0,
    /// QEMU 10.2.
    Qemu10_2,
    /// QEMU 10.2 and what this project adds: `envelope`, `capability`, pragma `capabilities`.
    #[default]
    Extended,
}

impl Dialect {
    /// All of them, oldest first.
    pub const ALL: [Dialect; 5] = [
        Dialect::Qemu5_2,
        Dialect::Qemu7_2,
        Dialect::Qemu10_0,
        Dialect::Qemu10_2,
        Dialect::Extended,
    ];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Dialect::Qemu5_2 => "qemu-5.2",
            Dialect::Qemu7_2 => "qemu-7.2",
            Dialect::Qemu10_0 => "qemu-10.0",
            Dialect::Qemu10_2 => "qemu-10.2",
            Dialect::Extended => "extended",
        }
    }

    /// How that release reads documentation.
    pub fn doc_checks(self) -> DocChecks {
        match self {
            Dialect::Qemu5_2 | Dialect::Qemu7_2 => DocChecks::Legacy,
            Dialect::Qemu10_0 => DocChecks::V10_0,
            Dialect::Qemu10_2 | Dialect::Extended => DocChecks::Strict,
        }
    }
}

/// How strictly documentation is read. Stricter levels compare greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DocChecks {
    /// Nothing in documentation is an error; what cannot be read is kept as plain text.
    Off,
    /// As QEMU up to 7.2: `Note:` and `Example:` sections, undocumented members.
    Legacy,
    /// As QEMU 10.0: every member documented, sections checked.
    V10_0,
    /// As QEMU 10.2: also the style of every line.
    Strict,
}

impl DocChecks {
    /// All of them, the most lenient first.
    pub const ALL: [DocChecks; 4] =
        [DocChecks::Off, DocChecks::Legacy, DocChecks::V10_0, DocChecks::Strict];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            DocChecks::Off => "off",
            DocChecks::Legacy => "legacy",
            DocChecks::V10_0 => "10.0",
            DocChecks::Strict => "strict",
        }
    }
}

/// A name that is none of the known ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownName {
    what: &'static str,
    given: String,
    known: Vec<&'static str>,
}

impl fmt::Display for UnknownName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown {} '{}'; known are {}", self.what, self.given, self.known.join(", "))
    }
}

impl std::error::Error for UnknownName {}

impl FromStr for Dialect {
    type Err = UnknownName;
    fn from_str(given: &str) -> Result<Self, UnknownName> {
        named("dialect", &Dialect::ALL, Dialect::as_str, given)
    }
}

impl FromStr for DocChecks {
    type Err = UnknownName;
    fn from_str(given: &str) -> Result<Self, UnknownName> {
        named("level of documentation checks", &DocChecks::ALL, DocChecks::as_str, given)
    }
}

fn named<T: Copy>(
    what: &'static str,
    all: &[T],
    name: fn(T) -> &'static str,
    given: &str,
) -> Result<T, UnknownName> {
    all.iter().copied().find(|&one| name(one) == given).ok_or_else(|| UnknownName {
        what,
        given: given.to_owned(),
        known: all.iter().map(|&one| name(one)).collect(),
    })
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for DocChecks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::{Dialect, DocChecks};

    #[test]
    fn names_are_read_as_they_are_printed() {
        for dialect in Dialect::ALL {
            assert_eq!(dialect.to_string().parse(), Ok(dialect));
        }
        for checks in DocChecks::ALL {
            assert_eq!(checks.to_string().parse(), Ok(checks));
        }
        let unknown = "qemu-6.0".parse::<Dialect>().map_err(|error| error.to_string());
        let known = "qemu-5.2, qemu-7.2, qemu-10.0, qemu-10.2, extended";
        assert_eq!(unknown, Err(format!("unknown dialect 'qemu-6.0'; known are {known}")));
    }
}
