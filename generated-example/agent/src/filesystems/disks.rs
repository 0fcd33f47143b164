//! From a block device to the disks under it, through /sys/dev/block.
//!
//! In: a device's number. Out: its name and where its disks are connected. Devices that exist only
//! in the kernel (device mapper, RAID) lead to those that they are made of. Where the disks sit is
//! read off their paths in /sys; see `place`.

use super::mounts::Device;
use super::place;
use crate::host::Host;
use crate::schema::{GuestDiskAddress, GuestDiskBusType, GuestPCIAddress};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// What a filesystem lies on.
pub(super) struct LiesOn {
    /// The name of its block device, such as `vda1`.
    pub(super) name: String,
    pub(super) disks: Vec<GuestDiskAddress>,
}

/// Follows a device down.
pub(super) fn under(host: &Host, device: Device) -> LiesOn {
    let link = format!("/sys/dev/block/{device}");
    // In a container the folder of the device can be missing. Its number is then all there is.
    let Ok(path) = host.path(&link).canonicalize() else {
        return LiesOn { name: device.to_string(), disks: Vec::new() };
    };
    let mut disks = Vec::new();
    collect(host, host.inside(&path), &mut BTreeSet::new(), &mut disks);
    LiesOn { name: file_name(&path), disks }
}

/// Adds the disks under the device with a folder in /sys, each device once.
fn collect(
    host: &Host,
    folder: PathBuf,
    seen: &mut BTreeSet<PathBuf>,
    disks: &mut Vec<GuestDiskAddress>,
) {
    if !folder.starts_with("/sys/devices/virtual/block") {
        disks.push(disk(host, &folder));
        return;
    }
    let slaves = folder.join("slaves");
    for slave in host.entries(&slaves).unwrap_or_default() {
        let Ok(path) = host.path(slaves.join(slave)).canonicalize() else { continue };
        let slave = host.inside(&path);
        if seen.insert(slave.clone()) {
            collect(host, slave, seen, disks);
        }
    }
}

/// A disk, or a partition of one.
fn disk(host: &Host, folder: &Path) -> GuestDiskAddress {
    let mut address = GuestDiskAddress {
        dev: property(host, &folder.join("uevent"), "DEVNAME=").map(|name| format!("/dev/{name}")),
        serial: serial(host, folder),
        ..GuestDiskAddress::new(unknown(), GuestDiskBusType::Unknown, 0, 0, 0)
    };
    place::fill_in(host, folder, &mut address);
    address
}

/// An address that says that there is none.
fn unknown() -> GuestPCIAddress {
    GuestPCIAddress { domain: -1, bus: -1, slot: -1, function: -1 }
}

/// What udev found out when the disk came up.
fn serial(host: &Host, folder: &Path) -> Option<String> {
    let number = host.line(folder.join("dev")).ok()?;
    property(host, Path::new(&format!("/run/udev/data/b{number}")), "E:ID_SERIAL=")
}

/// What stands behind a key at the start of a line.
fn property(host: &Host, file: &Path, key: &str) -> Option<String> {
    let text = host.text(file).ok()?;
    let value = text.lines().find_map(|line| line.strip_prefix(key))?;
    (!value.is_empty()).then(|| value.to_owned())
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
