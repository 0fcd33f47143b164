//! Where something stands, as dumps and goldens name it.

use crate::source::{SourceMap, Span};

/// `LINE:COLUMN` in the file that the dump is about.
pub(super) fn in_file(span: Span, sources: &SourceMap) -> String {
    let place = sources.line_column(span);
    format!("{}:{}", place.line, place.column)
}

/// `FILE:LINE`.
pub(super) fn in_schema(span: Span, sources: &SourceMap) -> String {
    format!("{}:{}", sources.file(span.file).name, sources.line_column(span).line)
}
