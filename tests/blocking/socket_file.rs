//! Unix sockets in the file system: who may connect, and whose file it is.

use crate::service::Toy;
use qapi_runtime::Address;
use qapi_runtime::blocking::{Config, Server};
use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::Path;

fn listen(path: &Path) -> Result<Server, ErrorKind> {
    let mut server = Server::new(Toy, Config::default());
    let listening = server.listen(&Address::Unix(path.to_owned()));
    listening.map(|_| server).map_err(|error| error.error.kind())
}

fn entries(folder: &Path) -> usize {
    fs::read_dir(folder).expect("a folder").count()
}

#[test]
fn only_the_owner_may_connect() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s");
    let server = listen(&path).expect("a free place");
    let mode = fs::metadata(&path).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(entries(folder.path()), 1, "nothing else is left");
    drop(server);
    assert_eq!(entries(folder.path()), 0);
}

#[test]
fn what_a_dead_server_left_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s");
    drop(UnixListener::bind(&path).expect("a free place"));
    let server = listen(&path).expect("nobody listens");
    assert_eq!(entries(folder.path()), 1);
    drop(server);
}

#[test]
fn a_running_server_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s");
    let server = listen(&path).expect("a free place");
    assert_eq!(listen(&path).expect_err("somebody listens"), ErrorKind::AddrInUse);
    assert_eq!(entries(folder.path()), 1);
    drop(server);
}

#[test]
fn a_file_that_is_no_socket_is_not_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s");
    fs::write(&path, "mine").expect("a file");
    assert_eq!(listen(&path).expect_err("a file"), ErrorKind::AlreadyExists);
    assert_eq!(fs::read(&path).expect("a file"), b"mine");
    assert_eq!(entries(folder.path()), 1);
}

#[test]
fn a_path_as_long_as_can_be_is_bound() {
    let folder = tempfile::tempdir().expect("a folder");
    let room = 107 - folder.path().as_os_str().len() - 1;
    let path = folder.path().join("s".repeat(room));
    let server = listen(&path).expect("it fits");
    assert_eq!(fs::metadata(&path).expect("a file").permissions().mode() & 0o777, 0o600);
    drop(server);
    assert_eq!(entries(folder.path()), 0);
}

#[test]
fn another_servers_file_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("s");
    let server = listen(&path).expect("a free place");
    fs::remove_file(&path).expect("somebody removes it");
    let other = UnixListener::bind(&path).expect("and listens there");
    drop(server);
    assert!(path.exists(), "it is another's");
    drop(other);
}
