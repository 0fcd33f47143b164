//! Where a disk is connected, read off its path in /sys.
//!
//! `/sys/devices/pci0000:00/0000:00:02.0/virtio1/block/vda`: each folder is a device, and hangs on
//! the one before it. Libvirt finds its disks by the numbers made here, so they are qemu-ga's, which
//! are not the same for every kind of controller.

use crate::host::Host;
use crate::schema::{GuestCCWAddress, GuestDiskAddress, GuestDiskBusType, GuestPCIAddress};
use std::path::{Path, PathBuf};

/// Fills in what can be told of the controller, the bus and the place on it.
pub(super) fn fill_in(host: &Host, folder: &Path, address: &mut GuestDiskAddress) {
    let names: Vec<&str> = folder.iter().filter_map(|name| name.to_str()).collect();
    let on = |device| names.iter().any(|name| numbered(name, device).is_some());
    let scsi = scsi(&names);
    let controller = pci(folder);
    let driver = controller.as_ref().and_then(|(folder, _)| driver(host, folder));
    address.ccw_address = ccw(&names);
    match (driver.as_deref(), &controller) {
        (Some("ata_piix"), Some((controller, _))) => ata(host, controller, &names, scsi, address),
        (Some("ahci"), Some((controller, _))) => sata(host, controller, &names, address),
        _ if on("usb") => address.bus_type = GuestDiskBusType::Usb,
        _ if on("virtio") => virtio(scsi, address),
        _ if on("nvme") => address.bus_type = GuestDiskBusType::Nvme,
        _ => other(scsi, address),
    }
    if let Some((_, pci)) = controller {
        address.pci_controller = pci;
    }
}

/// A place on a SCSI bus.
#[derive(Clone, Copy)]
struct Scsi {
    channel: i64,
    target: i64,
    unit: i64,
}

/// `0:0:1:2`: host, channel, target, unit.
fn scsi(names: &[&str]) -> Option<Scsi> {
    names.iter().rev().find_map(|name| {
        let numbers: Vec<i64> = name.split(':').map(|n| n.parse().ok()).collect::<Option<_>>()?;
        let [_, channel, target, unit] = numbers[..] else { return None };
        Some(Scsi { channel, target, unit })
    })
}

/// One disk a device, or a SCSI bus.
fn virtio(scsi: Option<Scsi>, address: &mut GuestDiskAddress) {
    if let Some(Scsi { channel, target, unit }) = scsi {
        address.bus_type = GuestDiskBusType::Scsi;
        (address.bus, address.target, address.unit) = (channel, target, unit);
    } else {
        address.bus_type = GuestDiskBusType::Virtio;
    }
}

/// A plain SCSI controller, which counts its disks by target; or one that we do not know.
fn other(scsi: Option<Scsi>, address: &mut GuestDiskAddress) {
    if let Some(Scsi { target, .. }) = scsi {
        address.bus_type = GuestDiskBusType::Scsi;
        address.unit = target;
    }
}

/// Two disks a port.
fn ata(
    host: &Host,
    controller: &Path,
    names: &[&str],
    scsi: Option<Scsi>,
    address: &mut GuestDiskAddress,
) {
    if let (Some(port), Some(scsi)) = (port(host, controller, names), scsi) {
        address.bus_type = GuestDiskBusType::Ide;
        (address.bus, address.unit) = (port, scsi.target);
    }
}

/// One disk a port.
fn sata(host: &Host, controller: &Path, names: &[&str], address: &mut GuestDiskAddress) {
    if let Some(port) = port(host, controller, names) {
        address.bus_type = GuestDiskBusType::Sata;
        address.unit = port;
    }
}

/// Which port of its controller the disk is on, from 0. The kernel numbers the ports of all
/// controllers through (`ata3`); the controller's folder tells which are its own.
fn port(host: &Host, controller: &Path, names: &[&str]) -> Option<i64> {
    let entries = host.entries(controller).ok()?;
    ["ata", "host"].iter().find_map(|prefix| {
        let own = names.iter().find_map(|name| numbered(name, prefix))?;
        let earlier = entries.iter().filter_map(|name| numbered(name, prefix)).filter(|n| *n < own);
        i64::try_from(earlier.count()).ok()
    })
}

/// The PCI device nearest to the disk: its folder and its address.
fn pci(folder: &Path) -> Option<(PathBuf, GuestPCIAddress)> {
    folder.ancestors().find_map(|folder| {
        let address = pci_address(folder.file_name()?.to_str()?)?;
        Some((folder.to_owned(), address))
    })
}

/// `0000:00:02.0`, hexadecimal.
fn pci_address(name: &str) -> Option<GuestPCIAddress> {
    let (name, function) = name.split_once('.')?;
    let numbers: Vec<&str> = name.split(':').collect();
    let [domain, bus, slot] = numbers[..] else { return None };
    Some(GuestPCIAddress {
        domain: hexadecimal(domain)?,
        bus: hexadecimal(bus)?,
        slot: hexadecimal(slot)?,
        function: hexadecimal(function)?,
    })
}

/// `css0/0.0.0001/0.0.1000`: the subchannel, then the device on it.
fn ccw(names: &[&str]) -> Option<GuestCCWAddress> {
    let start = names.iter().position(|name| numbered(name, "css").is_some())?;
    let (cssid, ssid, subchno) = dotted(names.get(start + 1)?)?;
    let (_, _, devno) = dotted(names.get(start + 2)?)?;
    Some(GuestCCWAddress { cssid, ssid, subchno, devno })
}

fn dotted(name: &str) -> Option<(i64, i64, i64)> {
    let numbers: Vec<i64> = name.split('.').map(hexadecimal).collect::<Option<_>>()?;
    let [a, b, c] = numbers[..] else { return None };
    Some((a, b, c))
}

/// The kernel's driver for a device, by name.
fn driver(host: &Host, device: &Path) -> Option<String> {
    let link = std::fs::read_link(host.path(device.join("driver"))).ok()?;
    Some(link.file_name()?.to_string_lossy().into_owned())
}

/// The number behind a prefix: `ata3`.
fn numbered(name: &str, prefix: &str) -> Option<u32> {
    name.strip_prefix(prefix)?.parse().ok()
}

fn hexadecimal(digits: &str) -> Option<i64> {
    i64::from_str_radix(digits, 16).ok()
}
