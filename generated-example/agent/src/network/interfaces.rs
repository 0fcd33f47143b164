//! Interfaces with their addresses and counters.
//!
//! In: the kernel's lists of links and addresses. Out: what guest-network-get-interfaces answers.
//! Asked over netlink, which is exact; the files in /proc/net do not tell which interface an IPv4
//! address belongs to.

use super::netlink::{self, List, NEW_ADDRESS, NEW_LINK};
use crate::failure::failed;
use crate::schema::{
    GuestIpAddress, GuestIpAddressType, GuestNetworkInterface, GuestNetworkInterfaceStat,
};
use qapi_runtime::Result;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Every interface, also those that are down, in the kernel's order.
pub fn interfaces() -> Result<Vec<GuestNetworkInterface>> {
    let ask = |list| {
        netlink::list(list).map_err(|error| failed("failed to list the network interfaces", &error))
    };
    Ok(from_lists(&ask(List::Links)?, &ask(List::Addresses)?))
}

/// The interfaces in the kernel's answers to RTM_GETLINK and RTM_GETADDR. Messages that are cut
/// short or of another kind are left out.
pub fn from_lists(links: &[u8], addresses: &[u8]) -> Vec<GuestNetworkInterface> {
    let of_kind = |bytes, kind| {
        netlink::messages(bytes)
            .filter(move |message| message.kind == kind)
            .map(|message| message.body)
    };
    let links: Vec<Link> = of_kind(links, NEW_LINK).filter_map(link).collect();
    let mut interfaces: Vec<_> = links.iter().map(interface).collect();
    for address in of_kind(addresses, NEW_ADDRESS).filter_map(address) {
        if let Some(link) = links.iter().find(|link| link.index == address.link) {
            attach(&mut interfaces, link, address);
        }
    }
    interfaces
}

struct Link {
    index: i32,
    name: String,
    hardware: String,
    statistics: Option<GuestNetworkInterfaceStat>,
}

struct Address {
    link: i32,
    /// Another name than the link's, as old tools give to a second address: `eth0:1`.
    label: Option<String>,
    ip: IpAddr,
    prefix: u8,
}

fn interface(link: &Link) -> GuestNetworkInterface {
    GuestNetworkInterface {
        name: link.name.clone(),
        hardware_address: Some(link.hardware.clone()),
        ip_addresses: None,
        statistics: link.statistics.clone(),
    }
}

/// Adds an address to its interface. One with a label of its own counts as an interface of its own,
/// as everywhere where interfaces are listed by getifaddrs(3).
fn attach(interfaces: &mut Vec<GuestNetworkInterface>, link: &Link, address: Address) {
    let name = address.label.as_ref().unwrap_or(&link.name);
    let at = interfaces.iter().position(|interface| interface.name == *name).unwrap_or_else(|| {
        interfaces.push(GuestNetworkInterface {
            name: name.clone(),
            statistics: None,
            ..interface(link)
        });
        interfaces.len() - 1
    });
    let addresses = &mut interfaces[at].ip_addresses;
    addresses.get_or_insert_default().push(GuestIpAddress {
        ip_address: address.ip.to_string(),
        ip_address_type: match address.ip {
            IpAddr::V4(_) => GuestIpAddressType::Ipv4,
            IpAddr::V6(_) => GuestIpAddressType::Ipv6,
        },
        prefix: address.prefix.into(),
    });
}

/// An `ifinfomsg`, and IFLA_ADDRESS, IFLA_IFNAME, IFLA_STATS64 of its attributes.
fn link(body: &[u8]) -> Option<Link> {
    let (head, rest) = body.split_at_checked(16)?;
    let mut name = None;
    let mut hardware = hardware_address(&[]);
    let mut statistics = None;
    for (kind, value) in netlink::attributes(rest) {
        match kind {
            1 => hardware = hardware_address(value),
            3 => name = Some(text(value)),
            23 => statistics = counters(value),
            _ => {}
        }
    }
    Some(Link { index: number(head.get(4..)?)?, name: name?, hardware, statistics })
}

/// An `ifaddrmsg`, and IFA_ADDRESS, IFA_LOCAL, IFA_LABEL of its attributes.
fn address(body: &[u8]) -> Option<Address> {
    let (head, rest) = body.split_at_checked(8)?;
    let (mut far, mut local, mut label) = (None, None, None);
    for (kind, value) in netlink::attributes(rest) {
        match kind {
            1 => far = ip(value),
            2 => local = ip(value),
            3 => label = Some(text(value)),
            _ => {}
        }
    }
    // Where both ends of a link have addresses, IFA_LOCAL is ours and IFA_ADDRESS is the other's.
    Some(Address { link: number(head.get(4..)?)?, label, ip: local.or(far)?, prefix: head[1] })
}

/// Six bytes, whatever the interface has: what SIOCGIFHWADDR, and so qemu-ga, gives.
fn hardware_address(bytes: &[u8]) -> String {
    let bytes = bytes.iter().chain(std::iter::repeat(&0)).take(6);
    bytes.map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().join(":")
}

/// An `rtnl_link_stats64`.
fn counters(bytes: &[u8]) -> Option<GuestNetworkInterfaceStat> {
    let counter = |index: usize| -> Option<u64> {
        bytes.get(8 * index..)?.first_chunk().map(|bytes| u64::from_ne_bytes(*bytes))
    };
    // What the hardware had no room for counts as dropped, as in /proc/net/dev.
    let missed = counter(15).unwrap_or_default();
    Some(GuestNetworkInterfaceStat {
        rx_packets: counter(0)?,
        tx_packets: counter(1)?,
        rx_bytes: counter(2)?,
        tx_bytes: counter(3)?,
        rx_errs: counter(4)?,
        tx_errs: counter(5)?,
        rx_dropped: counter(6)?.saturating_add(missed),
        tx_dropped: counter(7)?,
    })
}

fn ip(bytes: &[u8]) -> Option<IpAddr> {
    let v4 = || <[u8; 4]>::try_from(bytes).map(|bytes| Ipv4Addr::from(bytes).into());
    let v6 = || <[u8; 16]>::try_from(bytes).map(|bytes| Ipv6Addr::from(bytes).into());
    v4().or_else(|_| v6()).ok()
}

fn number(bytes: &[u8]) -> Option<i32> {
    bytes.first_chunk().map(|bytes| i32::from_ne_bytes(*bytes))
}

/// Up to the first zero byte.
fn text(bytes: &[u8]) -> String {
    let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}
