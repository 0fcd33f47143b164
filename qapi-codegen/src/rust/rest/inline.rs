//! The marks inside a paragraph: emphasis, literals, references, links, `@names`.

/// What a text may refer to.
pub(in super::super) trait References {
    /// Markdown for a name in backquotes: a link where it is the name of something.
    fn definition(&self, name: &str) -> Option<String>;
    /// Markdown for `@name`, which is a member unless it is the name of a type.
    fn member(&self, name: &str) -> Option<String>;
}

/// One paragraph as Markdown.
pub(super) fn markdown(text: &str, references: &dyn References) -> String {
    let mut writing = Writing { text, at: 0, out: String::with_capacity(text.len()), references };
    writing.all();
    writing.out
}

/// The first paragraph of a text as one line without any marks, for attributes.
pub(in super::super) fn plain(text: &str) -> String {
    let paragraph = text.trim().split("\n\n").next().unwrap_or_default();
    let words = paragraph.split_whitespace().map(|word| word.trim_start_matches('@'));
    words.collect::<Vec<_>>().join(" ").replace(['`', '*'], "")
}

struct Writing<'a> {
    text: &'a str,
    at: usize,
    out: String,
    references: &'a dyn References,
}

impl<'a> Writing<'a> {
    fn all(&mut self) {
        while let Some(next) = self.rest().chars().next() {
            let taken = match next {
                '\\' => self.escaped(),
                '`' => self.literal() || self.interpreted(None),
                ':' => self.role(),
                '*' => self.emphasis(),
                '@' => self.member(),
                '<' | 'h' | 'f' => self.link(),
                _ => false,
            };
            if !taken && !self.word() {
                let before = self.before();
                self.at += next.len_utf8();
                let behind = self.rest();
                prose(&mut self.out, before, next, behind);
            }
        }
    }

    /// Letters and digits: no mark begins among them.
    fn word(&mut self) -> bool {
        let length = self.rest().bytes().take_while(u8::is_ascii_alphanumeric).count();
        self.out.push_str(&self.rest()[..length]);
        self.at += length;
        length > 0
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// `\c`: the character itself; a blank vanishes.
    fn escaped(&mut self) -> bool {
        let Some(c) = self.rest().chars().nth(1) else { return false };
        self.at += 1 + c.len_utf8();
        if !c.is_whitespace() {
            self.out.push_str(if c.is_ascii_punctuation() { "\\" } else { "" });
            self.out.push(c);
        }
        true
    }

    /// ` ``literal`` `
    fn literal(&mut self) -> bool {
        let Some((content, length)) = between(self.rest(), "``") else { return false };
        self.at += length;
        self.push(&code(content));
        true
    }

    /// `` :role:`text` ``
    fn role(&mut self) -> bool {
        let name = |c: char| c.is_ascii_alphanumeric() || "-_.+:".contains(c);
        // No role has a longer name, and looking ahead is done at each colon.
        let mut ahead = self.rest().char_indices().take(64);
        let Some((end, _)) = ahead.find(|&(_, c)| !name(c)) else { return false };
        let role = self.rest()[..end].trim_matches(':');
        if role.is_empty() || !self.rest()[..end].ends_with(':') || is_word(self.before()) {
            return false;
        }
        let start = self.at;
        self.at += end;
        if !self.rest().starts_with("``") && self.interpreted(Some(role)) {
            return true;
        }
        self.at = start;
        false
    }

    /// `` `Name` ``, `` `text <url>`_ ``, or what a role stands before.
    fn interpreted(&mut self, role: Option<&str>) -> bool {
        let Some((content, length)) = between(self.rest(), "`") else { return false };
        if content.trim() != content {
            return false;
        }
        self.at += length;
        let (text, target) = match content.strip_suffix('>').and_then(|c| c.rsplit_once('<')) {
            Some((text, target)) if !text.trim().is_empty() => (text.trim(), Some(target)),
            _ => (content, None),
        };
        let is_link = role.is_none() && self.rest().starts_with('_');
        self.at += self.rest().len() - self.rest().trim_start_matches('_').len();
        let written = match (role, target) {
            (None, Some(url)) if is_link && url.contains("://") => {
                format!("[{}](<{url}>)", escape(text))
            }
            (None, None) if !is_link => self.reference(content),
            (Some(role), _) if role.starts_with("qapi:") => self.reference(target.unwrap_or(text)),
            (Some("code" | "command" | "file" | "option" | "samp"), _) => code(content),
            _ => escape(text),
        };
        self.push(&written);
        true
    }

    /// Adds what may be a code span. Two of them must not touch.
    fn push(&mut self, written: &str) {
        if self.out.ends_with('`') && written.starts_with('`') {
            self.out.push(' ');
        }
        self.out.push_str(written);
    }

    fn reference(&self, name: &str) -> String {
        self.references.definition(name).unwrap_or_else(|| code(name))
    }

    /// `*emphasis*` and `**strong**`, which Markdown writes the same.
    fn emphasis(&mut self) -> bool {
        let mark = if self.rest().starts_with("**") { "**" } else { "*" };
        let opens = !is_word(self.before());
        let Some((content, length)) = between(self.rest(), mark).filter(|_| opens) else {
            return false;
        };
        if content.trim() != content || is_word(self.rest()[length..].chars().next()) {
            return false;
        }
        self.at += length;
        self.out.push_str(&format!("{mark}{}{mark}", escape(content)));
        true
    }

    /// `@name`
    fn member(&mut self) -> bool {
        let name = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
        let text = &self.rest()[1..];
        let end = text.find(|c| !name(c)).unwrap_or(text.len());
        // Punctuation behind a name is the sentence's.
        let text = text[..end].trim_end_matches(['.', '-']);
        if text.is_empty() || is_word(self.before()) {
            return false;
        }
        self.at += 1 + text.len();
        let written = self.references.member(text).unwrap_or_else(|| code(text));
        self.push(&written);
        true
    }

    /// A bare URL, or one in angle brackets.
    fn link(&mut self) -> bool {
        let rest = self.rest();
        let bare = rest.strip_prefix('<').unwrap_or(rest);
        let schemes = ["https://", "http://", "ftp://"];
        if is_word(self.before()) || !schemes.iter().any(|scheme| bare.starts_with(scheme)) {
            return false;
        }
        let end = bare.find(|c: char| c.is_whitespace() || "<>\"`".contains(c));
        let url = &bare[..end.unwrap_or(bare.len())];
        let bracketed = bare.len() < rest.len() && bare[url.len()..].starts_with('>');
        let url = match bracketed {
            true => url,
            false => url.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '*']),
        };
        if url.ends_with("://") || bare.len() < rest.len() && !bracketed {
            return false;
        }
        self.at += url.len() + if bracketed { 2 } else { 0 };
        self.out.push_str(&format!("<{url}>"));
        true
    }
}

/// What stands between two marks at the start of a text, and how long the three are together.
fn between<'a>(text: &'a str, mark: &str) -> Option<(&'a str, usize)> {
    let content = text.strip_prefix(mark)?;
    let end = content.find(mark)?;
    (end > 0).then(|| (&content[..end], end + 2 * mark.len()))
}

/// A code span, on one line so that none of its text can start a line.
fn code(content: &str) -> String {
    let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
    let longest = content.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    match longest {
        0 => format!("`{content}`"),
        _ => format!("{0} {content} {0}", "`".repeat(longest + 1)),
    }
}

/// Text without any marks of its own.
fn escape(text: &str) -> String {
    let mut out = String::new();
    for (at, c) in text.char_indices() {
        prose(&mut out, text[..at].chars().next_back(), c, &text[at + c.len_utf8()..]);
    }
    out
}

/// Adds one character that stands for itself, escaped where Markdown would take it for a mark. The
/// second of two blanks between sentences goes.
fn prose(out: &mut String, before: Option<char>, c: char, behind: &str) {
    if c == ' ' && before == Some(' ') {
        return;
    }
    let after = behind.chars().next();
    let is_mark = match c {
        '`' | '*' | '[' | '\\' | '~' => true,
        '_' => !(is_word(before) && is_word(after)),
        '<' => !after.is_some_and(|c| c.is_ascii_whitespace() || "=-0123456789".contains(c)),
        '&' => after.is_some_and(|c| c.is_ascii_alphabetic() || c == '#'),
        // rustdoc makes a dash of two hyphens: right in prose, wrong for `--option`.
        '-' => after == Some('-') && is_word(behind.chars().nth(1)),
        _ => false,
    };
    if is_mark {
        out.push('\\');
    }
    out.push(c);
}

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphanumeric)
}
