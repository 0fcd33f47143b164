//! Reads and writes the same messages with structs written for them by hand, and serde's derive.

use serde::{Deserialize, Serialize};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().expect("a case");
    let times: usize = arguments.next().and_then(|n| n.parse().ok()).expect("how often");
    let text = arguments.next().map(|path| std::fs::read(path).expect("a file"));
    let text = text.unwrap_or_default();
    let (device, blockdev, exec) = (device(), blockdev(), exec());
    for _ in 0..times {
        match case.as_str() {
            "decode-schema" => std::hint::black_box(decode::<Vec<Entry>>(&text)),
            "decode-block" => std::hint::black_box(decode::<Vec<Block>>(&text)),
            "decode-info" => std::hint::black_box(decode::<Info>(&text)),
            "encode-device" => encode(&device),
            "encode-blockdev" => encode(&blockdev),
            "encode-exec" => encode(&exec),
            _ => panic!("no case {case}"),
        };
    }
}

fn decode<T: serde::de::DeserializeOwned>(text: &[u8]) -> usize {
    let reply: Reply<T> = serde_json::from_slice(text).expect("is of the type");
    std::hint::black_box(&reply.returned);
    text.len()
}

fn encode<T: Serialize>(value: &T) -> usize {
    std::hint::black_box(serde_json::to_vec(std::hint::black_box(value)).expect("writes")).len()
}

/// What a value comes in.
#[derive(Deserialize)]
struct Reply<T> {
    #[serde(rename = "return")]
    returned: T,
}

/// One entry of query-qmp-schema, whatever it is.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Entry {
    name: String,
    meta_type: String,
    arg_type: Option<String>,
    ret_type: Option<String>,
    allow_oob: Option<bool>,
    features: Option<Vec<String>>,
    element_type: Option<String>,
    json_type: Option<String>,
    tag: Option<String>,
    values: Option<Vec<String>>,
    members: Option<Vec<Member>>,
    variants: Option<Vec<Variant>>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Member {
    name: Option<String>,
    #[serde(rename = "type")]
    ty: Option<String>,
    default: Option<serde_json::Value>,
    features: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Variant {
    case: String,
    #[serde(rename = "type")]
    ty: String,
}

/// One entry of query-block.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Block {
    device: String,
    qdev: Option<String>,
    #[serde(rename = "type")]
    ty: String,
    removable: bool,
    locked: bool,
    inserted: Option<Inserted>,
    tray_open: Option<bool>,
    #[serde(rename = "io-status")]
    io_status: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Inserted {
    file: String,
    #[serde(rename = "node-name")]
    node_name: Option<String>,
    ro: bool,
    drv: String,
    backing_file: Option<String>,
    backing_file_depth: i64,
    encrypted: bool,
    detect_zeroes: String,
    bps: i64,
    bps_rd: i64,
    bps_wr: i64,
    iops: i64,
    iops_rd: i64,
    iops_wr: i64,
    image: Image,
    cache: Cache,
    write_threshold: u64,
    group: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Image {
    filename: String,
    format: String,
    actual_size: Option<i64>,
    virtual_size: i64,
    cluster_size: Option<i64>,
    backing_image: Option<Box<Image>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct Cache {
    writeback: bool,
    direct: bool,
    no_flush: bool,
}

/// guest-info's value.
#[derive(Deserialize)]
#[allow(dead_code)]
struct Info {
    version: String,
    supported_commands: Vec<CommandInfo>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(dead_code)]
struct CommandInfo {
    name: String,
    enabled: bool,
    success_response: bool,
}

#[derive(Serialize)]
struct Device {
    driver: String,
    bus: Option<String>,
    id: Option<String>,
    netdev: String,
    mac: String,
}

fn device() -> Device {
    Device {
        driver: "virtio-net-pci".to_owned(),
        bus: Some("pci.1".to_owned()),
        id: Some("net0".to_owned()),
        netdev: "hostnet0".to_owned(),
        mac: "52:54:00:12:34:56".to_owned(),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case", tag = "driver")]
enum Blockdev {
    File {
        filename: String,
    },
    Qcow2 {
        node_name: Option<String>,
        read_only: Option<bool>,
        cache: Option<CacheOptions>,
        file: Box<Blockdev>,
    },
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct CacheOptions {
    direct: Option<bool>,
    no_flush: Option<bool>,
}

fn blockdev() -> Blockdev {
    let filename = "/var/lib/images/disk.qcow2".to_owned();
    Blockdev::Qcow2 {
        node_name: Some("disk0".to_owned()),
        read_only: Some(false),
        cache: Some(CacheOptions { direct: Some(true), no_flush: Some(false) }),
        file: Box::new(Blockdev::File { filename }),
    }
}

#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
struct Exec {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    arg: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    env: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_data: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    capture_output: Option<CaptureOutput>,
}

#[derive(Serialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum CaptureOutput {
    Flag(bool),
    Mode(String),
}

fn exec() -> Exec {
    Exec {
        path: "/usr/bin/stat".to_owned(),
        arg: Some(["-c", "%s", "/etc/hostname"].map(str::to_owned).to_vec()),
        env: Some(vec!["LANG=C".to_owned()]),
        input_data: None,
        capture_output: Some(CaptureOutput::Flag(true)),
    }
}
