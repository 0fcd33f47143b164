//! The include graph: a root schema → every item of every file, flattened in QEMU's order.
//!
//! In: the path of the root schema. Out: [`Loaded`]: items with their documentation, an included
//! file's in place of the first directive that names it, and what the pragmas said. The only stage
//! that reads files, and that through [`Files`] alone. Does not look into definitions.

mod directive;
mod file;
pub mod files;
mod module;

use std::path::PathBuf;

use crate::ast::Object;
use crate::diagnostic::Diagnostics;
use crate::dialect::{Dialect, DocChecks};
use crate::doc::Doc;
use crate::pragma::Pragmas;
use crate::source::{FileId, SourceMap, Span};
pub use files::{DiskFiles, Files, MAX_FILE_BYTES, MemoryFiles};

/// What to read, and how.
#[derive(Clone, Debug)]
pub struct Options {
    /// Which language.
    pub dialect: Dialect,
    /// How strictly to read documentation.
    pub doc_checks: DocChecks,
    /// Folders where an include is looked for when it is not beside the file that names it. A file
    /// found there, unless it is below the root's own folder, is somebody else's: the pragmas of its
    /// own root are not here, so what pragmas can except is excepted in it and in what it includes,
    /// it needs no documentation, and what it says in pragmas is not said of this schema.
    pub include_dirs: Vec<PathBuf>,
}

impl Options {
    /// The options under which a release of QEMU reads its own schemas.
    pub fn of(dialect: Dialect) -> Self {
        Options { dialect, doc_checks: dialect.doc_checks(), include_dirs: Vec::new() }
    }
}

impl Default for Options {
    fn default() -> Self {
        Options::of(Dialect::default())
    }
}

/// A whole schema, as its files say it.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The files.
    pub sources: SourceMap,
    /// Every item, an included file's in place of the directive.
    pub items: Vec<Item>,
    /// What the pragmas said in the end.
    pub pragmas: Pragmas,
    /// The modules: the root's first, then in the order of the first directive that names them.
    pub modules: Vec<Module>,
    /// Every file that the result depends on, includes that are missing among them.
    pub closure: Vec<PathBuf>,
}

/// One schema file as a module.
#[derive(Clone, Debug)]
pub struct Module {
    /// Path relative to the root schema's folder.
    pub name: String,
    /// The file.
    pub file: FileId,
}

/// One item of the flattened schema.
#[derive(Debug)]
pub enum Item {
    /// What may be a definition.
    Expression(Expression),
    /// An include directive, of a file that is seen for the first time or again.
    Include(Include),
    /// A documentation block that belongs to no definition.
    FreeForm(Doc),
}

/// An object that is neither an include nor a pragma.
#[derive(Debug)]
pub struct Expression {
    /// The documentation right before it; its symbol is there, but may be another name.
    pub doc: Option<Doc>,
    /// The object.
    pub object: Object,
    /// The module it stands in, an index into [`Loaded::modules`].
    pub module: usize,
}

/// An include directive.
#[derive(Clone, Copy, Debug)]
pub struct Include {
    /// The module it stands in, an index into [`Loaded::modules`].
    pub module: usize,
    /// The module it names.
    pub included: usize,
    /// The directive.
    pub span: Span,
}

/// The most schema files. QEMU has 45.
pub const MAX_FILES: usize = 4096;

/// The most bytes in all schema files. QEMU's have 1 MiB.
pub const MAX_BYTES: usize = 256 << 20;

/// How deep includes may be nested. QEMU's generator gives up at about this depth too.
pub const MAX_INCLUDE_DEPTH: usize = 200;

/// Reads the schema at `root` and everything it includes.
pub fn load(
    root: &str,
    files: &dyn Files,
    options: &Options,
    diagnostics: &mut Diagnostics,
) -> Loaded {
    file::Loader::new(root, files, options).root(diagnostics)
}
