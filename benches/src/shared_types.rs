//! Two files of generated code, ours and the peer's → the types that both have, so that a program
//! of either does the same work. It reads lines, not Rust: generators print what they define at the
//! root always in the same way.

use std::collections::BTreeMap;

/// A type that both have under one name, but for its case.
pub struct SharedType {
    /// Its name in our bindings.
    pub ours: String,
    /// Its name in the peer's.
    pub peer: String,
}

/// The types at the roots of both files that can be read and written.
pub fn find(ours: &str, peer: &str) -> Vec<SharedType> {
    // Every derive of ours makes a type one that can be read and written.
    let ours = types(ours, &["::qapi_runtime::"]);
    let peer = types(peer, &["Serialize", "Deserialize"]);
    let shared = ours.iter().filter_map(|(key, ours)| {
        let peer = peer.get(key)?;
        Some(SharedType { ours: (*ours).to_owned(), peer: (*peer).to_owned() })
    });
    shared.collect()
}

/// The types at the root of a file whose derives have all these words, by name in lower case.
fn types<'a>(file: &'a str, derives: &[&str]) -> BTreeMap<String, &'a str> {
    let mut types = BTreeMap::new();
    let mut derive = "";
    for line in file.lines() {
        if line.starts_with("#[derive(") {
            derive = line;
        }
        let Some(definition) = definition(line) else { continue };
        if let Some(name) = plain_name(definition)
            && derives.iter().all(|word| derive.contains(word))
        {
            types.insert(name.to_lowercase(), name);
        }
        // The next type has its own, if any.
        derive = "";
    }
    types
}

/// What is behind the keyword, where the line defines a type at the root.
fn definition(line: &str) -> Option<&str> {
    line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))
}

/// The name that is defined, unless it has parameters: nobody says what to read for them.
fn plain_name(definition: &str) -> Option<&str> {
    let is_behind = |character: char| !character.is_alphanumeric() && character != '_';
    let (name, behind) = definition.split_at(definition.find(is_behind)?);
    (!behind.starts_with('<')).then_some(name)
}
