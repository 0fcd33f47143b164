use crate::fixture::Guest;
use qapi_agent::network::interfaces::{from_lists, interfaces};
use qapi_agent::network::routes;
use qapi_agent::schema::{GuestIpAddress, GuestIpAddressType, GuestNetworkRoute};

/// A netlink message, or an attribute with four bytes of header.
fn message(kind: u16, content: &[&[u8]]) -> Vec<u8> {
    let content = content.concat();
    let mut bytes = (16 + content.len() as u32).to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.resize(16, 0);
    bytes.extend(content);
    bytes
}

fn attribute(kind: u16, content: &[u8]) -> Vec<u8> {
    let mut bytes = (4 + content.len() as u16).to_ne_bytes().to_vec();
    bytes.extend(kind.to_ne_bytes());
    bytes.extend(content);
    bytes.resize(bytes.len().next_multiple_of(4), 0);
    bytes
}

fn link(index: i32, name: &str, hardware: &[u8], counters: &[u64]) -> Vec<u8> {
    let mut head = [0; 16];
    head[4..8].copy_from_slice(&index.to_ne_bytes());
    let counters: Vec<u8> = counters.iter().flat_map(|counter| counter.to_ne_bytes()).collect();
    let name = attribute(3, format!("{name}\0").as_bytes());
    message(
        16,
        &[&head, &attribute(99, b"?"), &name, &attribute(1, hardware), &attribute(23, &counters)],
    )
}

fn address(index: u8, prefix: u8, attributes: &[(u16, &[u8])]) -> Vec<u8> {
    let attributes: Vec<u8> =
        attributes.iter().flat_map(|&(kind, content)| attribute(kind, content)).collect();
    message(20, &[&[0, prefix, 0, 0], &u32::from(index).to_ne_bytes(), &attributes])
}

fn ip(ip: &str, kind: GuestIpAddressType, prefix: i64) -> GuestIpAddress {
    GuestIpAddress { ip_address: ip.to_owned(), ip_address_type: kind, prefix }
}

#[test]
fn addresses_belong_to_their_interfaces() {
    let links =
        [link(1, "lo", &[0; 6], &[]), link(7, "eth0", &[2, 0xfc, 0, 0, 0, 1], &[])].concat();
    let addresses = [
        address(1, 8, &[(1, &[127, 0, 0, 1]), (2, &[127, 0, 0, 1]), (3, b"lo\0")]),
        address(7, 32, &[(1, &[10, 0, 0, 2]), (2, &[10, 0, 0, 1]), (3, b"eth0\0")]),
        address(7, 64, &[(1, &[0xfd, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2])]),
        address(9, 8, &[(1, &[10, 9, 9, 9])]),
    ];
    let found = from_lists(&links, &addresses.concat());
    let names: Vec<_> = found.iter().map(|interface| interface.name.as_str()).collect();
    assert_eq!(names, ["lo", "eth0"]);
    assert_eq!(found[0].ip_addresses, Some(vec![ip("127.0.0.1", GuestIpAddressType::Ipv4, 8)]));
    assert_eq!(
        found[1].ip_addresses,
        Some(vec![
            ip("10.0.0.1", GuestIpAddressType::Ipv4, 32),
            ip("fd00::2", GuestIpAddressType::Ipv6, 64)
        ])
    );
    assert_eq!(found[1].hardware_address.as_deref(), Some("02:fc:00:00:00:01"));
}

#[test]
fn an_address_with_a_label_is_an_interface_of_its_own() {
    let links = link(2, "eth0", &[1, 2, 3, 4, 5, 6], &[0; 24]);
    let addresses = [
        address(2, 24, &[(2, &[10, 0, 0, 1]), (3, b"eth0\0")]),
        address(2, 24, &[(2, &[10, 0, 0, 2]), (3, b"eth0:1\0")]),
    ];
    let found = from_lists(&links, &addresses.concat());
    assert_eq!(found.len(), 2);
    assert_eq!(found[1].name, "eth0:1");
    assert_eq!(found[1].hardware_address.as_deref(), Some("01:02:03:04:05:06"));
    assert!(found[0].statistics.is_some() && found[1].statistics.is_none());
}

#[test]
fn hardware_addresses_of_other_lengths_have_six_bytes() {
    let links =
        [link(1, "wg0", &[], &[]), link(2, "sit0", &[9; 4], &[]), link(3, "ib0", &[7; 20], &[])];
    let found = from_lists(&links.concat(), &[]);
    let hardware: Vec<_> =
        found.iter().filter_map(|interface| interface.hardware_address.as_deref()).collect();
    assert_eq!(hardware, ["00:00:00:00:00:00", "09:09:09:09:00:00", "07:07:07:07:07:07"]);
    assert!(found.iter().all(|interface| interface.ip_addresses.is_none()));
}

#[test]
fn counters_are_in_the_kernels_order() {
    let counters: Vec<u64> = (1..=24).collect();
    let found = from_lists(&link(1, "eth0", &[], &counters), &[]);
    let statistics = found[0].statistics.clone().unwrap();
    let received = (statistics.rx_packets, statistics.rx_bytes, statistics.rx_errs);
    let sent = (statistics.tx_packets, statistics.tx_bytes, statistics.tx_errs);
    assert_eq!((received, sent), ((1, 3, 5), (2, 4, 6)));
    assert_eq!((statistics.rx_dropped, statistics.tx_dropped), (7 + 16, 8));
}

#[test]
fn answers_cut_anywhere_do_not_panic() {
    let links = [link(1, "lo", &[0; 6], &[0; 24]), link(2, "eth0", &[1; 6], &[0; 24])].concat();
    let addresses = address(1, 8, &[(1, &[127, 0, 0, 1]), (3, b"lo")]);
    for length in 0..links.len() {
        assert!(from_lists(&links[..length], &addresses).len() < 2);
    }
    for length in 0..addresses.len() {
        assert_eq!(from_lists(&links, &addresses[..length])[0].ip_addresses, None);
    }
    for byte in 0..links.len() {
        let mut broken = links.clone();
        broken[byte] ^= 0xff;
        from_lists(&broken, &addresses);
    }
}

#[test]
fn this_machine_has_a_loopback_interface() {
    let found = interfaces().unwrap();
    assert!(found.iter().any(|interface| interface.name == "lo"), "{found:?}");
}

#[test]
fn routes_of_both_protocols() {
    let (destination, gateway, mask) = ([10, 1, 2, 0], [192, 0, 2, 1], [255, 255, 255, 0]);
    let number = |bytes| format!("{:08X}", u32::from_ne_bytes(bytes));
    let v4 = format!(
        "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT\n\
         eth0\t{}\t{}\t0003\t1\t2\t100\t{}\t1500\t7\t9          \n\
         eth0\tbroken\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n\
         short\n\
         eth1\t00000000\t00000000\t0001\t0\t0\t0\t00000000\t0\t0\t0\n",
        number(destination),
        number(gateway),
        number(mask)
    );
    let v6 = "fe800000000000000000000000000000 40 00000000000000000000000000000000 00 \
              20010db8000000000000000000000001 00000100 00000001 00000000 00450003     eth0\n\
              \n\
              fe80 40 0 0 0 0 0 0 0 eth0\n\
              00000000000000000000000000000000 00 00000000000000000000000000000000 00 \
              00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo\n";
    let guest =
        Guest::with(&[("/proc/net/route", v4.as_bytes()), ("/proc/net/ipv6_route", v6.as_bytes())]);
    let found = routes(&guest.host).unwrap();
    assert_eq!(found.len(), 4);
    let text = |text: &str| Some(text.to_owned());
    assert_eq!(
        found[0],
        GuestNetworkRoute {
            gateway: text("192.0.2.1"),
            mask: text("255.255.255.0"),
            flags: Some(3),
            refcnt: Some(1),
            r#use: Some(2),
            mtu: Some(1500),
            window: Some(7),
            irtt: Some(9),
            ..GuestNetworkRoute::new("eth0", "10.1.2.0", 100, 4)
        }
    );
    assert_eq!(
        found[2],
        GuestNetworkRoute {
            desprefixlen: text("64"),
            source: text("::"),
            srcprefixlen: text("0"),
            nexthop: text("2001:db8::1"),
            refcnt: Some(1),
            r#use: Some(0),
            flags: Some(0x0045_0003),
            ..GuestNetworkRoute::new("eth0", "fe80::", 256, 6)
        }
    );
    assert_eq!((found[3].iface.as_str(), found[3].metric), ("lo", 0xffff_ffff));
}

#[test]
fn no_routes_without_tables() {
    assert_eq!(routes(&Guest::with(&[]).host), Ok(vec![]));
}
