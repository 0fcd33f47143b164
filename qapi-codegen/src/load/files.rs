//! Access to files, so that everything else can do without: the disk, or a table in memory.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

/// The most bytes that one schema file may have. QEMU's largest has 200 KiB.
pub const MAX_FILE_BYTES: u64 = 128 << 20;

/// Where schema files are read from.
pub trait Files {
    /// The content of a file. Of a file with more than [`MAX_FILE_BYTES`] it may be one byte more
    /// than that many, and need not be the rest.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// One path for one file, however it is spelled. A file that does not exist has one too.
    fn canonical(&self, path: &Path) -> PathBuf;
}

/// The file system.
#[derive(Clone, Copy, Debug, Default)]
pub struct DiskFiles;

impl Files for DiskFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let mut content = Vec::new();
        File::open(path)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut content)?;
        Ok(content)
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        std::path::absolute(path).map_or_else(|_| path.to_owned(), |absolute| normal(&absolute))
    }
}

/// Files in memory: for tests, and for schemas that are no files.
#[derive(Clone, Debug, Default)]
pub struct MemoryFiles {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl MemoryFiles {
    /// Adds a file, or replaces it.
    #[must_use]
    pub fn with(mut self, path: impl AsRef<Path>, content: impl Into<Vec<u8>>) -> Self {
        self.files.insert(normal(path.as_ref()), content.into());
        self
    }
}

impl Files for MemoryFiles {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let missing = || io::Error::new(io::ErrorKind::NotFound, "No such file or directory");
        self.files.get(&normal(path)).cloned().ok_or_else(missing)
    }

    fn canonical(&self, path: &Path) -> PathBuf {
        normal(path)
    }
}

/// The path without `.` and without any `..` behind a name. Asks no file system.
pub(super) fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for component in path.components() {
        match (component, normal.components().next_back()) {
            (Component::CurDir, _) | (Component::ParentDir, Some(Component::RootDir)) => {}
            (Component::ParentDir, Some(Component::Normal(_))) => {
                normal.pop();
            }
            _ => normal.push(component),
        }
    }
    normal
}
