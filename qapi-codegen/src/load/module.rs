//! Names: of an included file as messages print it, and of a module.

use std::path::{Component, Path, PathBuf};

use super::files::{Files, normal};

/// An include as QEMU's generator names it: joined to the folder of the file that names it.
pub(super) fn joined(including: &str, include: &str) -> String {
    let folder = including.rfind('/').map_or("", |slash| &including[..slash]);
    let folder = match (folder.trim_end_matches('/'), including.starts_with('/')) {
        ("", true) => "/".to_owned(),
        ("", false) => String::new(),
        (folder, _) => format!("{folder}/"),
    };
    if Path::new(include).is_absolute() { include.to_owned() } else { format!("{folder}{include}") }
}

/// The name of a module: the path from the root schema's folder to the file.
pub(super) fn module_name(root: &str, file: &str, files: &dyn Files) -> String {
    let folder = |root: &Path| root.parent().map(Path::to_owned).unwrap_or_default();
    let (root, file) = (Path::new(root), Path::new(file));
    if root.is_absolute() == file.is_absolute() {
        relative(&normal(file), &normal(&folder(root)))
    } else {
        relative(&files.canonical(file), &folder(&files.canonical(root)))
    }
}

/// The path to `file` from `folder`, with `/` between its parts. Both are normal.
fn relative(file: &Path, folder: &Path) -> String {
    let common = file.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    let up = folder.components().skip(common).map(|_| Component::ParentDir);
    let down = file.components().skip(common);
    let path: PathBuf = up.chain(down).collect();
    path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}
