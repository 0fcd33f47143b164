//! How a file is opened: the modes of fopen(3).

use rustix::fs::OFlags;
use std::fs::OpenOptions;
use std::os::unix::fs::OpenOptionsExt;

/// What a mode such as `r+b` means; `None` if it is no mode. New files get the usual rights, less
/// what the agent's umask takes away.
pub(super) fn options(mode: &str) -> Option<OpenOptions> {
    let (first, rest) = mode.split_at_checked(1)?;
    let both = match rest {
        "" | "b" => false,
        "+" | "+b" | "b+" => true,
        _ => return None,
    };
    let mut options = OpenOptions::new();
    match first {
        "r" => options.read(true).write(both),
        "w" => options.write(true).create(true).truncate(true).read(both),
        "a" => options.append(true).create(true).read(both),
        _ => return None,
    };
    // A pipe whose other end nobody has open must not stop the agent, nor a terminal become its own.
    options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    Some(options)
}
