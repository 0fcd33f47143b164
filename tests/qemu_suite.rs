//! QEMU's own schema test suite and real schemas, run on our front end: same verdicts, same texts,
//! same checked schema; and what is generated from the real ones compiles.

use std::path::Path;

use qapi_codegen::dialect::{Dialect, DocChecks};
use qapi_codegen::dump;
use qapi_codegen::load::DiskFiles;
use qapi_codegen::schema::Schema;
use qapi_codegen::{Options, Outcome, compile, render, rust};
use qapi_tests::{data, package::Package};

/// The releases whose schemas are here.
const RELEASES: [(&str, Dialect); 3] =
    [("5.2", Dialect::Qemu5_2), ("7.2", Dialect::Qemu7_2), ("10.2", Dialect::Qemu10_2)];

/// QEMU's schemas.
const SCHEMAS: &[&str] = &[
    "qapi/qapi-schema.json",
    "qga/qapi-schema.json",
    "storage-daemon/qapi/qapi-schema.json",
    "docs/interop/firmware.json",
    "docs/interop/vhost-user.json",
];

fn read(path: &Path, dialect: Dialect) -> Outcome {
    compile(&path.to_string_lossy(), &DiskFiles, &Options::of(dialect))
}

#[test]
fn the_suite_gets_the_reference_s_verdicts_texts_and_dumps() {
    let Some(data) = data::folder() else { return };
    let folder = data.join("qapi-schema-tests");
    let cases = std::fs::read_to_string(folder.join("cases.tsv")).expect("the list of cases");
    let names: Vec<&str> =
        cases.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
    assert!(names.len() >= 150, "only {} cases", names.len());
    let mut wrong = Vec::new();
    for name in &names {
        let outcome = read(&folder.join(format!("{name}.json")), Dialect::Qemu10_2);
        let prefix = format!("{}/", folder.display());
        let error = render::qemu(&outcome.diagnostics, &outcome.sources).replace(&prefix, "");
        let dump = outcome
            .schema
            .as_ref()
            .map(|schema| dump::qemu(schema, Dialect::Qemu10_2))
            .unwrap_or_default();
        let expected = |suffix: &str| {
            std::fs::read_to_string(folder.join(format!("{name}.{suffix}"))).unwrap_or_default()
        };
        if error != expected("err") {
            wrong.push(format!("{name}.err\nexpected: {}got:      {error}", expected("err")));
        }
        if dump != expected("out") {
            wrong.push(format!("{name}.out"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), names.len(), wrong.join("\n"));
}

#[test]
fn real_schemas_are_accepted_in_their_own_dialect() {
    let Some(data) = data::folder() else { return };
    for (release, dialect) in RELEASES {
        for schema in SCHEMAS {
            let outcome = read(&data::qemu_schema(&data, release, schema), dialect);
            let text = render::qemu(&outcome.diagnostics, &outcome.sources);
            let accepted = outcome.schema.is_some() && text.is_empty();
            assert_eq!(accepted, !lacks_a_file(release, schema), "{release} {schema}: {text}");
        }
    }
}

#[test]
fn real_schemas_of_today_are_accepted_in_our_dialect() {
    let Some(data) = data::folder() else { return };
    for schema in SCHEMAS {
        let outcome = read(&data::qemu_schema(&data, "10.2", schema), Dialect::Extended);
        let text = render::qemu(&outcome.diagnostics, &outcome.sources);
        assert!(outcome.schema.is_some() && text.is_empty(), "{schema}: {text}");
    }
}

/// Up to 7.2, firmware.json includes a file that stands in another folder; its own generator never
/// reads it.
fn lacks_a_file(release: &str, schema: &str) -> bool {
    release != "10.2" && schema.ends_with("firmware.json")
}

/// In 7.2 one of its comments also goes by another name than the definition behind it.
#[test]
fn schemas_that_their_own_generator_cannot_read_load_with_the_options_for_it() {
    let Some(data) = data::folder() else { return };
    for (release, dialect, doc_checks) in
        [("5.2", Dialect::Qemu5_2, DocChecks::Legacy), ("7.2", Dialect::Qemu7_2, DocChecks::Off)]
    {
        let path = data::qemu_schema(&data, release, "docs/interop/firmware.json");
        let include_dirs = vec![data::qemu_schema(&data, release, "qapi")];
        let options = Options { dialect, doc_checks, include_dirs };
        let outcome = compile(&path.to_string_lossy(), &DiskFiles, &options);
        let text = render::qemu(&outcome.diagnostics, &outcome.sources);
        assert!(outcome.schema.is_some(), "{release}: {text}");
    }
}

#[test]
fn rust_for_the_real_schemas_compiles_without_a_warning() {
    let Some(data) = data::folder() else { return };
    let package = Package::new("real-schemas");
    add_real_schemas(&package, &data, &rust::Options::default());
    package.lint();
}

/// The edition of most code that is older than the generator, with what else can be chosen.
#[test]
fn rust_for_the_real_schemas_compiles_in_the_edition_before() {
    let Some(data) = data::folder() else { return };
    let package = Package::of_edition("real-schemas-2021", "2021");
    let options = rust::Options {
        server: rust::Server::Async,
        setters: rust::Setters::With,
        ..rust::Options::default()
    };
    add_real_schemas(&package, &data, &options);
    let prelude = qapi_tests::golden::workspace().join("tests/schema/ok/names-of-the-prelude.json");
    let shadowed = read(&prelude, Dialect::Extended).schema.expect("its golden shows it");
    package.add_module("prelude", &rust_of(&shadowed, &options));
    package.check();
}

/// The storage daemon includes half of the monitor's schema.
#[test]
fn rust_for_the_storage_daemon_has_the_monitor_s_types() {
    let Some(data) = data::folder() else { return };
    let schema = |index: usize| {
        let path = data::qemu_schema(&data, "10.2", SCHEMAS[index]);
        read(&path, Dialect::Qemu10_2).schema.expect("another test shows it")
    };
    let (monitor, daemon) = (schema(0), schema(2));
    let mut options = rust::Options::default();
    let monitor_text = rust_of(&monitor, &options);
    let theirs = rust::Theirs {
        schema: &monitor,
        options: &rust::Options::default(),
        path: "crate::monitor",
    };
    let ours = options.clone();
    options.shared.add(&daemon, &ours, theirs).expect("they are generated alike");
    let daemon_text = rust_of(&daemon, &options);
    assert!(daemon_text.matches("pub use crate::monitor::").count() > 200);
    let package = Package::new("shared-schemas");
    package.add_module("monitor", &monitor_text);
    package.add_module("daemon", &daemon_text);
    package.lint();
}

/// Every schema of every release, but those that lack a file.
fn add_real_schemas(package: &Package, data: &Path, options: &rust::Options) {
    for (release, dialect) in RELEASES {
        for (index, schema) in SCHEMAS.iter().enumerate() {
            if lacks_a_file(release, schema) {
                continue;
            }
            let outcome = read(&data::qemu_schema(data, release, schema), dialect);
            let schema = outcome.schema.expect("the test before shows it");
            let module = format!("schema_{index}_of_{}", release.replace('.', "_"));
            package.add_module(&module, &rust_of(&schema, options));
        }
    }
}

fn rust_of(schema: &Schema, options: &rust::Options) -> String {
    let mut diagnostics = qapi_codegen::diagnostic::Diagnostics::default();
    let text = rust::file(schema, options, "a real schema", &mut diagnostics);
    assert!(diagnostics.take().is_empty());
    text
}

#[test]
fn conditions_as_features_compile_with_all_of_them_and_with_none() {
    let Some(data) = data::folder() else { return };
    let outcome = read(&data::qemu_schema(&data, "10.2", SCHEMAS[0]), Dialect::Qemu10_2);
    let schema = outcome.schema.expect("another test shows it");
    let options =
        rust::Options { conditions: rust::Conditions::Features, ..rust::Options::default() };
    let text = rust_of(&schema, &options);
    assert!(text.matches("#[cfg(").count() > 300, "many things have a condition");
    let package = Package::new("gated-schema");
    let features = rust::feature_names(&schema);
    assert!(features.contains("config-vnc"), "{features:?}");
    package.add_features(features);
    package.add_module("qapi", &text);
    package.check();
    package.check_with(&["--all-features"]);
    package.check_with(&["--features", "config-vnc,config-linux"]);
}
