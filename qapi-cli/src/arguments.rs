//! Arguments of a command as people type them → one JSON object.
//!
//! In: `{"path": "/bin/true"}`, or `path=/bin/true arg='["-l"]' file.driver=raw`. Out: a map.

use serde_json::{Map, Value};

/// Reads what stands behind the command's name. The error is a sentence for people.
pub(crate) fn read(words: &[String]) -> Result<Map<String, Value>, String> {
    match words {
        [word] if word.trim_start().starts_with('{') => object(word),
        _ => pairs(words),
    }
}

fn object(text: &str) -> Result<Map<String, Value>, String> {
    serde_json::from_str(text).map_err(|error| format!("the arguments are no JSON object: {error}"))
}

fn pairs(words: &[String]) -> Result<Map<String, Value>, String> {
    let mut arguments = Map::new();
    for word in words {
        let (key, value) = word
            .split_once('=')
            .ok_or_else(|| format!("expected key=value or one JSON object, found '{word}'"))?;
        insert(&mut arguments, key, scalar(value)).map_err(|why| format!("'{key}': {why}"))?;
    }
    Ok(arguments)
}

/// JSON where it is JSON, else the text itself: `count=5` is a number, `path=/bin/true` a string.
fn scalar(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.to_owned()))
}

/// `a.b.c=1` is `{"a": {"b": {"c": 1}}}`, as in QEMU's own shell.
fn insert(into: &mut Map<String, Value>, key: &str, value: Value) -> Result<(), String> {
    let (first, rest) = match key.split_once('.') {
        Some((first, rest)) => (first, Some(rest)),
        None => (key, None),
    };
    if first.is_empty() {
        return Err("a name is empty".to_owned());
    }
    match rest {
        None if into.contains_key(first) => Err("is given twice".to_owned()),
        None => {
            into.insert(first.to_owned(), value);
            Ok(())
        }
        Some(rest) => match into.entry(first).or_insert_with(|| Value::Object(Map::new())) {
            Value::Object(inner) => insert(inner, rest, value),
            _ => Err(format!("'{first}' already has a value that is no object")),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use serde_json::{Value, json};

    fn words(words: &[&str]) -> Result<Value, String> {
        let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
        read(&words).map(Value::Object)
    }

    #[test]
    fn pairs_nest_by_dots_and_take_json_values() {
        let read =
            words(&["path=/bin/ls", "arg=[\"-l\"]", "n=5", "file.driver=raw", "file.size=1"]);
        let expected = json!({"path": "/bin/ls", "arg": ["-l"], "n": 5,
                              "file": {"driver": "raw", "size": 1}});
        assert_eq!(read, Ok(expected));
    }

    #[test]
    fn a_single_object_is_taken_whole() {
        assert_eq!(words(&["{\"a\": null}"]), Ok(json!({"a": null})));
        assert_eq!(words(&[]), Ok(json!({})));
    }

    #[test]
    fn mistakes_are_named() {
        assert!(words(&["path"]).unwrap_err().contains("found 'path'"));
        assert!(words(&["a=1", "a=2"]).unwrap_err().contains("given twice"));
        assert!(words(&["a=1", "a.b=2"]).unwrap_err().contains("no object"));
        assert!(words(&["a..b=2"]).unwrap_err().contains("empty"));
        assert!(words(&["{\"a\": "]).unwrap_err().contains("no JSON object"));
    }
}
