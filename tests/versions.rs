//! Bindings of one release, and of a newer one that also speaks it, at a real server of that
//! release: everything that can be asked without arguments is asked, and every answer is read.

use std::fmt::Write;
use std::path::Path;

use qapi_codegen::dialect::Dialect;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::schema::spoken::{self, Version};
use qapi_codegen::{Options, compile, rust};
use qapi_tests::data;
use qapi_tests::package::Package;
use qapi_tests::peer::Peer;

/// QEMU's main schema of a release.
fn schema(data: &Path, release: &str, dialect: Dialect) -> Schema {
    let path = data::qemu_schema(data, release, "qapi/qapi-schema.json");
    let outcome = compile(&path.to_string_lossy(), &DiskFiles, &Options::of(dialect));
    outcome.schema.expect("QEMU's own schema is right")
}

#[test]
fn bindings_of_the_server_s_release_read_every_answer() {
    let Some(data) = data::folder() else { return };
    ask_everything("bindings-7-2", &schema(&data, "7.2", Dialect::Qemu7_2));
}

#[test]
fn newer_bindings_that_also_speak_it_read_every_answer() {
    let Some(data) = data::folder() else { return };
    let newest = schema(&data, "10.2", Dialect::Qemu10_2);
    let older = schema(&data, "7.2", Dialect::Qemu7_2);
    let newest = Version { label: "10.2", schema: &newest };
    let spoken = spoken::all(newest, &[Version { label: "7.2", schema: &older }]);
    // What only the older one has is not lost.
    assert!(older.commands().iter().all(|old| spoken.find_command(&old.common.name).is_some()));
    assert!(older.events().iter().all(|old| spoken.find_event(&old.common.name).is_some()));
    ask_everything("bindings-10-2-and-7-2", &spoken);
}

fn ask_everything(name: &str, schema: &Schema) {
    let Some(peer) = Peer::qemu() else { return };
    let package = Package::new(name);
    let mut diagnostics = qapi_codegen::diagnostic::Diagnostics::default();
    let text = rust::file(schema, &rust::Options::default(), "qapi", &mut diagnostics);
    assert!(diagnostics.take().is_empty());
    package.add_module("qapi", &text);
    let questions = questions(schema);
    package.add_main(&program(name, &questions));
    let answers = package.run(&[&peer.socket().display().to_string()]);
    let unread: Vec<&str> = answers.lines().filter(|line| line.contains(": unread")).collect();
    assert!(unread.is_empty(), "{}", unread.join("\n"));
    let read = answers.lines().filter(|line| line.ends_with(": read")).count();
    eprintln!("{name}: {} questions, {read} answers", questions.len());
    assert!(read >= 45, "only {read} of {} answers:\n{answers}", questions.len());
}

/// The structs of all `query-` commands that need no arguments.
fn questions(schema: &Schema) -> Vec<(String, String)> {
    let listing = rust::listing(schema);
    let commands = listing.lines().filter_map(|line| line.strip_prefix("command "));
    let needs_nothing = |name: &str| {
        let arguments = schema.find_command(name).and_then(|command| command.arguments);
        arguments.is_none_or(|id| schema.members_flattened(id).iter().all(|member| member.optional))
    };
    commands
        .filter_map(|line| line.split_once(' '))
        .filter(|(name, _)| name.starts_with("query-") && needs_nothing(name))
        .filter_map(|(name, rest)| Some((name.to_owned(), rest.split(' ').next()?.to_owned())))
        .collect()
}

fn program(package: &str, questions: &[(String, String)]) -> String {
    let library = package.replace('-', "_");
    let mut text = format!(
        "use qapi_runtime::{{Address, Command, Execute, blocking}};
        use {library}::qapi::commands;

        fn ask<C: Command + Default>(client: &blocking::Client, name: &str) {{
            let what = match client.execute(C::default()) {{
                Ok(_) => \"read\".to_owned(),
                Err(error) => match error.server() {{
                    Some(refusal) => format!(\"refused: {{refusal}}\"),
                    None => format!(\"unread: {{error}}\"),
                }},
            }};
            println!(\"{{name}}: {{what}}\");
        }}

        #[allow(deprecated)]
        fn main() {{
            let path = std::env::args().nth(1).expect(\"a socket\");
            let address: Address = format!(\"unix:{{path}}\").parse().expect(\"an address\");
            let options = blocking::Options::default();
            let client = blocking::Client::connect(&address, options).expect(\"connects\");
"
    );
    for (name, structure) in questions {
        writeln!(text, "            ask::<{structure}>(&client, {name:?});").expect("writes");
    }
    text + "        }\n"
}
