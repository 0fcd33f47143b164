use crate::fixture::Guest;
use qapi_agent::system::timezone;

/// 2024-01-01 12:00 UTC.
const WINTER: i64 = 1_704_110_400;
/// 2024-07-01 12:00 UTC.
const SUMMER: i64 = 1_719_835_200;

/// What a value of TZ means at some second.
fn rule(rule: &str, now: i64) -> (String, i64) {
    let zone = timezone(&Guest::with(&[]).host, Some(rule), now);
    (zone.zone.unwrap_or_default(), zone.offset)
}

fn is(zone: &str, offset: i64) -> (String, i64) {
    (zone.to_owned(), offset)
}

#[test]
fn rules_without_summer_time() {
    assert_eq!(rule("UTC0", 0), is("UTC", 0));
    assert_eq!(rule("EST5", 0), is("EST", -18_000));
    assert_eq!(rule("<+0545>-5:45", 0), is("+0545", 20_700));
    assert_eq!(rule("<-03>3:00:30", 0), is("-03", -10_830));
}

#[test]
fn rules_north_and_south() {
    let berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
    assert_eq!(rule(berlin, WINTER), is("CET", 3600));
    assert_eq!(rule(berlin, SUMMER), is("CEST", 7200));
    let sydney = "AEST-10AEDT,M10.1.0,M4.1.0/3";
    assert_eq!(rule(sydney, WINTER), is("AEDT", 39_600));
    assert_eq!(rule(sydney, SUMMER), is("AEST", 36_000));
}

#[test]
fn rules_change_to_the_second() {
    // 2024-03-31 01:00 UTC and 2024-10-27 01:00 UTC.
    let berlin = "CET-1CEST,M3.5.0,M10.5.0/3";
    assert_eq!(rule(berlin, 1_711_846_799), is("CET", 3600));
    assert_eq!(rule(berlin, 1_711_846_800), is("CEST", 7200));
    assert_eq!(rule(berlin, 1_729_990_799), is("CEST", 7200));
    assert_eq!(rule(berlin, 1_729_990_800), is("CET", 3600));
    // The fourth Thursday of March at 26 o'clock: 2024-03-29 02:00 +0200.
    let jerusalem = "IST-2IDT,M3.4.4/26,M10.5.0";
    assert_eq!(rule(jerusalem, 1_711_670_399), is("IST", 7200));
    assert_eq!(rule(jerusalem, 1_711_670_400), is("IDT", 10_800));
}

#[test]
fn rules_by_the_day_of_the_year() {
    // J60 is 1 March in every year, 59 is 29 February in a leap year.
    assert_eq!(rule("A0A", 0), is("UTC", 0));
    let counted = "AAA0BBB,J60/0,J365/0";
    assert_eq!(rule(counted, 1_709_251_199), is("AAA", 0));
    assert_eq!(rule(counted, 1_709_251_200), is("BBB", 3600));
    let numbered = "AAA0BBB,59/0,364/0";
    assert_eq!(rule(numbered, 1_709_164_799), is("AAA", 0));
    assert_eq!(rule(numbered, 1_709_164_800), is("BBB", 3600));
    let always = "XXX3EDT4,0/0,J365/23";
    assert_eq!(rule(always, WINTER), is("EDT", -14_400));
}

#[test]
fn rules_that_are_none_mean_utc() {
    for broken in [
        "",
        "A",
        "CET",
        "CET-25",
        "CET-1CEST",
        "CET-1CEST,M13.1.0,M10.5.0",
        "CET-1CEST,M3.5.0",
        "CET-1CEST,M3.5.0,M10.5.0/3x",
        "<CET-1",
        "CET-1CEST,M3,M4",
        "CET-99999999999999999999",
    ] {
        assert_eq!(rule(broken, SUMMER), is("UTC", 0), "{broken}");
    }
}

/// A compiled zone: EST until second 1000, EDT until 2000, then by the rule.
fn compiled(rule: &str) -> Vec<u8> {
    let mut file = Vec::new();
    for width in [4, 8] {
        file.extend(b"TZif2");
        file.extend([0; 15]);
        for count in [0_u32, 0, 0, 2, 2, 8] {
            file.extend(count.to_be_bytes());
        }
        for change in [1000_i64, 2000] {
            file.extend(&change.to_be_bytes()[8 - width..]);
        }
        file.extend([1, 0]);
        for (offset, summer, letters) in [(-18_000_i32, 0, 0), (-14_400, 1, 4)] {
            file.extend(offset.to_be_bytes());
            file.extend([summer, letters]);
        }
        file.extend(b"EST\0EDT\0");
    }
    file.extend(format!("\n{rule}\n").as_bytes());
    file
}

fn at(file: &[u8], now: i64) -> (String, i64) {
    let zone = timezone(&Guest::with(&[("/etc/localtime", file)]).host, None, now);
    (zone.zone.unwrap_or_default(), zone.offset)
}

#[test]
fn compiled_zones_before_between_and_after_their_changes() {
    let file = compiled("CET-1");
    assert_eq!(at(&file, i64::from(i32::MIN)), is("EST", -18_000));
    assert_eq!(at(&file, 999), is("EST", -18_000));
    assert_eq!(at(&file, 1000), is("EDT", -14_400));
    assert_eq!(at(&file, 1999), is("EDT", -14_400));
    assert_eq!(at(&file, 2000), is("CET", 3600));
    assert_eq!(at(&compiled(""), 5000), is("EST", -18_000));
}

#[test]
fn compiled_zones_of_the_first_version() {
    let mut file = compiled("");
    file[4] = 0;
    assert_eq!(at(&file, 1500), is("EDT", -14_400));
}

#[test]
fn compiled_zones_that_are_cut_short_mean_utc() {
    let file = compiled("CET-1");
    let tables = file.len() - "\nCET-1\n".len();
    for length in 0..tables {
        assert_eq!(at(&file[..length], 1500), is("UTC", 0), "{length}");
    }
    let mut huge = file;
    huge[20..44].fill(0xff);
    assert_eq!(at(&huge, 1500), is("UTC", 0));
}

#[test]
fn the_variable_names_a_file() {
    let file = compiled("CET-1");
    let guest = Guest::with(&[("/usr/share/zoneinfo/Some/Place", &file), ("/tmp/zone", &file)]);
    for name in ["Some/Place", ":Some/Place", "/tmp/zone"] {
        assert_eq!(timezone(&guest.host, Some(name), 5000).offset, 3600, "{name}");
    }
    assert_eq!(timezone(&guest.host, Some("No/Place"), 5000).offset, 0);
}
