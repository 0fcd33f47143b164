//! The derives, with an example each. They are a crate of their own, because a procedural macro must
//! be; the examples stand here, where what they derive is known.

/// Derives what makes a struct an object on the wire.
///
/// ```
/// use qapi_runtime::json::Document;
/// use qapi_runtime::{Map, Object, Policy, Wire};
///
/// #[derive(Debug, PartialEq, Object)]
/// struct Process {
///     pid: i64,
///     exit_code: Option<i64>, // "exit-code" on the wire; may be absent
///     #[qapi(name = "out_data")]
///     output: Option<String>,
///     #[qapi(rest)]
///     others: Map,
/// }
///
/// let message = Document::parse(br#"{"pid": 7, "exit-code": 0, "user": "root"}"#)?;
/// let process = Process::read(message.root(Policy::Strict))?;
/// assert_eq!((process.pid, process.exit_code, process.output), (7, Some(0), None));
/// assert_eq!(process.others["user"], "root");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use qapi_derive::Object;

/// Derives what makes an enum a set of names on the wire.
///
/// ```
/// use qapi_runtime::json::Document;
/// use qapi_runtime::{Enum, Policy, Wire};
///
/// #[derive(Debug, PartialEq, Enum)]
/// enum Speed {
///     Auto,
///     #[qapi(name = "2_5")]
///     Gen1,
///     #[qapi(unrecognized)]
///     Unrecognized(Box<str>),
/// }
///
/// assert_eq!(Speed::NAMES, ["auto", "2_5"]);
/// assert_eq!(Speed::Gen1.to_string(), "2_5");
/// assert_eq!("auto".parse::<Speed>()?, Speed::Auto);
///
/// // A server refuses what it does not know, a client keeps it.
/// let message = Document::parse(br#""64""#)?;
/// assert!(Speed::read(message.root(Policy::Strict)).is_err());
/// assert_eq!(Speed::read(message.root(Policy::Tolerant))?.as_str(), "64");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use qapi_derive::Enum;

/// Derives what makes an enum an object whose tag selects further members.
///
/// ```
/// use qapi_runtime::json::Document;
/// use qapi_runtime::{Object, Policy, Union, Wire};
///
/// #[derive(Debug, PartialEq, Object)]
/// struct Inet {
///     host: String,
///     port: u16,
/// }
///
/// #[derive(Debug, PartialEq, Union)]
/// #[qapi(tag = "type")]
/// enum Address {
///     Inet(Inet),
///     None,
///     #[qapi(unrecognized)]
///     Unrecognized(qapi_runtime::Unrecognized),
/// }
///
/// // Base members, tag and branch stand in one object.
/// #[derive(Debug, PartialEq, Object)]
/// struct Netdev {
///     id: String,
///     #[qapi(branch)]
///     r#type: Address,
/// }
///
/// let message = Document::parse(br#"{"type": "inet", "id": "n", "host": "h", "port": 1}"#)?;
/// let netdev = Netdev::read(message.root(Policy::Strict))?;
/// assert_eq!(netdev.r#type.tag(), "inet");
/// assert_eq!(netdev.r#type, Address::Inet(Inet { host: "h".into(), port: 1 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use qapi_derive::Union;

/// Derives what makes an enum a value of one of several types, told apart by their JSON kind.
///
/// ```
/// use qapi_runtime::json::Document;
/// use qapi_runtime::{Alternate, Null, Policy, Wire};
///
/// #[derive(Debug, PartialEq, Alternate)]
/// #[qapi(name = "StrOrNull")]
/// enum StringOrNull {
///     String(String),
///     Null(Null),
/// }
///
/// let message = Document::parse(b"[\"a\", null]")?;
/// let values = Vec::<StringOrNull>::read(message.root(Policy::Strict))?;
/// assert_eq!(values, [StringOrNull::String("a".into()), StringOrNull::Null(Null)]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use qapi_derive::Alternate;

/// Derives what makes a struct a command, as good as a generated one.
///
/// ```
/// use qapi_runtime::{Command, Object};
///
/// #[derive(Debug, Object)]
/// struct Started {
///     pid: i64,
/// }
///
/// #[derive(Debug, Command)]
/// #[qapi(name = "guest-exec", returns = Started)]
/// struct GuestExec {
///     path: String,
///     arg: Option<Vec<String>>,
/// }
///
/// #[derive(Debug, Command)]
/// #[qapi(name = "guest-shutdown", no_success_response)]
/// struct GuestShutdown;
///
/// assert_eq!(<GuestExec as Command>::NAME, "guest-exec");
/// assert!(!<GuestShutdown as Command>::SUCCESS_RESPONSE);
/// ```
pub use qapi_derive::Command;

/// Derives what makes a struct an event, as good as a generated one.
///
/// ```
/// use qapi_runtime::json::Document;
/// use qapi_runtime::{Event, Policy, Wire};
///
/// #[derive(Debug, Event)]
/// #[qapi(name = "SHUTDOWN")]
/// struct Shutdown {
///     guest: bool,
/// }
///
/// let data = Document::parse(br#"{"guest": true}"#)?;
/// assert!(Shutdown::read(data.root(Policy::Tolerant))?.guest);
/// assert_eq!(Shutdown::NAME, "SHUTDOWN");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub use qapi_derive::Event;
