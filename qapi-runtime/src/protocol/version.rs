//! The version that a server says of itself, in QMP's form: three numbers and a package's name.

use crate::{Kinds, Members, ReadError, Wire, Writer};
use core::fmt;
use core::str::FromStr;

/// `{"qemu": {"micro": 0, "minor": 0, "major": 11}, "package": ""}`. The member is called `qemu`
/// whoever sends it, so that one client can read every server.
///
/// ```
/// use qapi_runtime::protocol::Version;
///
/// assert_eq!("11.0.2".parse(), Ok(Version::new(11, 0, 2)));
/// for text in ["", "1.2", "1.2.3.4", "1.2.x", "-1.0.0", "1..2"] {
///     assert!(text.parse::<Version>().is_err(), "{text}");
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Version {
    /// Changes when old clients may have to change.
    pub major: i64,
    /// Changes when something was added.
    pub minor: i64,
    /// Changes when something was mended.
    pub micro: i64,
    /// What a distributor adds; may be empty.
    pub package: String,
}

impl Version {
    /// A version without a package.
    pub const fn new(major: i64, minor: i64, micro: i64) -> Self {
        Version { major, minor, micro, package: String::new() }
    }
}

impl Wire for Version {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        let Triple { major, minor, micro } = members.mandatory("qemu")?;
        Ok(Version { major, minor, micro, package: members.mandatory("package")? })
    }

    fn write_members(&self, writer: &mut Writer) {
        let Version { major, minor, micro, ref package } = *self;
        writer.member("qemu", &Triple { major, minor, micro });
        writer.member("package", package);
    }
}

struct Triple {
    major: i64,
    minor: i64,
    micro: i64,
}

impl Wire for Triple {
    const KINDS: Kinds = Kinds::OBJECT;

    fn read_members(members: &mut Members<'_>) -> Result<Self, ReadError> {
        Ok(Triple {
            micro: members.mandatory("micro")?,
            minor: members.mandatory("minor")?,
            major: members.mandatory("major")?,
        })
    }

    fn write_members(&self, writer: &mut Writer) {
        writer.member("micro", &self.micro);
        writer.member("minor", &self.minor);
        writer.member("major", &self.major);
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Version { major, minor, micro, package } = self;
        write!(f, "{major}.{minor}.{micro}")?;
        if package.is_empty() { Ok(()) } else { write!(f, " ({package})") }
    }
}

/// Says that a text is not three numbers with dots between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VersionError;

impl fmt::Display for VersionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a version has the form X.Y.Z")
    }
}

impl std::error::Error for VersionError {}

impl FromStr for Version {
    type Err = VersionError;

    fn from_str(text: &str) -> Result<Self, VersionError> {
        let numbers: Vec<u32> =
            text.split('.').map(str::parse).collect::<Result<_, _>>().map_err(|_| VersionError)?;
        let [major, minor, micro] = numbers[..] else { return Err(VersionError) };
        Ok(Version::new(major.into(), minor.into(), micro.into()))
    }
}
