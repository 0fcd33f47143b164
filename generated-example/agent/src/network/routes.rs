//! Routes, from /proc/net/route and /proc/net/ipv6_route.
//!
//! Both are tables of hexadecimal numbers, proc_net(5). A line that is not as expected is left out.

use crate::failure::failed;
use crate::host::Host;
use crate::schema::GuestNetworkRoute;
use qapi_runtime::Result;
use std::io::ErrorKind;
use std::net::{Ipv4Addr, Ipv6Addr};

const IPV4: &str = "/proc/net/route";
const IPV6: &str = "/proc/net/ipv6_route";

/// The IPv4 routes, then the IPv6 routes.
pub fn routes(host: &Host) -> Result<Vec<GuestNetworkRoute>> {
    let v4 = table(host, IPV4)?;
    let v6 = table(host, IPV6)?;
    // The first line of the IPv4 table names its columns.
    Ok(v4.lines().skip(1).filter_map(ipv4).chain(v6.lines().filter_map(ipv6)).collect())
}

/// A table; empty where the kernel is built without that protocol.
fn table(host: &Host, path: &str) -> Result<String> {
    match host.text(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(String::new()),
        read => read.map_err(|error| failed(&format!("failed to read file '{path}'"), &error)),
    }
}

/// `eth0 0002A8C0 00000000 0001 0 0 100 00FFFFFF 0 0 0`: interface, destination, gateway, flags,
/// references, uses, metric, mask, MTU, window, IRTT.
fn ipv4(line: &str) -> Option<GuestNetworkRoute> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    let [iface, destination, gateway, flags, refcnt, uses, metric, mask, mtu, window, irtt] =
        columns[..]
    else {
        return None;
    };
    Some(GuestNetworkRoute {
        gateway: Some(ipv4_address(gateway)?),
        mask: Some(ipv4_address(mask)?),
        flags: Some(u64::from_str_radix(flags, 16).ok()?),
        refcnt: Some(refcnt.parse().ok()?),
        r#use: Some(uses.parse().ok()?),
        mtu: Some(mtu.parse().ok()?),
        window: Some(window.parse().ok()?),
        irtt: Some(irtt.parse().ok()?),
        ..GuestNetworkRoute::new(iface, ipv4_address(destination)?, metric.parse().ok()?, 4)
    })
}

/// Thirty-two digits destination, two its length, the same for the source, thirty-two next hop,
/// then metric, references, uses, flags, interface.
fn ipv6(line: &str) -> Option<GuestNetworkRoute> {
    let columns: Vec<&str> = line.split_whitespace().collect();
    let [destination, length, source, source_length, nexthop, metric, refcnt, uses, flags, iface] =
        columns[..]
    else {
        return None;
    };
    let hexadecimal = |digits| i64::from_str_radix(digits, 16).ok();
    Some(GuestNetworkRoute {
        desprefixlen: Some(hexadecimal(length)?.to_string()),
        source: Some(ipv6_address(source)?),
        srcprefixlen: Some(hexadecimal(source_length)?.to_string()),
        nexthop: Some(ipv6_address(nexthop)?),
        refcnt: Some(hexadecimal(refcnt)?),
        r#use: Some(hexadecimal(uses)?),
        flags: Some(u64::from_str_radix(flags, 16).ok()?),
        ..GuestNetworkRoute::new(iface, ipv6_address(destination)?, hexadecimal(metric)?, 6)
    })
}

/// The kernel prints the four bytes as one number of the machine.
fn ipv4_address(digits: &str) -> Option<String> {
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some(Ipv4Addr::from(number.to_ne_bytes()).to_string())
}

fn ipv6_address(digits: &str) -> Option<String> {
    let number = u128::from_str_radix(digits, 16).ok()?;
    (digits.len() == 32).then(|| Ipv6Addr::from(number).to_string())
}
