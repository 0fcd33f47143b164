//! The table of the manual that says what each construct of a schema becomes in Rust
//! (docs/bindings.md): from a schema of the corpus and its golden, which is compiled. Made by this
//! test, so that it says what the generator does.

use std::fmt::Write;

use qapi_tests::golden::{Report, folder, workspace};

/// A construct: its title, the definition in tests/schema/ok/mapping.json that shows it, the items
/// of the golden that come of it, and what holds on the wire.
struct Row {
    title: &'static str,
    definition: &'static str,
    items: &'static [&'static str],
    guarantees: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        title: "Enum",
        definition: "'enum': 'Drink'",
        items: &["pub enum Drink {"],
        guarantees: &[
            "A server refuses a name that is none of these: `Parameter 'drink' does not accept value 'milk'`.",
            "A client keeps it in `Unrecognized` and writes it back as it came.",
            "`ALL`, `NAMES`, `as_str()`, `Display` and `FromStr` know the names on the wire.",
        ],
    },
    Row {
        title: "Struct",
        definition: "'struct': 'Order'",
        items: &["pub struct Order {", "impl Order {"],
        guarantees: &[
            "Members are written in the schema's order; an absent one is not written.",
            "Absent, `null` and empty are three things: `null` for `note` is an error, `[]` for `extras` is not.",
            "`number` is read from integers too, and written with 17 digits, so that 1.0 is `1`.",
            "A server refuses members that the schema does not have, after all others were read; a client ignores them.",
            "`new` takes what is mandatory; all fields are public, so `..` changes some of them.",
        ],
    },
    Row {
        title: "Base",
        definition: "'struct': 'LargeOrder'",
        items: &["pub struct LargeOrder {"],
        guarantees: &[
            "Inherited members stand first, in place: on the wire they are in the same object.",
            "Integers have their own range: 256 for `count` is `Parameter 'count' expects uint8_t`.",
            "A name that Rust reserves is raw, or has `_` behind it where it cannot be raw.",
        ],
    },
    Row {
        title: "Union with nothing but its tag",
        definition: "'union': 'Payment'",
        items: &["pub enum Payment {"],
        guarantees: &[
            "`{\"by\": \"card\", \"digits\": \"…\"}`: tag and members are in one object, the tag anywhere in it.",
            "A value of the tag without a branch has no further members.",
            "A client keeps a branch that it does not know, members and all.",
            "`Payment::from(card)`, as `Card` is the type of one branch only.",
        ],
    },
    Row {
        title: "Union with further members",
        definition: "'union': 'Receipt'",
        items: &["pub struct Receipt {", "pub enum ReceiptBranch {"],
        guarantees: &[
            "The field called like the tag holds the branch; on the wire all is one object.",
        ],
    },
    Row {
        title: "Alternate",
        definition: "'alternate': 'Table'",
        items: &["pub enum Table {"],
        guarantees: &[
            "The JSON kind alone chooses the branch: `[ \"x\" ]` is an error in `seats`, not a try at another one.",
        ],
    },
    Row {
        title: "Nullable, any, recursive",
        definition: "'struct': 'Menu'",
        items: &["pub struct Menu {"],
        guarantees: &[
            "`special` absent is `None`, `\"special\": null` is `Some(Table::Nowhere(Null))`.",
            "`\"anything\": null` is `Some(Any::Null)`; `any` keeps `i64`, `u64` and `f64` apart.",
            "A member that leads back to its own type is boxed.",
            "`size` is `u64`; a negative integer wraps, as QEMU reads it.",
        ],
    },
    Row {
        title: "Command with arguments of a named type",
        definition: "'command': 'order'",
        items: &["    pub struct Order {"],
        guarantees: &[
            "Arguments are a struct in `commands`, whatever the schema calls their type.",
        ],
    },
    Row {
        title: "Command with flags",
        definition: "'command': 'count'",
        items: &["    pub struct Count {"],
        guarantees: &[
            "`Command::NAME`, `OUT_OF_BAND`, `SUCCESS_RESPONSE`, `CAPABILITY`, `FEATURES` and `SINCE` say what the schema says.",
        ],
    },
    Row {
        title: "Command that takes a union",
        definition: "'command': 'pay'",
        items: &["    pub struct Pay("],
        guarantees: &["`boxed` is not on the wire."],
    },
    Row {
        title: "Command that does not answer",
        definition: "'command': 'close'",
        items: &["    pub struct Close;"],
        guarantees: &[
            "With `'success-response': false` a client does not wait for an answer that does not come; an error is still told.",
            "`deprecated` is `#[deprecated]` for clients; a server only documents it.",
        ],
    },
    Row {
        title: "Command with arguments that the schema does not know",
        definition: "'command': 'brew'",
        items: &["    pub struct Brew {"],
        guarantees: &[
            "With `'gen': false`, `rest` has what the schema does not name.",
            "An `if` is decided with `Config::define` and `undefine`; otherwise it is documented.",
        ],
    },
    Row {
        title: "Event",
        definition: "'event': 'READY'",
        items: &["    pub struct Ready {", "pub enum Event {"],
        guarantees: &[
            "`data` is left out where it is empty.",
            "A client gets an event that it does not know as `Event::Unrecognized`.",
        ],
    },
];

#[test]
fn the_manual_s_table_is_what_the_generator_makes() {
    let read = |name: &str| {
        let path = folder("schema/ok").join(name);
        std::fs::read_to_string(path).expect("the corpus has it")
    };
    let (schema, rust) = (read("mapping.json"), read("mapping.rs"));
    let mut page = "# What a schema becomes in Rust\n\n\
        Generated code is what a person would write, with a derive of `qapi-runtime`; \
        a hand-written type with the same derive is its equal.\n\
        Rust without its documentation; a test makes this page from \
        [a schema](../tests/schema/ok/mapping.json) and [what is generated from it](../tests/schema/ok/mapping.rs).\n"
        .to_owned();
    for Row { title, definition, items, guarantees } in ROWS {
        let definition = defined(&schema, definition);
        let items: Vec<String> = items.iter().map(|item| excerpt(&rust, item)).collect();
        let items = items.join("\n");
        write!(page, "\n## {title}\n\n```python\n{definition}\n```\n\n```rust\n{items}```\n\n")
            .expect("writes to a string");
        for guarantee in *guarantees {
            writeln!(page, "- {guarantee}").expect("writes to a string");
        }
    }
    page += include_str!("mapping/choices.md");
    let mut report = Report::default();
    report.compare(&workspace().join("docs/bindings.md"), &page);
    report.finish();
}

/// The definition that has this text in it.
fn defined<'a>(schema: &'a str, text: &str) -> &'a str {
    let found = schema.split("\n\n").find(|part| part.contains(text));
    found.unwrap_or_else(|| panic!("no {text}")).trim_end()
}

/// The item that starts with this line, its attributes above it, without documentation and without
/// the indentation of the module that it is in.
fn excerpt(rust: &str, start: &str) -> String {
    let lines: Vec<&str> =
        rust.lines().filter(|line| !line.trim_start().starts_with("///")).collect();
    let at = lines.iter().position(|line| line.starts_with(start));
    let at = at.unwrap_or_else(|| panic!("no {start}"));
    let indent = start.len() - start.trim_start().len();
    let attributes =
        lines[..at].iter().rev().take_while(|line| line.trim_start().starts_with("#["));
    let first = at - attributes.count();
    let end = format!("{:indent$}}}", "");
    let last = match lines[at].ends_with(';') {
        true => at,
        false => at + lines[at..].iter().position(|line| *line == end).expect("an item ends"),
    };
    lines[first..=last]
        .iter()
        .map(|line| format!("{}\n", &line[indent.min(line.len())..]))
        .collect()
}
