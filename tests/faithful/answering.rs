//! Generated code, and a program that says of each type what becomes of a value.

use std::fmt::Write;

use qapi_codegen::diagnostic::Diagnostics;
use qapi_codegen::rust;
use qapi_codegen::schema::Schema;
use qapi_tests::package::Package;

/// The package of that name. Its program reads lines "NUMBER JSON": of the JSON, `question` (a
/// function of program.rs) is asked for the type at the path of that number.
pub fn package<'a>(
    name: &str,
    (schema, role): (&Schema, rust::Role),
    question: &str,
    paths: impl Iterator<Item = &'a str>,
) -> Package {
    let package = Package::new(name);
    let mut diagnostics = Diagnostics::default();
    let options = rust::Options { docs: rust::Docs::Off, role, ..rust::Options::default() };
    let text = rust::file(schema, &options, "qapi", &mut diagnostics);
    assert!(diagnostics.take().is_empty());
    package.add_module("qapi", &format!("#![allow(missing_docs)]\n{text}"));
    let mut program = include_str!("program.rs").to_owned();
    program += "#[allow(deprecated)]\nconst SUBJECTS: &[fn(&[u8]) -> String] = &[\n";
    for path in paths {
        writeln!(program, "    {question}::<{name}::qapi::{path}>,").expect("writes");
    }
    package.add_main(&(program + "];\n"));
    package
}
