// QEMU checks base members in their order, the tag among them, and then those of the branch.

use qapi_runtime::{Object, Union};

#[path = "../wire.rs"]
mod wire;

#[derive(Debug, Object)]
struct Inet {
    host: String,
}

#[derive(Debug, Union)]
#[qapi(tag = "type")]
enum Address {
    Inet(Inet),
}

#[derive(Debug, Object)]
#[allow(dead_code)]
struct Netdev {
    id: String,
    #[qapi(rest)]
    others: qapi_runtime::Map,
    #[qapi(branch)]
    r#type: Box<Address>,
    queues: i64,
}

fn main() {
    let queues = "Invalid parameter type for 'queues', expected: integer";
    wire::refused::<Netdev>(r#"{"type": 1, "queues": "x"}"#, "Parameter 'id' is missing");
    wire::refused::<Netdev>(
        r#"{"id": "n", "type": "x", "queues": "x"}"#,
        "Parameter 'type' does not accept value 'x'",
    );
    wire::refused::<Netdev>(r#"{"id": "n", "type": "inet", "queues": "x"}"#, queues);
    wire::refused::<Netdev>(
        r#"{"id": "n", "type": "inet", "queues": 1}"#,
        "Parameter 'host' is missing",
    );

    // The rest is what neither base nor branch has, wherever it is declared.
    let text = r#"{"id": "n", "type": "inet", "queues": 1, "host": "h", "a": 1}"#;
    let netdev = wire::strict::<Netdev>(text).unwrap();
    assert_eq!(netdev.others.len(), 1);
}
