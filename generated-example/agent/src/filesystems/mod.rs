//! What is mounted, how full it is, and on which disks it lies.
//!
//! `mounts` reads the mount table, `disks` follows a block device to the hardware; here the two are
//! put together.

mod disks;
mod mounts;
mod place;

use crate::failure::failed;
use crate::host::Host;
use crate::schema::GuestFilesystemInfo;
use mounts::Mount;
use qapi_runtime::Result;

/// Every mounted filesystem that is on a block device. Network filesystems and those that only
/// exist in the kernel are not listed.
pub fn filesystems(host: &Host) -> Result<Vec<GuestFilesystemInfo>> {
    let mounts = mounts::mounts(host)
        .map_err(|error| failed(&format!("failed to read file '{}'", mounts::PATH), &error))?;
    Ok(mounts.iter().map(|mount| filesystem(host, mount)).collect())
}

fn filesystem(host: &Host, mount: &Mount) -> GuestFilesystemInfo {
    let lies_on = disks::under(host, mount.device);
    let mut info = GuestFilesystemInfo {
        name: lies_on.name,
        mountpoint: mount.point.clone(),
        r#type: mount.kind.clone(),
        used_bytes: None,
        total_bytes: None,
        total_bytes_privileged: None,
        disk: lies_on.disks,
    };
    // It can be gone by now, or hidden under another mount; then its size is not known.
    if let Ok(space) = rustix::fs::statvfs(host.path(&mount.point)) {
        let block = if space.f_frsize == 0 { space.f_bsize } else { space.f_frsize };
        let bytes = |blocks: u64| Some(blocks.saturating_mul(block));
        let used = space.f_blocks.saturating_sub(space.f_bfree);
        info.used_bytes = bytes(used);
        info.total_bytes = bytes(used.saturating_add(space.f_bavail));
        info.total_bytes_privileged = bytes(space.f_blocks);
    }
    info
}
