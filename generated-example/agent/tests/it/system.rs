use crate::fixture::Guest;
use qapi_agent::schema::{GuestLogicalProcessor, GuestUser};
use qapi_agent::system;
use std::time::{Duration, UNIX_EPOCH};

#[test]
fn time_counts_nanoseconds_on_both_sides_of_the_epoch() {
    assert_eq!(system::time(UNIX_EPOCH + Duration::new(3, 7)), 3_000_000_007);
    assert_eq!(system::time(UNIX_EPOCH - Duration::new(3, 7)), -3_000_000_007);
}

#[test]
fn os_release_quotes_and_repeated_assignments() {
    let guest = Guest::with(&[(
        "/etc/os-release",
        br#"
# NAME=comment
NAME="Debian GNU/Linux"
ID=arch
ID=debian
VERSION='12 ("book\worm")'
PRETTY_NAME="a \"b\" \$c \\"
VERSION_IDX=1
no assignment
=
VARIANT=
"#,
    )]);
    let info = system::osinfo(&guest.host);
    assert_eq!(info.name.as_deref(), Some("Debian GNU/Linux"));
    assert_eq!(info.id.as_deref(), Some("debian"));
    assert_eq!(info.version.as_deref(), Some("12 (\"book\\worm\")"));
    assert_eq!(info.pretty_name.as_deref(), Some("a \"b\" $c \\"));
    assert_eq!(info.version_id, None);
    assert_eq!(info.variant.as_deref(), Some(""));
    assert!(info.kernel_release.is_some_and(|release| !release.is_empty()));
}

#[test]
fn os_release_of_the_vendor_if_the_administrator_has_none() {
    let guest = Guest::with(&[("/usr/lib/os-release", b"ID=vendor\nNAME=\"open")]);
    let info = system::osinfo(&guest.host);
    assert_eq!(info.id.as_deref(), Some("vendor"));
    assert_eq!(info.name.as_deref(), Some("open"));
}

#[test]
fn os_release_missing_or_not_text() {
    assert_eq!(system::osinfo(&Guest::with(&[]).host).id, None);
    let guest = Guest::with(&[("/etc/os-release", b"ID=\xff\x00\nNAME=n")]);
    assert_eq!(system::osinfo(&guest.host).name.as_deref(), Some("n"));
}

#[test]
fn processors_with_gaps_and_other_entries() {
    let guest = Guest::with(&[
        ("/sys/devices/system/cpu/cpu10/online", b"0\n"),
        ("/sys/devices/system/cpu/cpu2/online", b"1\n"),
        ("/sys/devices/system/cpu/cpufreq/policy", b""),
        ("/sys/devices/system/cpu/online", b"0,2\n"),
    ]);
    guest.folder("/sys/devices/system/cpu/cpu0");
    let cpu = |logical_id, online, can_offline| GuestLogicalProcessor {
        logical_id,
        online,
        can_offline: Some(can_offline),
    };
    assert_eq!(
        system::vcpus(&guest.host),
        Ok(vec![cpu(0, true, false), cpu(2, true, true), cpu(10, false, true)])
    );
}

#[test]
fn processors_without_sysfs() {
    let error = system::vcpus(&Guest::with(&[]).host).unwrap_err();
    assert_eq!(
        error.desc,
        "failed to list entries in /sys/devices/system/cpu: No such file or directory"
    );
}

#[test]
fn load_averages() {
    let load = |text: &str| system::load(&Guest::with(&[("/proc/loadavg", text.as_bytes())]).host);
    let averages = load("0.31 1.5 20.00 2/245 10217\n").unwrap();
    assert_eq!((averages.load1m, averages.load5m, averages.load15m), (0.31, 1.5, 20.0));
    for broken in ["", "0.1 0.2", "0.1 x 0.3", "nan nan nan"] {
        let error = load(broken).unwrap_err();
        assert_eq!(error.desc, "failed to parse file '/proc/loadavg'", "{broken}");
    }
}

#[test]
fn memory_blocks() {
    const PATH: &str = "/sys/devices/system/memory/block_size_bytes";
    let size = |text: &[u8]| {
        system::memory_block_info(&Guest::with(&[(PATH, text)]).host).map(|info| info.size)
    };
    assert_eq!(size(b"8000000\n"), Ok(128 << 20));
    assert!(size(b"").is_err() && size(b"0x10").is_err() && size(b"123456789abcdef01").is_err());
    assert!(system::memory_block_info(&Guest::with(&[]).host).is_err());
}

#[test]
#[cfg(target_arch = "x86_64")]
fn users_by_their_first_login() {
    let mut records = Vec::new();
    records.extend(utmp(2, "reboot", 5, 0));
    records.extend(utmp(7, "zoe", 4_000_000_000, 0));
    records.extend(utmp(7, "ann", 200, 250_000));
    records.extend(utmp(7, "ann", 100, 500_000));
    records.extend(utmp(8, "dead", 1, 0));
    records.extend(&utmp(7, "cut", 1, 0)[..300]);
    let guest = Guest::with(&[("/run/utmp", &records)]);
    let user =
        |user: &str, login_time| GuestUser { user: user.to_owned(), login_time, domain: None };
    assert_eq!(system::users(&guest.host), [user("ann", 100.5), user("zoe", 4e9)]);
}

#[test]
fn users_without_records() {
    assert_eq!(system::users(&Guest::with(&[]).host), []);
    assert_eq!(system::users(&Guest::with(&[("/run/utmp", &[7; 1000])]).host), []);
}

/// A record of the login database.
#[cfg(target_arch = "x86_64")]
fn utmp(kind: u16, user: &str, seconds: u32, microseconds: u32) -> Vec<u8> {
    let mut record = vec![0; 384];
    record[..2].copy_from_slice(&kind.to_ne_bytes());
    record[44..44 + user.len()].copy_from_slice(user.as_bytes());
    record[340..344].copy_from_slice(&seconds.to_ne_bytes());
    record[344..348].copy_from_slice(&microseconds.to_ne_bytes());
    record
}
