//! The mount table, /proc/self/mountinfo: proc_pid_mountinfo(5).
//!
//! A line that is not as expected is left out.

use crate::host::Host;
use std::fmt;
use std::io;
use std::os::unix::fs::MetadataExt;

pub(super) const PATH: &str = "/proc/self/mountinfo";

/// A block device as the kernel numbers it. Displayed as in /sys/dev/block: `254:0`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Device {
    major: u32,
    minor: u32,
}

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.major, self.minor)
    }
}

/// A filesystem on a block device, mounted somewhere.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mount {
    pub(super) device: Device,
    pub(super) point: String,
    pub(super) kind: String,
}

/// The mounts that have a block device, in the kernel's order.
pub(super) fn mounts(host: &Host) -> io::Result<Vec<Mount>> {
    Ok(host.text(PATH)?.lines().filter_map(|line| mount(host, line)).collect())
}

/// `36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw`: two numbers, device, root,
/// mount point, options, any number of tags, a dash, filesystem, source, its options.
fn mount(host: &Host, line: &str) -> Option<Mount> {
    let (before, behind) = line.split_once(" - ")?;
    let mut before = before.split(' ').skip(2);
    let device = device(before.next()?)?;
    let point = unescaped(before.nth(1)?);
    let mut behind = behind.split(' ');
    let kind = unescaped(behind.next()?);
    let source = unescaped(behind.next()?);
    let device = if device.major == 0 { hidden_device(host, &kind, &source)? } else { device };
    Some(Mount { device, point, kind })
}

/// Major number 0 is for filesystems without a device. Btrfs, which can have several, claims to be
/// one; its device is found through its source.
fn hidden_device(host: &Host, kind: &str, source: &str) -> Option<Device> {
    if kind != "btrfs" {
        return None;
    }
    let number = std::fs::metadata(host.path(source)).ok()?.rdev();
    let device = Device { major: rustix::fs::major(number), minor: rustix::fs::minor(number) };
    (device.major != 0).then_some(device)
}

fn device(text: &str) -> Option<Device> {
    let (major, minor) = text.split_once(':')?;
    Some(Device { major: major.parse().ok()?, minor: minor.parse().ok()? })
}

/// Blank, tab, line end and backslash are written as a backslash and three octal digits.
fn unescaped(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let code = tail.get(..3).filter(|_| byte == b'\\').and_then(octal);
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &tail[3..] } else { tail };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn octal(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 8).ok()
}
