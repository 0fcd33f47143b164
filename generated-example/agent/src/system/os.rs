//! Kernel and distribution: uname(2) and the file os-release(5).

use crate::host::Host;
use crate::schema::{GuestHostName, GuestOSInfo};
use std::ffi::CStr;

/// Where distributions put the file; the first that can be read counts.
const OS_RELEASE: [&str; 2] = ["/etc/os-release", "/usr/lib/os-release"];

/// What the kernel and the distribution say of themselves.
pub fn osinfo(host: &Host) -> GuestOSInfo {
    let release = OS_RELEASE.iter().find_map(|path| host.text(path).ok()).unwrap_or_default();
    let value = |name| value(&release, name);
    let kernel = rustix::system::uname();
    GuestOSInfo {
        kernel_release: Some(text(kernel.release())),
        kernel_version: Some(text(kernel.version())),
        machine: Some(text(kernel.machine())),
        id: value("ID"),
        name: value("NAME"),
        pretty_name: value("PRETTY_NAME"),
        version: value("VERSION"),
        version_id: value("VERSION_ID"),
        variant: value("VARIANT"),
        variant_id: value("VARIANT_ID"),
    }
}

/// What the kernel calls the machine.
pub fn host_name() -> GuestHostName {
    GuestHostName { host_name: text(rustix::system::uname().nodename()) }
}

fn text(name: &CStr) -> String {
    name.to_string_lossy().into_owned()
}

/// The last assignment to a variable, as in the shell whose syntax the file borrows.
fn value(release: &str, name: &str) -> Option<String> {
    release
        .lines()
        .filter_map(|line| line.trim().strip_prefix(name)?.strip_prefix('='))
        .next_back()
        .map(unquoted)
}

/// A shell word without its quotes: nothing is special between single quotes, the backslash is
/// between double quotes and outside of quotes.
fn unquoted(word: &str) -> String {
    let mut plain = String::new();
    let mut quote = None;
    let mut rest = word.chars();
    while let Some(character) = rest.next() {
        match (character, quote) {
            ('\\', None | Some('"')) => plain.extend(rest.next()),
            ('"' | '\'', None) => quote = Some(character),
            (_, Some(open)) if character == open => quote = None,
            _ => plain.push(character),
        }
    }
    plain
}
