//! What the derives accept and what they say of everything else: `tests/ui`, a file a hazard.
//! `TRYBUILD=overwrite cargo test --test ui` rewrites the expected messages; read the diff then.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.pass("ui/pass/*.rs");
    for derive in ["object", "enum", "union", "alternate", "command", "event"] {
        cases.compile_fail(format!("ui/{derive}/*.rs"));
    }
}
