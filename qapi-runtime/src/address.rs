//! Where a peer is: `unix:/run/agent.sock`, `tcp:localhost:4444`, … as text and as data.
//!
//! Only the grammar. Opening an address is `transport`'s business, and whether an address makes
//! sense for a client or for a server as well.

use core::fmt;
use core::str::FromStr;
use std::path::PathBuf;

/// The place of a peer or of a listener.
///
/// ```
/// use qapi_runtime::Address;
///
/// let address: Address = "tcp:[::1]:4444".parse()?;
/// assert_eq!(address, Address::Tcp { host: "::1".to_owned(), port: 4444 });
/// for text in ["unix:/run/a:b", "tcp:host:0", "vsock:2:1024", "chardev:/dev/vport0p1",
///              "exec:ssh guest agent", "stdio", "fd:3", "tcp:[::1]:4444"] {
///     assert_eq!(text.parse::<Address>()?.to_string(), text);
/// }
/// for text in ["", "/run/agent", "unix:", "tcp:4444", "tcp::1", "tcp:::1:2", "tcp:host:65536",
///              "vsock:2", "exec: ", "fd:-1", "stdio:", "http://host"] {
///     assert!(text.parse::<Address>().is_err(), "{text}");
/// }
/// # Ok::<(), qapi_runtime::address::AddressError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Address {
    /// `unix:PATH`: a unix stream socket.
    Unix(PathBuf),
    /// `tcp:HOST:PORT`; an IPv6 address stands in brackets. Port 0 lets the system choose one.
    Tcp {
        /// A name or an address, without brackets.
        host: String,
        /// The port.
        port: u16,
    },
    /// `vsock:CID:PORT`: a socket between a machine and its host.
    Vsock {
        /// The machine; 2 is the host.
        cid: u32,
        /// The port.
        port: u32,
    },
    /// `chardev:PATH`: a character device, such as a virtio-serial port. A terminal must be in raw
    /// mode, or it alters and echoes what passes.
    Chardev(PathBuf),
    /// `exec:COMMAND…`: the standard input and output of a program and its arguments, which white
    /// space parts. No shell looks at them.
    Exec(Vec<String>),
    /// `stdio`: our own standard input and output.
    Stdio,
    /// `fd:N`: a descriptor that we were started with, as in systemd's socket activation.
    Fd(u32),
}

/// The forms that an address can have, for messages.
pub const FORMS: &str =
    "unix:PATH, tcp:HOST:PORT, vsock:CID:PORT, chardev:PATH, exec:COMMAND, stdio or fd:N";

/// Why a text is no address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError {
    /// The text.
    pub address: String,
    /// What is wrong with it.
    pub reason: String,
}

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "'{}' is no address: {}", self.address, self.reason)
    }
}

impl std::error::Error for AddressError {}

impl FromStr for Address {
    type Err = AddressError;

    fn from_str(text: &str) -> Result<Self, AddressError> {
        parse(text).map_err(|reason| AddressError { address: text.to_owned(), reason })
    }
}

fn parse(text: &str) -> Result<Address, String> {
    if text == "stdio" {
        return Ok(Address::Stdio);
    }
    let (form, rest) = text.split_once(':').ok_or_else(|| format!("expected {FORMS}"))?;
    match form {
        "unix" => Ok(Address::Unix(path(rest)?)),
        "tcp" => tcp(rest),
        "vsock" => vsock(rest),
        "chardev" => Ok(Address::Chardev(path(rest)?)),
        "exec" if rest.trim().is_empty() => Err("there is no command".to_owned()),
        "exec" => Ok(Address::Exec(rest.split_ascii_whitespace().map(str::to_owned).collect())),
        "fd" => Ok(Address::Fd(number(rest, "descriptor")?)),
        _ => Err(format!("expected {FORMS}")),
    }
}

fn path(text: &str) -> Result<PathBuf, String> {
    if text.is_empty() { Err("there is no path".to_owned()) } else { Ok(PathBuf::from(text)) }
}

fn tcp(rest: &str) -> Result<Address, String> {
    let (host, port) = rest.rsplit_once(':').ok_or("expected tcp:HOST:PORT")?;
    let inside = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
    if inside.is_none() && host.contains(':') {
        return Err(format!("an IPv6 address stands in brackets: tcp:[{host}]:{port}"));
    }
    let host = inside.unwrap_or(host);
    if host.is_empty() {
        return Err("there is no host".to_owned());
    }
    Ok(Address::Tcp { host: host.to_owned(), port: number(port, "port")? })
}

fn vsock(rest: &str) -> Result<Address, String> {
    let (cid, port) = rest.split_once(':').ok_or("expected vsock:CID:PORT")?;
    Ok(Address::Vsock { cid: number(cid, "context id")?, port: number(port, "port")? })
}

fn number<N: FromStr>(text: &str, what: &str) -> Result<N, String> {
    text.parse().map_err(|_| format!("'{text}' is no {what}"))
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Address::Unix(path) => write!(f, "unix:{}", path.display()),
            Address::Tcp { host, port } if host.contains(':') => write!(f, "tcp:[{host}]:{port}"),
            Address::Tcp { host, port } => write!(f, "tcp:{host}:{port}"),
            Address::Vsock { cid, port } => write!(f, "vsock:{cid}:{port}"),
            Address::Chardev(path) => write!(f, "chardev:{}", path.display()),
            Address::Exec(words) => write!(f, "exec:{}", words.join(" ")),
            Address::Stdio => f.write_str("stdio"),
            Address::Fd(number) => write!(f, "fd:{number}"),
        }
    }
}
