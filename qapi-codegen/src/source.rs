//! Where text comes from: files, positions in them, and who included whom.
//!
//! In: a name and a text per file. Out: [`FileId`]s and, for any [`Span`], a line, a column and
//! the chain of includes that led there. Reads no file itself; see `load`.

/// A file of a [`SourceMap`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(u32);

/// A run of bytes in one file: `start..end`, both byte offsets into its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from the start of `self` to the end of `last`, which is in the same file.
    pub fn to(self, last: Span) -> Span {
        Span { end: last.end.max(self.end), ..self }
    }

    /// Its first `count` bytes, or all of it; they must end at a character.
    pub fn first_bytes(self, count: u32) -> Span {
        Span { end: self.end.min(self.start.saturating_add(count)), ..self }
    }

    /// The empty span just before this one.
    pub fn before(self) -> Span {
        Span { end: self.start, ..self }
    }
}

/// Something with the place it was written at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The thing.
    pub value: T,
    /// Its place.
    pub span: Span,
}

impl<T> Spanned<T> {
    /// Joins a thing and its place.
    pub fn new(value: T, span: Span) -> Self {
        Spanned { value, span }
    }
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// One file: its name as messages print it, its text, and the directive that included it.
#[derive(Debug)]
pub struct SourceFile {
    /// The name as QEMU's generator would print it: the root as given, an include joined to the
    /// folder of the file that names it.
    pub name: String,
    /// The whole text. Always valid UTF-8; `load` reports what is not.
    pub text: String,
    /// The `include` directive that first named this file; `None` for the root.
    pub included_by: Option<Span>,
    line_starts: Vec<u32>,
    /// How many code points stand before every [`BLOCK`] bytes. A schema can be one long line, in
    /// which nobody wants to count from the start for each message.
    blocks: Vec<u32>,
}

/// So many bytes are counted at most to find a column.
const BLOCK: usize = 1 << 10;

impl SourceFile {
    /// How many code points stand before an offset, where a character starts.
    fn characters_before(&self, at: usize) -> usize {
        let block = at / BLOCK;
        self.blocks[block] as usize + characters(&self.text.as_bytes()[block * BLOCK..at])
    }
}

/// How many characters start in a run of UTF-8.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| (**byte as i8) >= -64).count()
}

/// The code points before each block, and before the end if that is where one would start.
fn block_counts(text: &str) -> Vec<u32> {
    let mut counts = vec![0];
    let mut count = 0;
    for block in text.as_bytes().chunks_exact(BLOCK) {
        count += characters(block) as u32;
        counts.push(count);
    }
    counts
}

/// A place as people count: both from 1, the column in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in code points, from 1.
    pub column: usize,
}

/// All files of one run.
#[derive(Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a file.
    pub fn add(&mut self, name: String, text: String, included_by: Option<Span>) -> FileId {
        let line_starts = std::iter::once(0).chain(line_ends(&text)).collect();
        let id = FileId(u32::try_from(self.files.len()).expect("load bounds the number of files"));
        let blocks = block_counts(&text);
        self.files.push(SourceFile { name, text, included_by, line_starts, blocks });
        id
    }

    /// The file behind an id of this map.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// All files, in the order they were added.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(index, file)| (FileId(index as u32), file))
    }

    /// The text that a span covers.
    pub fn text(&self, span: Span) -> &str {
        let [start, end] = self.offsets(span);
        &self.file(span.file).text[start..end]
    }

    /// Line and column of a span's start.
    pub fn line_column(&self, span: Span) -> LineColumn {
        let (file, line) = (self.file(span.file), self.line_index(span));
        let [start, at] = [file.line_starts[line] as usize, self.offsets(span)[0]];
        let column = file.characters_before(at) - file.characters_before(start) + 1;
        LineColumn { line: line + 1, column }
    }

    /// What stands before a span on the line where it starts.
    pub fn line_before(&self, span: Span) -> &str {
        let file = self.file(span.file);
        let start = file.line_starts[self.line_index(span)] as usize;
        &file.text[start..self.offsets(span)[0]]
    }

    /// The lines that a span touches, without the last line's end.
    pub fn lines(&self, span: Span) -> Span {
        let file = self.file(span.file);
        let start = file.line_starts[self.line_index(span)];
        let last = Span { start: span.end.max(span.start), ..span };
        let next = file.line_starts.get(self.line_index(last) + 1);
        let whole = next.map_or(&file.text[..], |&next| &file.text[..next as usize]);
        let ends = ["\r\n", "\n", "\r"];
        let line = ends.iter().find_map(|end| whole.strip_suffix(end)).unwrap_or(whole);
        // A span may end between the two characters of a line end.
        let end = line.len().max(self.offsets(span)[1]);
        Span { start, end: end as u32, ..span }
    }

    /// The line on which a span starts, from 1. Cheaper than [`line_column`](Self::line_column).
    pub fn line(&self, span: Span) -> usize {
        self.line_index(span) + 1
    }

    fn line_index(&self, span: Span) -> usize {
        let at = self.offsets(span)[0] as u32;
        self.file(span.file).line_starts.partition_point(|&start| start <= at) - 1
    }

    /// Start and end of a span in the text, moved back to where slicing is possible.
    fn offsets(&self, span: Span) -> [usize; 2] {
        let text = &self.file(span.file).text;
        [span.start, span.end.max(span.start)].map(|at| {
            let at = text.len().min(at as usize);
            (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
        })
    }

    /// The directives that led to a file, outermost first; empty for the root.
    pub fn include_chain(&self, file: FileId) -> Vec<Span> {
        let mut chain: Vec<Span> =
            std::iter::successors(self.file(file).included_by, |by| self.file(by.file).included_by)
                .collect();
        chain.reverse();
        chain
    }
}

/// Offsets behind each line end. LF, CRLF and a lone CR all end a line, as in Python's text mode.
fn line_ends(text: &str) -> impl Iterator<Item = u32> + '_ {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| match byte {
        b'\n' => Some(at as u32 + 1),
        b'\r' if bytes.get(at + 1) != Some(&b'\n') => Some(at as u32 + 1),
        _ => None,
    })
}

/// White space as QEMU's generator sees it: Unicode's, and four control characters more, which are
/// space to Python.
pub fn is_space(character: char) -> bool {
    character.is_whitespace() || ('\x1c'..='\x1f').contains(&character)
}
