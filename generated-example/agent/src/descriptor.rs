//! Descriptors that the program was started with: sockets by number, and what children must not get.

use qapi_runtime::transport::Listener;
use rustix::net::sockopt::socket_acceptconn;
use rustix::process::{PidfdFlags, PidfdGetfdFlags, getpid, pidfd_getfd, pidfd_open};
use std::io;

/// Behind standard input, output and error output.
const FIRST: i32 = 3;

/// Marks every descriptor that we were started with so that the programs that clients run do not
/// inherit it. What we open ourselves is marked from the beginning.
pub(crate) fn keep_from_children() {
    close_fds::set_fds_cloexec(FIRST, &[]);
}

/// The listening socket with that number, as in systemd's socket activation, sd_listen_fds(3).
///
/// The number is turned into a descriptor of our own by asking the kernel for a copy of it, which
/// fails where there is none; it needs Linux 5.6.
pub(crate) fn listener(number: u32) -> io::Result<Listener> {
    let number = i32::try_from(number).map_err(|_| io::ErrorKind::InvalidInput)?;
    let process = pidfd_open(getpid(), PidfdFlags::empty())?;
    let copy = pidfd_getfd(&process, number, PidfdGetfdFlags::empty())?;
    if !socket_acceptconn(&copy)? {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "the socket does not listen"));
    }
    Listener::adopt(copy)
}
