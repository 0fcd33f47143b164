//! The guest's files as the agent sees them: /proc, /sys, /etc below some root.
//!
//! In: absolute paths. Out: contents and entries. The program's root is `/`; tests lay out a folder
//! with the few files that matter and use that. Only for what the system says of itself: the files
//! that clients open are the business of `files`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The most bytes that one of the system's own files may have. The largest that occur, routing
/// tables, are far below; anything above is not what we take it for.
const LARGEST: u64 = 16 << 20;

/// A guest, known by the root of its file tree.
#[derive(Clone, Debug)]
pub struct Host {
    root: PathBuf,
}

impl Host {
    /// The system that we run on.
    pub fn this() -> Self {
        Self::below("/")
    }

    /// A system whose files are below a folder.
    pub fn below(root: impl Into<PathBuf>) -> Self {
        let root = root.into();
        // Without links, so that `inside` recognises what is below it.
        Host { root: root.canonicalize().unwrap_or(root) }
    }

    /// Where an absolute path of the guest is.
    pub fn path(&self, path: impl AsRef<Path>) -> PathBuf {
        let path = path.as_ref();
        self.root.join(path.strip_prefix("/").unwrap_or(path))
    }

    /// The path in the guest of a file that [`Host::path`] gave; what lies elsewhere stays as it is.
    pub fn inside(&self, path: &Path) -> PathBuf {
        path.strip_prefix(&self.root).map_or_else(|_| path.into(), |rest| Path::new("/").join(rest))
    }

    /// A whole file, of at most 16 MiB.
    pub fn read(&self, path: impl AsRef<Path>) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(self.path(path))?.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            Err(io::ErrorKind::FileTooLarge.into())
        } else {
            Ok(bytes)
        }
    }

    /// A whole file as text; bytes that are not UTF-8 become U+FFFD.
    pub fn text(&self, path: impl AsRef<Path>) -> io::Result<String> {
        self.read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The first line of a file, without blanks at its ends: what most files of /sys consist of.
    pub fn line(&self, path: impl AsRef<Path>) -> io::Result<String> {
        let text = self.text(path)?;
        Ok(text.lines().next().unwrap_or_default().trim().to_owned())
    }

    /// The names in a folder, sorted; names that are not UTF-8 are left out.
    pub fn entries(&self, path: impl AsRef<Path>) -> io::Result<Vec<String>> {
        let entries = fs::read_dir(self.path(path))?.collect::<io::Result<Vec<_>>>()?;
        let mut names: Vec<String> =
            entries.into_iter().filter_map(|entry| entry.file_name().into_string().ok()).collect();
        names.sort();
        Ok(names)
    }
}
