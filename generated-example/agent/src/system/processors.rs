//! Processors, from /sys/devices/system/cpu.

use crate::failure::failed;
use crate::host::Host;
use crate::schema::GuestLogicalProcessor;
use qapi_runtime::Result;

const CPUS: &str = "/sys/devices/system/cpu";

/// Every processor that the kernel knows, by number.
pub fn vcpus(host: &Host) -> Result<Vec<GuestLogicalProcessor>> {
    let names = host
        .entries(CPUS)
        .map_err(|error| failed(&format!("failed to list entries in {CPUS}"), &error))?;
    // The folder also holds `cpufreq`, `cpuidle` and the like.
    let mut numbers: Vec<i64> =
        names.iter().filter_map(|name| name.strip_prefix("cpu")?.parse().ok()).collect();
    numbers.sort_unstable();
    Ok(numbers.into_iter().map(|number| vcpu(host, number)).collect())
}

/// A processor that cannot be stopped has no file `online`, and runs.
fn vcpu(host: &Host, number: i64) -> GuestLogicalProcessor {
    let online = host.line(format!("{CPUS}/cpu{number}/online")).ok();
    GuestLogicalProcessor {
        logical_id: number,
        online: online.as_deref().is_none_or(|flag| flag != "0"),
        can_offline: Some(online.is_some()),
    }
}
