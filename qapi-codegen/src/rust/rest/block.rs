//! The blocks of a text: paragraphs, lists, literal blocks, directives.

/// One block.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// Text with inline marks, line breaks kept.
    Paragraph(String),
    /// Text that is shown as it is.
    Literal(Vec<String>),
    /// A list, bulleted or numbered.
    List(Vec<Item>),
    /// Indented text.
    Quote(Vec<Block>),
    /// A note, a warning, an example: a title and what belongs to it.
    Titled(String, Vec<Block>),
}

/// One item of a list.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Item {
    /// `-` or `1.`, as Markdown wants it.
    pub(super) marker: String,
    /// What the item says.
    pub(super) blocks: Vec<Block>,
}

/// Reads the blocks of a text.
pub(super) fn read(text: &str) -> Vec<Block> {
    blocks(&text.lines().map(str::trim_end).collect::<Vec<_>>())
}

/// Lists in lists and notes in notes deeper than this stay plain text; nobody writes them, and
/// reading recurses.
const DEEPEST: usize = 16;

fn blocks(lines: &[&str]) -> Vec<Block> {
    let mut reading = Reading { lines, at: 0, depth: 0 };
    reading.blocks()
}

/// Lines that are being read, from `at` on.
struct Reading<'a> {
    lines: &'a [&'a str],
    at: usize,
    depth: usize,
}

impl<'a> Reading<'a> {
    fn blocks(&mut self) -> Vec<Block> {
        let mut blocks = Vec::new();
        while let Some(&line) = self.lines.get(self.at) {
            match line {
                "" => self.at += 1,
                _ if self.depth >= DEEPEST => blocks.push(Block::Literal(self.paragraph())),
                _ if indent(line) > 0 => {
                    let quoted = self.indented();
                    blocks.push(Block::Quote(self.inner(&quoted)));
                }
                _ if line == ".." || line.starts_with(".. ") => blocks.extend(self.directive()),
                _ if marker(line).is_some() => blocks.push(self.list()),
                _ => self.text(&mut blocks),
            }
        }
        blocks
    }

    fn inner(&self, lines: &[String]) -> Vec<Block> {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        Reading { lines: &lines, at: 0, depth: self.depth + 1 }.blocks()
    }

    /// The lines up to the next blank one.
    fn paragraph(&mut self) -> Vec<String> {
        let lines = &self.lines[self.at..];
        let length = lines.iter().position(|line| line.is_empty()).unwrap_or(lines.len());
        self.at += length;
        lines[..length].iter().map(|&line| line.to_owned()).collect()
    }

    /// The indented lines from here on, blank ones between them included, without their indent.
    fn indented(&mut self) -> Vec<String> {
        let lines = &self.lines[self.at..];
        let belongs = |line: &&str| line.is_empty() || indent(line) > 0;
        let length = lines.iter().position(|line| !belongs(line)).unwrap_or(lines.len());
        self.at += length;
        dedented(&lines[..length])
    }

    /// A first line and the indented lines that continue it.
    fn continued(&mut self, first: String) -> Vec<String> {
        let gap = (self.lines.get(self.at) == Some(&"")).then(String::new);
        std::iter::once(first).chain(gap).chain(self.indented()).collect()
    }

    /// A paragraph, and the literal block that it announces with `::`.
    fn text(&mut self, blocks: &mut Vec<Block>) {
        let lines = self.paragraph();
        if is_drawn(&lines[0]) {
            return blocks.push(Block::Literal(lines));
        }
        let (lines, titled) = without_rules(lines);
        if lines.is_empty() {
            return;
        }
        let text = lines.iter().map(|line| line.trim_start()).collect::<Vec<_>>().join("\n");
        let Some(before) = text.strip_suffix("::") else {
            let text = if titled { format!("**{text}**") } else { text };
            return blocks.push(Block::Paragraph(text));
        };
        match before.chars().next_back() {
            None => {}
            Some(last) if last.is_whitespace() => {
                blocks.push(Block::Paragraph(before.trim_end().to_owned()));
            }
            Some(_) => blocks.push(Block::Paragraph(format!("{before}:"))),
        }
        let literal = self.indented();
        if !literal.is_empty() {
            blocks.push(Block::Literal(literal));
        }
    }

    fn list(&mut self) -> Block {
        let mut items = Vec::new();
        while let Some((marker, width)) = self.lines.get(self.at).and_then(|line| marker(line)) {
            let first = self.lines[self.at][width..].trim_start().to_owned();
            self.at += 1;
            let lines = self.continued(first);
            items.push(Item { marker, blocks: self.inner(&lines) });
            while self.lines.get(self.at) == Some(&"") {
                self.at += 1;
            }
        }
        Block::List(items)
    }

    /// `.. name:: argument` with options and content, or a comment, which says nothing.
    fn directive(&mut self) -> Option<Block> {
        let head = self.lines[self.at].trim_start_matches("..").trim_start().to_owned();
        self.at += 1;
        let (name, argument) = match head.split_once("::") {
            Some((name, argument)) if is_directive(name) => (name, argument.trim().to_owned()),
            _ => {
                self.indented();
                return None;
            }
        };
        let lines = self.continued(argument.clone());
        let (options, content) = options(&lines[1..]);
        Some(match name {
            "qmp-example" => self.example(&options, content),
            "code" | "code-block" | "sourcecode" | "parsed-literal" => {
                Block::Literal(content.to_vec())
            }
            "table" => Block::Titled(argument, vec![Block::Literal(content.to_vec())]),
            "admonition" => Block::Titled(argument, self.inner(content)),
            _ => Block::Titled(title(name), self.inner(&lines)),
        })
    }

    fn example(&self, options: &[String], content: &[String]) -> Block {
        let title = options.iter().find_map(|option| option.strip_prefix(":title:"));
        let title =
            title.map_or("Example".to_owned(), |title| format!("Example: {}", title.trim()));
        match options.iter().any(|option| option.starts_with(":annotated:")) {
            true => Block::Titled(title, self.inner(content)),
            false => Block::Titled(title, vec![Block::Literal(content.to_vec())]),
        }
    }
}

fn is_directive(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || "-_:".contains(c))
}

/// The `:name: value` lines at the start of a directive's content, and the rest.
fn options(content: &[String]) -> (Vec<String>, &[String]) {
    let is_option = |line: &String| {
        line.strip_prefix(':').and_then(|line| line.split_once(':')).is_some_and(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
    };
    let count = content.iter().take_while(|line| is_option(line)).count();
    let rest = &content[count..];
    let blank = rest.iter().take_while(|line| line.is_empty()).count();
    (content[..count].to_vec(), &rest[blank..])
}

/// `note` → `Note`, `see-also` → `See also`.
fn title(directive: &str) -> String {
    let words = directive.replace(['-', '_', ':'], " ");
    let mut letters = words.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// The marker of a list item as Markdown has it, and how many bytes it takes here.
fn marker(line: &str) -> Option<(String, usize)> {
    let text_follows = |width: usize| line[width..].starts_with(' ') || line.len() == width;
    if line.starts_with(['-', '*', '+']) {
        return text_follows(1).then(|| ("-".to_owned(), 1));
    }
    if line.starts_with("#. ") {
        return Some(("1.".to_owned(), 2));
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let closed = line[digits..].starts_with(['.', ')']);
    // CommonMark takes numbers of up to nine digits.
    let numbered = (1..=9).contains(&digits) && closed && text_follows(digits + 1);
    numbered.then(|| (format!("{}.", &line[..digits]), digits + 1))
}

/// Whether a paragraph that starts so is a drawing: a table, or lines to be kept as lines.
fn is_drawn(first: &str) -> bool {
    let border = first.contains("=  ") && first.chars().all(|c| c == '=' || c == ' ');
    border || first.starts_with("+-") || first.starts_with("| ")
}

/// A heading without the rules above and below it; whether it was one.
fn without_rules(lines: Vec<String>) -> (Vec<String>, bool) {
    let is_rule = |line: &String| {
        line.len() >= 3
            && line.starts_with(|first: char| "=*-~^\"#".contains(first))
            && line.bytes().all(|byte| byte == line.as_bytes()[0])
    };
    let (rules, text): (Vec<String>, Vec<String>) = lines.into_iter().partition(is_rule);
    let titled = !rules.is_empty() && text.len() == 1;
    match text.is_empty() {
        true => (Vec::new(), false),
        false => (text, titled),
    }
}

fn dedented(lines: &[&str]) -> Vec<String> {
    let filled = || lines.iter().filter(|line| !line.is_empty());
    let margin = filled().map(|line| indent(line)).min().unwrap_or(0);
    let first = lines.iter().position(|line| !line.is_empty()).unwrap_or(lines.len());
    let last = lines.iter().rposition(|line| !line.is_empty()).map_or(first, |last| last + 1);
    lines[first..last].iter().map(|line| line.get(margin..).unwrap_or("").to_owned()).collect()
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start_matches(' ').len()
}
