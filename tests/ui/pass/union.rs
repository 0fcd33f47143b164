// A union alone, in a struct with base members, and in another union; unknown branches.

use qapi_runtime::{Object, Union};

#[path = "../wire.rs"]
mod wire;

#[derive(Debug, PartialEq, Object)]
struct Inet {
    host: String,
    port: Option<u16>,
}

#[derive(Debug, PartialEq, Union)]
#[qapi(tag = "type")]
enum Address {
    Inet(Box<Inet>),
    #[qapi(name = "fd_pass")]
    FdPass,
    #[qapi(unrecognized)]
    Unrecognized(qapi_runtime::Unrecognized),
}

#[derive(Debug, PartialEq, Union)]
#[qapi(tag = "transport")]
enum Channel {
    Exec,
    Socket(Address),
}

#[derive(Debug, PartialEq, Object)]
struct Netdev {
    id: String,
    #[qapi(branch)]
    channel: Channel,
    queues: Option<u32>,
}

fn main() {
    let inet = || Address::Inet(Box::new(Inet { host: "a".into(), port: None }));
    assert_eq!(inet().tag(), "inet");
    assert_eq!(Address::TAG, "type");
    assert_eq!(Address::NAMES, ["inet", "fd_pass"]);
    wire::round(inet(), r#"{"type": "inet", "host": "a"}"#);
    wire::round(Address::FdPass, r#"{"type": "fd_pass"}"#);
    wire::refused::<Address>(r#"{"host": "a"}"#, "Parameter 'type' is missing");
    wire::refused::<Address>(
        r#"{"type": "vsock"}"#,
        "Parameter 'type' does not accept value 'vsock'",
    );
    wire::refused::<Address>(
        r#"{"type": "fd_pass", "host": "a"}"#,
        "Parameter 'host' is unexpected",
    );

    // The tag may stand anywhere, and what is unknown is kept.
    let vsock = wire::tolerant::<Address>(r#"{"cid": 3, "type": "vsock"}"#).unwrap();
    assert_eq!(vsock.tag(), "vsock");
    assert_eq!(wire::written(&vsock), r#"{"type": "vsock", "cid": 3}"#);

    let netdev = Netdev { id: "n".into(), channel: Channel::Socket(inet()), queues: Some(1) };
    let text = r#"{"id": "n", "transport": "socket", "type": "inet", "host": "a", "queues": 1}"#;
    wire::round(netdev, text);
    let newer = wire::tolerant::<Netdev>(r#"{"id": "n", "transport": "rdma"}"#);
    assert_eq!(
        newer.unwrap_err().to_string(),
        "Parameter 'transport' does not accept value 'rdma'"
    );
}
