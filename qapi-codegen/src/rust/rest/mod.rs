//! The reStructuredText of documentation → Markdown that rustdoc renders without a warning.
//!
//! In: a description as `doc` read it. Out: lines of Markdown. Knows the constructs that QAPI
//! schemas use; what it does not know stays readable text. Markdown's own marks are escaped, so
//! that prose stays prose, and examples become ```` ```text ````, so that rustdoc never runs them.

mod block;
mod inline;
mod render;

pub(super) use inline::{References, plain};

/// All of a text.
pub(super) fn markdown(text: &str, references: &dyn References) -> Vec<String> {
    render::lines(&block::read(text), references)
}

/// The text behind `@name:` or `Returns:`. Its first line stands behind the tag, so that only the
/// others are indented, or all if it starts on the next line.
pub(super) fn unindented(text: &str) -> String {
    match text.trim_start_matches('\n') {
        text if text.starts_with(' ') => dedented(text),
        text => match text.split_once('\n') {
            Some((first, rest)) => format!("{first}\n{}", dedented(rest)),
            None => text.to_owned(),
        },
    }
}

fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let margin = filled.map(indent).min().unwrap_or(0);
    let lines: Vec<&str> = text.lines().map(|line| line.get(margin..).unwrap_or("")).collect();
    lines.join("\n")
}

/// The first paragraph of a text; nothing where it does not start with one.
pub(super) fn first_paragraph(text: &str, references: &dyn References) -> Vec<String> {
    match block::read(text).into_iter().next() {
        Some(first @ block::Block::Paragraph(_)) => render::lines(&[first], references),
        _ => Vec::new(),
    }
}

/// A text that is an example as a whole.
pub(super) fn example(text: &str) -> Vec<String> {
    render::fence(&text.lines().map(str::to_owned).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::{References, markdown, unindented};

    struct Known;

    impl References for Known {
        fn definition(&self, name: &str) -> Option<String> {
            (name == "Level").then(|| "[`Level`]".to_owned())
        }

        fn member(&self, name: &str) -> Option<String> {
            self.definition(name)
        }
    }

    #[track_caller]
    fn check(rest: &str, expected: &str) {
        assert_eq!(markdown(rest, &Known).join("\n"), expected);
    }

    #[test]
    fn marks_become_marks() {
        check("see `Level`, `other` and ``x [y]``", "see [`Level`], `other` and `x [y]`");
        check("@member, @Level. *so* **be** it", "`member`, [`Level`]. *so* **be** it");
        check(":ref:`a-label` and :doc:`Text </path>`", "a-label and Text");
        check(":qapi:event:`Level`", "[`Level`]");
        check("`text <https://x.org/>`_", "[text](<https://x.org/>)");
    }

    #[test]
    fn descriptions_lose_the_indent_that_their_tag_asks_for() {
        assert_eq!(unindented("one\n    two\n\n      - three"), "one\ntwo\n\n  - three");
        assert_eq!(unindented("\n    - one\n      two"), "- one\n  two");
    }

    #[test]
    fn prose_stays_prose() {
        check("[0, 10) <tag> a < b, 2 * 3 * 4", "\\[0, 10) \\<tag> a < b, 2 \\* 3 \\* 4");
        check("x_y _z_ --b -- &amp; & ~", "x_y \\_z\\_ \\--b -- \\&amp; & \\~");
        check("one\n# two\n- three\n1. four", "one\n\\# two\n\\- three\n1\\. four");
        check("me@example.org or `open", "me@example.org or \\`open");
    }

    #[test]
    fn urls_are_links_without_the_sentence_around_them() {
        check("See https://x.org/a_b.", "See <https://x.org/a_b>.");
        check("(<http://zlib.net/>)", "(<http://zlib.net/>)");
    }

    #[test]
    fn lists_keep_their_paragraphs() {
        check("- one\n  more\n\n- two", "- one\n  more\n- two");
        check("1) one\n\n   again\n\n2) two", "1. one\n\n   again\n\n2. two");
    }

    #[test]
    fn examples_are_no_doctests() {
        check("Like::\n\n  let x;\n\n    y\n\nso", "Like:\n\n```text\nlet x;\n\n  y\n```\n\nso");
        check(".. qmp-example::\n   :title: T\n\n   -> { }", "Example: T:\n\n```text\n-> { }\n```");
    }

    #[test]
    fn notes_are_set_off() {
        check(".. note:: It\n   is.", "> **Note:** It\n> is.");
        check(".. a comment\n   goes on\n\ntext", "text");
    }
}
