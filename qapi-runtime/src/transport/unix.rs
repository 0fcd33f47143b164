//! A unix socket in the file system: nobody else can connect before its permissions are set, a
//! running server's socket is never taken away, and the file goes when the listener goes.

use super::unix_probe;
use std::fs::{self, DirBuilder, Metadata, Permissions};
use std::io;
use std::os::unix::fs::{DirBuilderExt, FileTypeExt, MetadataExt, PermissionsExt};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// A listening socket and its file.
#[derive(Debug)]
pub(super) struct SocketFile {
    pub(super) listener: UnixListener,
    pub(super) path: PathBuf,
    identity: Identity,
}

impl SocketFile {
    /// Listens at the path; the file has these permission bits from its first moment. A file that a
    /// dead server left behind is replaced.
    pub(super) fn bind(path: &Path, mode: u32) -> io::Result<SocketFile> {
        let nest = Nest::beside(path)?;
        match UnixListener::bind(nest.at("new")) {
            Ok(listener) => {
                let identity = set_mode(&nest.at("new"), mode)?;
                publish(&nest, path)?;
                Ok(SocketFile { listener, path: path.to_owned(), identity })
            }
            // The way through the nest can be longer than a socket's address may be.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => direct(path, mode, &nest),
            Err(error) => Err(error),
        }
    }
}

impl SocketFile {
    /// Removes the file, unless another server has replaced it.
    pub(super) fn remove(&self) {
        if identity(&self.path).is_ok_and(|identity| identity == self.identity) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        self.remove();
    }
}

/// Which file it is, whatever its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Identity {
    device: u64,
    inode: u64,
}

impl From<Metadata> for Identity {
    fn from(metadata: Metadata) -> Self {
        Identity { device: metadata.dev(), inode: metadata.ino() }
    }
}

fn identity(path: &Path) -> io::Result<Identity> {
    fs::symlink_metadata(path).map(Identity::from)
}

fn set_mode(path: &Path, mode: u32) -> io::Result<Identity> {
    fs::set_permissions(path, Permissions::from_mode(mode))?;
    identity(path)
}

/// Binds where the socket shall be. Between that and the setting of its permissions it has those
/// that the process gives by default.
fn direct(path: &Path, mode: u32, nest: &Nest) -> io::Result<SocketFile> {
    if identity(path).is_ok() {
        remove_stale(path, nest)?;
    }
    let listener = UnixListener::bind(path)?;
    let identity = set_mode(path, mode)?;
    Ok(SocketFile { listener, path: path.to_owned(), identity })
}

/// Gives the socket its name, which fails where the name is taken. So of two servers that start at
/// the same time one wins.
fn publish(nest: &Nest, path: &Path) -> io::Result<()> {
    let taken = |error: &io::Error| error.kind() == io::ErrorKind::AlreadyExists;
    match fs::hard_link(nest.at("new"), path) {
        Err(error) if taken(&error) => {
            remove_stale(path, nest)?;
            fs::hard_link(nest.at("new"), path)
        }
        // Not every file system has hard links.
        Err(_) if identity(path).is_err() => fs::rename(nest.at("new"), path),
        linked => linked,
    }
}

/// Removes the socket of a server that is no more. It is looked at again after it has been moved
/// aside: a new server's, put there meanwhile, goes back.
fn remove_stale(path: &Path, nest: &Nest) -> io::Result<()> {
    let metadata = fs::symlink_metadata(path)?;
    if !metadata.file_type().is_socket() {
        return Err(io::Error::new(
            io::ErrorKind::AlreadyExists,
            "a file that is no socket exists",
        ));
    }
    let in_use = || io::Error::new(io::ErrorKind::AddrInUse, "another server listens there");
    if unix_probe(path) {
        return Err(in_use());
    }
    let aside = nest.at("old");
    fs::rename(path, &aside)?;
    if identity(&aside)? != Identity::from(metadata) {
        let _ = fs::hard_link(&aside, path);
        return Err(in_use());
    }
    Ok(())
}

/// A folder beside the socket that only we can enter.
struct Nest(PathBuf);

impl Nest {
    fn beside(path: &Path) -> io::Result<Nest> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        loop {
            let count = COUNT.fetch_add(1, Ordering::Relaxed);
            let nest = parent.join(format!(".qapi-{}-{count}", std::process::id()));
            match DirBuilder::new().mode(0o700).create(&nest) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                created => return created.map(|()| Nest(nest)),
            }
        }
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Nest {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
