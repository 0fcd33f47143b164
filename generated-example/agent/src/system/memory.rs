//! Memory blocks, from /sys/devices/system/memory.

use crate::failure::failed;
use crate::host::Host;
use crate::schema::GuestMemoryBlockInfo;
use qapi_runtime::{Error, Result};

const BLOCK_SIZE: &str = "/sys/devices/system/memory/block_size_bytes";

/// How large a memory block is. The file is missing where the kernel has no memory hotplug.
pub fn memory_block_info(host: &Host) -> Result<GuestMemoryBlockInfo> {
    let line = host
        .line(BLOCK_SIZE)
        .map_err(|error| failed(&format!("failed to read file '{BLOCK_SIZE}'"), &error))?;
    // The kernel writes hexadecimal digits without a prefix.
    u64::from_str_radix(&line, 16)
        .map(|size| GuestMemoryBlockInfo { size })
        .map_err(|_| Error::generic(format!("failed to parse file '{BLOCK_SIZE}'")))
}
