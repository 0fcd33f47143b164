//! Reads and writes real messages with generated bindings.

use ours::qapi::{BlockInfo, SchemaInfo, commands};
use ours::qga::commands::GuestExec;
use ours::qga::{GuestAgentInfo, GuestExecCaptureOutput};
use qapi_runtime::json::Document;
use qapi_runtime::{Policy, Wire, Writer};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let case = arguments.next().expect("a case");
    let times: usize = arguments.next().and_then(|n| n.parse().ok()).expect("how often");
    let text = arguments.next().map(|path| std::fs::read(path).expect("a file"));
    let text = text.unwrap_or_default();
    let (device, blockdev, exec) = (device(), blockdev(), exec());
    for _ in 0..times {
        match case.as_str() {
            "decode-schema" => std::hint::black_box(decode::<Vec<SchemaInfo>>(&text)),
            "decode-block" => std::hint::black_box(decode::<Vec<BlockInfo>>(&text)),
            "decode-info" => std::hint::black_box(decode::<GuestAgentInfo>(&text)),
            "encode-device" => encode(&device),
            "encode-blockdev" => encode(&blockdev),
            "encode-exec" => encode(&exec),
            _ => panic!("no case {case}"),
        };
    }
}

fn decode<T: Wire>(text: &[u8]) -> usize {
    let document = Document::parse(text).expect("is JSON");
    let returned = document.root(Policy::Tolerant).get("return").expect("a reply");
    let value = T::read(returned).expect("is of the type");
    std::hint::black_box(&value);
    text.len()
}

fn encode<T: Wire>(value: &T) -> usize {
    let mut writer = Writer::new();
    std::hint::black_box(value).write(&mut writer);
    std::hint::black_box(writer.into_bytes()).len()
}

fn device() -> commands::DeviceAdd {
    let mut device = commands::DeviceAdd::new("virtio-net-pci");
    device.bus = Some("pci.1".to_owned());
    device.id = Some("net0".to_owned());
    device.rest.insert("netdev".to_owned(), "hostnet0".into());
    device.rest.insert("mac".to_owned(), "52:54:00:12:34:56".into());
    device
}

fn blockdev() -> commands::BlockdevAdd {
    use ours::qapi::*;
    let file = BlockdevOptionsFile::new("/var/lib/images/disk.qcow2");
    let file = BlockdevOptions::new(BlockdevOptionsBranch::File(file));
    let file = BlockdevRef::Definition(Box::new(file));
    let qcow2 = BlockdevOptionsQcow2::new(file);
    let mut options = BlockdevOptions::new(qcow2.into());
    options.node_name = Some("disk0".to_owned());
    options.read_only = Some(false);
    options.cache = Some(BlockdevCacheOptions { direct: Some(true), no_flush: Some(false) });
    commands::BlockdevAdd(options)
}

fn exec() -> GuestExec {
    let mut exec = GuestExec::new("/usr/bin/stat");
    exec.arg = Some(["-c", "%s", "/etc/hostname"].map(str::to_owned).to_vec());
    exec.env = Some(vec!["LANG=C".to_owned()]);
    exec.capture_output = Some(GuestExecCaptureOutput::Flag(true));
    exec
}
