//! Folders that look like a guest.

use qapi_agent::Host;
use std::fs;
use tempfile::TempDir;

/// A guest with a few files, as long as it is kept.
pub(crate) struct Guest {
    pub(crate) host: Host,
    _folder: TempDir,
}

impl Guest {
    /// A guest with nothing but these files: path and content.
    pub(crate) fn with(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let guest = Guest { host: Host::below(folder.path()), _folder: folder };
        for (path, content) in files {
            guest.file(path, content);
        }
        guest
    }

    /// Adds a file.
    pub(crate) fn file(&self, path: &str, content: &[u8]) -> &Self {
        let path = self.host.path(path);
        fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("folders");
        fs::write(path, content).expect("a file");
        self
    }

    /// Adds a folder.
    pub(crate) fn folder(&self, path: &str) -> &Self {
        fs::create_dir_all(self.host.path(path)).expect("folders");
        self
    }

    /// Adds a symbolic link, to a path relative to the link's folder.
    pub(crate) fn link(&self, path: &str, to: &str) -> &Self {
        let path = self.host.path(path);
        fs::create_dir_all(path.parent().expect("a link is in a folder")).expect("folders");
        std::os::unix::fs::symlink(to, path).expect("a link");
        self
    }
}
