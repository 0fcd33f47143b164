//! A real schema → one file with many copies of it, the definitions of each under names of their
//! own. For how the cost grows with the size of the input.

use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::types::Type;
use qapi_codegen::{Options, Outcome, compile};

/// Writes copies of a schema into a file: `[SCHEMA, COUNT, FILE]`.
///
/// A process of its own does it, because the system counts what memory a process has as that of
/// the programs it starts, too.
pub fn run(arguments: &[String]) -> Result<(), String> {
    let [schema, count, file] = arguments else { return Err("enlarge SCHEMA COUNT FILE".into()) };
    let count = count.parse().map_err(|error| format!("{count}: {error}"))?;
    let text = Original::read(Path::new(schema))?.copies(count);
    std::fs::write(file, text).map_err(|error| format!("{file}: {error}"))
}

/// A schema that can be copied.
struct Original {
    /// The text of every file.
    texts: Vec<String>,
    types: HashSet<String>,
    /// The lists of the pragmas that except something, by name.
    exceptions: Vec<(&'static str, Vec<String>)>,
}

const EXCEPTIONS: [&str; 4] = [
    "command-name-exceptions",
    "command-returns-exceptions",
    "documentation-exceptions",
    "member-name-exceptions",
];

impl Original {
    /// Reads a schema of QEMU 10.2.
    fn read(root: &Path) -> Result<Original, String> {
        let options = Options::of(Dialect::Qemu10_2);
        let Outcome { sources, schema, .. } =
            compile(&root.to_string_lossy(), &DiskFiles, &options);
        let schema = schema.ok_or_else(|| format!("{} is rejected", root.display()))?;
        let named = schema.types().filter_map(|(_, ty)| match ty {
            Type::Builtin(_) | Type::Array(_) => None,
            ty => ty.common().filter(|common| common.span.is_some()).map(|_| ty.name().to_owned()),
        });
        let texts: Vec<String> = sources.files().map(|(_, file)| file.text.clone()).collect();
        let exceptions =
            EXCEPTIONS.map(|pragma| (pragma, texts.iter().flat_map(|t| list(t, pragma)).collect()));
        Ok(Original { types: named.collect(), exceptions: exceptions.to_vec(), texts })
    }

    /// So many copies in one text.
    fn copies(&self, count: usize) -> String {
        let mut text = String::from("{ 'pragma': { 'doc-required': true } }\n");
        for (pragma, names) in &self.exceptions {
            let all = (0..count).flat_map(|copy| {
                names.iter().map(move |name| format!("'{}'", renamed(name, copy)))
            });
            let all: Vec<String> = all.collect();
            writeln!(text, "{{ 'pragma': {{ '{pragma}': [ {} ] }} }}", all.join(", "))
                .expect("writes to a string");
        }
        for copy in 0..count {
            for file in &self.texts {
                self.copy(file, copy, &mut text);
            }
        }
        text
    }

    fn copy(&self, file: &str, copy: usize, out: &mut String) {
        let mut in_directive = false;
        let mut opens_block = false;
        for line in file.lines() {
            in_directive |= line.starts_with("{ 'include'") || line.starts_with("{ 'pragma'");
            if in_directive {
                in_directive = !line.ends_with('}');
                continue;
            }
            match line.strip_prefix("# @").and_then(|rest| rest.strip_suffix(':')) {
                Some(name) if opens_block => {
                    writeln!(out, "# @{}:", renamed(name, copy)).expect("writes to a string");
                }
                _ if line.starts_with('#') => writeln!(out, "{line}").expect("writes to a string"),
                _ => self.code(line, copy, out),
            }
            opens_block = line == "##";
        }
    }

    /// A line of code: types are renamed wherever they stand, commands and events where they are
    /// defined.
    fn code(&self, line: &str, copy: usize, out: &mut String) {
        let meta = line.strip_prefix('{').unwrap_or_default().trim_start();
        let defines = ["'command'", "'event'"].iter().any(|key| meta.starts_with(key));
        for (index, part) in line.split('\'').enumerate() {
            let is_string = index % 2 == 1;
            let is_name = defines && index == 3;
            out.push_str(if index == 0 { "" } else { "'" });
            match is_string && (is_name || self.types.contains(part)) {
                true => out.push_str(&renamed(part, copy)),
                false => out.push_str(part),
            }
        }
        out.push('\n');
    }
}

/// The name in a copy, in the case of the original.
fn renamed(name: &str, copy: usize) -> String {
    let is_event = !name.contains(|c: char| c.is_ascii_lowercase());
    let is_command = !name.contains(|c: char| c.is_ascii_uppercase());
    match (is_event, is_command) {
        (true, _) => format!("{name}_N{copy}"),
        (_, true) => format!("{name}-n{copy}"),
        _ => format!("{name}N{copy}"),
    }
}

/// The strings in a pragma's list.
fn list(text: &str, pragma: &str) -> Vec<String> {
    let Some((_, behind)) = text.split_once(&format!("'{pragma}': [")) else { return Vec::new() };
    let inside = behind.split(']').next().unwrap_or_default();
    let code: String = inside.lines().map(|line| line.split('#').next().unwrap_or("")).collect();
    code.split('\'').skip(1).step_by(2).map(str::to_owned).collect()
}
