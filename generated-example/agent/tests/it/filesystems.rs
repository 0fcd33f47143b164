use crate::fixture::Guest;
use qapi_agent::filesystems::filesystems;
use qapi_agent::schema::{
    GuestCCWAddress, GuestDiskAddress, GuestDiskBusType, GuestFilesystemInfo, GuestPCIAddress,
};

/// A guest with this mount table.
fn guest(mounts: &str) -> Guest {
    Guest::with(&[("/proc/self/mountinfo", mounts.as_bytes())])
}

fn found(guest: &Guest) -> Vec<GuestFilesystemInfo> {
    filesystems(&guest.host).unwrap()
}

/// Adds a block device: its folder in /sys/devices and its number.
fn device<'a>(guest: &'a Guest, folder: &str, number: &str) -> &'a Guest {
    let name = folder.rsplit('/').next().unwrap();
    guest.file(&format!("/sys/devices/{folder}/uevent"), format!("DEVNAME={name}\n").as_bytes());
    guest.file(&format!("/sys/devices/{folder}/dev"), format!("{number}\n").as_bytes());
    guest.link(&format!("/sys/dev/block/{number}"), &format!("../../devices/{folder}"))
}

/// The only disk of the only filesystem of a guest with one device.
fn only_disk(guest: &Guest) -> GuestDiskAddress {
    let mut found = found(guest);
    assert_eq!(found.len(), 1);
    let mut disks = found.remove(0).disk;
    assert_eq!(disks.len(), 1);
    disks.remove(0)
}

const PCI: GuestPCIAddress = GuestPCIAddress { domain: 0, bus: 0, slot: 2, function: 1 };
const NO_PCI: GuestPCIAddress = GuestPCIAddress { domain: -1, bus: -1, slot: -1, function: -1 };
const PCI_FOLDER: &str = "pci0000:00/0000:00:02.1";

fn address(bus_type: GuestDiskBusType, dev: &str) -> GuestDiskAddress {
    let dev = Some(format!("/dev/{dev}"));
    GuestDiskAddress { dev, ..GuestDiskAddress::new(PCI, bus_type, 0, 0, 0) }
}

/// A guest whose disk hangs on a PCI device with this driver.
fn on_pci(driver: &str, below: &str) -> Guest {
    let guest = guest("1 0 8:1 / / rw - ext4 /dev/x rw\n");
    device(&guest, &format!("{PCI_FOLDER}/{below}"), "8:1");
    let link = format!("/sys/devices/{PCI_FOLDER}/driver");
    guest.link(&link, &format!("../../../bus/pci/drivers/{driver}"));
    guest
}

#[test]
fn mounts_without_a_block_device_and_broken_lines_are_left_out() {
    let guest = guest(
        "22 27 0:21 / /proc rw,relatime - proc proc rw\n\
         27 1 254:0 / / rw,relatime shared:1 master:2 - ext4 /dev/vda rw\n\
         garbage\n\
         1 2 3\n\
         28 27 x:y / /x rw - ext4 /dev/x rw\n\
         29 27 254:1 / /cut\n\
         30 27 254:1 / /tab\\011\\134x\\ rw - xfs /dev/vda1 rw\n\
         31 27 0:40 / /btrfs rw - btrfs /dev/missing rw\n\
         - \n\n \n",
    );
    guest.folder("/tab\t\\x\\");
    let found = found(&guest);
    let summary: Vec<_> =
        found.iter().map(|f| (f.name.as_str(), f.mountpoint.as_str(), f.r#type.as_str())).collect();
    assert_eq!(summary, [("254:0", "/", "ext4"), ("254:1", "/tab\t\\x\\", "xfs")]);
    assert!(found.iter().all(|filesystem| filesystem.disk.is_empty()));
    let sizes = &found[1];
    assert!(sizes.total_bytes_privileged >= sizes.total_bytes);
    assert!(sizes.total_bytes >= sizes.used_bytes && sizes.used_bytes.is_some());
}

#[test]
fn a_mount_point_that_is_gone_has_no_size() {
    let found = found(&guest("1 0 8:1 / /gone rw - ext4 /dev/x rw"));
    assert_eq!((found[0].used_bytes, found[0].total_bytes), (None, None));
}

#[test]
fn no_mount_table() {
    let error = filesystems(&Guest::with(&[]).host).unwrap_err();
    assert_eq!(error.desc, "failed to read file '/proc/self/mountinfo': No such file or directory");
}

#[test]
fn virtio_disk_with_partition_and_serial_number() {
    let guest = on_pci("virtio-pci", "virtio1/block/vda/vda1");
    guest.file("/run/udev/data/b8:1", b"N:vda1\nE:ID_SERIAL=abc-1\nE:ID_SERIAL_SHORT=x\n");
    let serial = Some("abc-1".to_owned());
    let expected = GuestDiskAddress { serial, ..address(GuestDiskBusType::Virtio, "vda1") };
    assert_eq!(only_disk(&guest), expected);
    assert_eq!(found(&guest)[0].name, "vda1");
}

#[test]
fn virtio_scsi_disk() {
    let guest = on_pci("virtio-pci", "virtio2/host0/target0:1:2/0:1:2:3/block/sda");
    let expected =
        GuestDiskAddress { bus: 1, target: 2, unit: 3, ..address(GuestDiskBusType::Scsi, "sda") };
    assert_eq!(only_disk(&guest), expected);
}

#[test]
fn ide_and_sata_disks_count_the_ports_of_their_controller() {
    for (driver, bus_type, bus, unit) in
        [("ata_piix", GuestDiskBusType::Ide, 1, 0), ("ahci", GuestDiskBusType::Sata, 0, 1)]
    {
        let guest = on_pci(driver, "ata12/host11/target11:0:0/11:0:0:0/block/sdb");
        guest.folder(&format!("/sys/devices/{PCI_FOLDER}/ata9"));
        let expected = GuestDiskAddress { bus, unit, ..address(bus_type, "sdb") };
        assert_eq!(only_disk(&guest), expected, "{driver}");
    }
}

#[test]
fn disks_on_other_controllers() {
    for (driver, below, bus_type, unit) in [
        ("nvme", "nvme/nvme0/nvme0n1", GuestDiskBusType::Nvme, 0),
        (
            "xhci_hcd",
            "usb1/1-1/1-1:1.0/host2/target2:0:0/2:0:0:0/block/sdc",
            GuestDiskBusType::Usb,
            0,
        ),
        ("sym53c8xx", "host0/target0:0:4/0:0:4:0/block/sda", GuestDiskBusType::Scsi, 4),
        ("strange", "strange0/block/st0", GuestDiskBusType::Unknown, 0),
    ] {
        let disk = only_disk(&on_pci(driver, below));
        assert_eq!(
            (disk.bus_type, disk.unit, disk.pci_controller),
            (bus_type, unit, PCI),
            "{driver}"
        );
    }
}

#[test]
fn disks_behind_a_bridge_are_on_the_nearest_device() {
    let guest = guest("1 0 8:1 / / rw - ext4 /dev/x rw\n");
    device(&guest, "pci0000:00/0000:00:01.0/abcd:1f:1e.7/virtio1/block/vda", "8:1");
    let expected = GuestPCIAddress { domain: 0xabcd, bus: 0x1f, slot: 0x1e, function: 7 };
    assert_eq!(only_disk(&guest).pci_controller, expected);
}

#[test]
fn virtio_disks_without_pci() {
    let guest = guest("1 0 8:1 / / rw - ext4 /dev/x rw\n");
    device(&guest, "platform/a003e00.virtio_mmio/virtio0/block/vda", "8:1");
    let expected =
        GuestDiskAddress { pci_controller: NO_PCI, ..address(GuestDiskBusType::Virtio, "vda") };
    assert_eq!(only_disk(&guest), expected);
}

#[test]
fn virtio_disks_on_a_mainframe() {
    let guest = guest("1 0 8:1 / / rw - ext4 /dev/x rw\n");
    device(&guest, "css0/0.0.0005/fe.2.1aff/virtio5/block/vda", "8:1");
    let disk = only_disk(&guest);
    let expected = GuestCCWAddress { cssid: 0, ssid: 0, subchno: 5, devno: 0x1aff };
    assert_eq!((disk.bus_type, disk.ccw_address), (GuestDiskBusType::Virtio, Some(expected)));
}

#[test]
fn devices_made_of_devices_lead_to_their_disks() {
    let guest = guest("1 0 252:1 / / rw - ext4 /dev/mapper/x rw\n");
    device(&guest, "virtual/block/dm-1", "252:1");
    device(&guest, "virtual/block/md0", "9:0");
    device(&guest, "platform/virtio0/block/vda", "8:1");
    device(&guest, "platform/virtio1/block/vdb", "8:2");
    let slave = |of: &str, name: &str, to: &str| {
        guest.link(&format!("/sys/devices/virtual/block/{of}/slaves/{name}"), to);
    };
    slave("dm-1", "md0", "../../md0");
    slave("dm-1", "dangling", "../../nothing");
    slave("md0", "vda", "../../../../platform/virtio0/block/vda");
    slave("md0", "vdb", "../../../../platform/virtio1/block/vdb");
    slave("md0", "itself", "../../md0");
    let found = found(&guest);
    assert_eq!(found[0].name, "dm-1");
    let devices: Vec<_> = found[0].disk.iter().filter_map(|disk| disk.dev.as_deref()).collect();
    assert_eq!(devices, ["/dev/vda", "/dev/vdb"]);
}

#[test]
fn a_loop_device_lies_on_no_disk() {
    let guest = guest("1 0 7:0 / /mnt rw - iso9660 /dev/loop0 ro\n");
    device(&guest, "virtual/block/loop0", "7:0");
    assert_eq!(found(&guest)[0].disk, []);
}
