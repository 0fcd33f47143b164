//! The conditions of dialect qemu-5.2: what stands behind `#if` in C.
//!
//! QEMU's generator took any text. What is understood here is what schemas used: `defined(NAME)`,
//! `!`, `&&`, `||` and parentheses. Any other text is taken as a name that the build defines or
//! not.

use super::definition::{Condition, Preprocessor};

/// How deep parentheses and `!` may nest.
const MAX_DEPTH: usize = 64;

/// The condition that texts mean, all of which must hold. There is at least one.
pub(super) fn condition(texts: Vec<String>) -> Preprocessor {
    let parts = texts.iter().map(|text| meaning(text)).collect();
    Preprocessor { meaning: Box::new(one_or(parts, Condition::All)), texts }
}

fn meaning(text: &str) -> Condition {
    let mut reader = Reader { rest: text.trim(), depth: 0 };
    match reader.any() {
        Some(condition) if reader.rest.is_empty() => condition,
        Some(_) | None => Condition::Defined(text.trim().to_owned()),
    }
}

/// How a text for the preprocessor is written since 6.1; `None` where it is none that is
/// understood.
pub(super) fn in_today_s_words(text: &str) -> Option<String> {
    let bare = |text: &str| text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).count();
    let condition = match text.contains("defined") || bare(text) == 1 {
        true => meaning(text),
        // `A && !B`
        false => meaning(&with_defined(text)),
    };
    let is_understood = match &condition {
        Condition::Defined(name) => name != text.trim(),
        _ => true,
    };
    is_understood.then(|| written(&condition))
}

fn with_defined(text: &str) -> String {
    let mut out = String::new();
    let mut in_name = false;
    for character in text.chars() {
        let is_name = character.is_ascii_alphanumeric() || character == '_';
        if is_name && !in_name {
            out.push_str("defined ");
        }
        in_name = is_name;
        out.push(character);
    }
    out
}

fn written(condition: &Condition) -> String {
    let list = |key: &str, parts: &[Condition]| {
        let parts: Vec<String> = parts.iter().map(written).collect();
        format!("{{ '{key}': [ {} ] }}", parts.join(", "))
    };
    match condition {
        Condition::Defined(name) => format!("'{name}'"),
        Condition::All(parts) => list("all", parts),
        Condition::Any(parts) => list("any", parts),
        Condition::Not(part) => format!("{{ 'not': {} }}", written(part)),
        Condition::Preprocessor(Preprocessor { meaning, .. }) => written(meaning),
    }
}

struct Reader<'a> {
    rest: &'a str,
    depth: usize,
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> Option<Condition> {
        let parts = self.separated("||", Self::all)?;
        Some(one_or(parts, Condition::Any))
    }

    fn all(&mut self) -> Option<Condition> {
        let parts = self.separated("&&", Self::single)?;
        Some(one_or(parts, Condition::All))
    }

    fn separated(
        &mut self,
        separator: &str,
        part: fn(&mut Self) -> Option<Condition>,
    ) -> Option<Vec<Condition>> {
        let mut parts = vec![part(self)?];
        while self.skip(separator) {
            parts.push(part(self)?);
        }
        Some(parts)
    }

    fn single(&mut self) -> Option<Condition> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let single = if self.skip("!") {
            Some(Condition::Not(Box::new(self.single()?)))
        } else if self.skip("(") {
            let inner = self.any()?;
            self.skip(")").then_some(inner)
        } else if self.skip("defined") {
            let in_parentheses = self.skip("(");
            let name = self.name()?.to_owned();
            (!in_parentheses || self.skip(")")).then_some(Condition::Defined(name))
        } else {
            None
        };
        self.depth -= 1;
        single
    }

    fn name(&mut self) -> Option<&'a str> {
        let end = self.rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let (name, rest) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = rest.trim_start();
        (!name.is_empty()).then_some(name)
    }

    fn skip(&mut self, token: &str) -> bool {
        match self.rest.strip_prefix(token) {
            Some(rest) => {
                self.rest = rest.trim_start();
                true
            }
            None => false,
        }
    }
}

/// The only part, or all of them together.
fn one_or(mut parts: Vec<Condition>, several: fn(Vec<Condition>) -> Condition) -> Condition {
    match (parts.len(), parts.pop()) {
        (1, Some(part)) => part,
        (_, last) => {
            parts.extend(last);
            several(parts)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::meaning;
    use crate::expr::definition::Condition::{All, Any, Defined, Not};

    #[test]
    fn c_conditions_are_understood() {
        let name = |name: &str| Defined(name.to_owned());
        assert_eq!(meaning("defined(A)"), name("A"));
        assert_eq!(
            meaning("defined(A) || defined B && !defined(C)"),
            Any(vec![name("A"), All(vec![name("B"), Not(Box::new(name("C")))])])
        );
        assert_eq!(meaning("(defined(A))"), name("A"));
        for other in ["A > 3", "defined(A", "defined()", "!", &"(".repeat(100_000)] {
            assert_eq!(meaning(other), name(other));
        }
    }
}
