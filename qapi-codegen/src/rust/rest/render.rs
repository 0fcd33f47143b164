//! Blocks → lines of Markdown.

use super::block::{Block, Item};
use super::inline::{self, References};

/// All blocks, a blank line between each two.
pub(super) fn lines(blocks: &[Block], references: &dyn References) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(one(block, references));
    }
    lines
}

/// A block of text that is kept as it is.
pub(super) fn fence(text: &[String]) -> Vec<String> {
    let longest =
        text.iter().map(|line| line.trim_start().bytes().take_while(|&b| b == b'`').count());
    let fence = "`".repeat(longest.max().unwrap_or(0).max(2) + 1);
    let mut lines = vec![format!("{fence}text")];
    lines.extend_from_slice(text);
    lines.push(fence);
    lines
}

fn one(block: &Block, references: &dyn References) -> Vec<String> {
    match block {
        Block::Paragraph(text) => paragraph(text, references),
        Block::Literal(text) => fence(text),
        Block::List(items) => list(items, references),
        Block::Quote(blocks) => quoted(lines(blocks, references)),
        Block::Titled(title, blocks) => titled(title, blocks, references),
    }
}

/// An example below its title, anything else set off and with its title before it.
fn titled(title: &str, blocks: &[Block], references: &dyn References) -> Vec<String> {
    let title = format!("{}:", paragraph(title, references).join(" "));
    let mut content = lines(blocks, references);
    match blocks {
        [] => vec![title],
        [Block::Literal(_)] => [vec![title, String::new()], content].concat(),
        [Block::Paragraph(_), ..] => {
            if let Some(first) = content.first_mut() {
                first.insert_str(0, &format!("**{title}** "));
            }
            quoted(content)
        }
        _ => quoted([vec![format!("**{title}**"), String::new()], content].concat()),
    }
}

fn paragraph(text: &str, references: &dyn References) -> Vec<String> {
    inline::markdown(text, references).lines().map(|line| unstarted(line.trim())).collect()
}

/// A line that Markdown would take for the start of something else, made plain.
fn unstarted(line: &str) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let behind = line[digits..].strip_prefix(['.', ')']);
    if digits > 0 && behind.is_some_and(|behind| behind.is_empty() || behind.starts_with(' ')) {
        return format!("{}\\{}", &line[..digits], &line[digits..]);
    }
    let mark = line.starts_with(['#', '>', '+', '|'])
        || line.starts_with("- ")
        || line == "-"
        || (!line.is_empty() && line.bytes().all(|byte| byte == b'='));
    match mark {
        true => format!("\\{line}"),
        false => line.to_owned(),
    }
}

/// A list, its items apart only where one of them has several paragraphs.
fn list(items: &[Item], references: &dyn References) -> Vec<String> {
    let is_short = |item: &Item| item.blocks.len() <= 1;
    let apart = !items.iter().all(is_short);
    let mut all = Vec::new();
    for item in items {
        if apart && !all.is_empty() {
            all.push(String::new());
        }
        let first = format!("{} ", item.marker);
        let further = " ".repeat(first.len());
        let margins = std::iter::once(first).chain(std::iter::repeat(further));
        let lines = lines(&item.blocks, references).into_iter().zip(margins);
        all.extend(lines.map(|(line, margin)| format!("{margin}{line}").trim_end().to_owned()));
    }
    all
}

fn quoted(lines: Vec<String>) -> Vec<String> {
    let quote = |line: String| if line.is_empty() { ">".to_owned() } else { format!("> {line}") };
    lines.into_iter().map(quote).collect()
}
