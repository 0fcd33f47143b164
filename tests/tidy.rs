//! The arrows of ARCHITECTURE.md, held by reading `use` lines and manifests.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use qapi_tests::golden::workspace;

/// Modules of qapi-codegen from the bottom up; a module may use those in its own row's list.
const CODEGEN: &[(&str, &[&str])] = &[
    ("source", &[]),
    ("nearest", &[]),
    ("diagnostic", &["source", "nearest"]),
    ("dialect", &[]),
    ("ast", &["source"]),
    ("lex", &["source", "diagnostic", "dialect"]),
    ("parse", &["source", "diagnostic", "lex", "ast", "dialect"]),
    ("pragma", &["source", "diagnostic", "ast", "dialect", "nearest"]),
    ("doc", &["source", "diagnostic", "ast", "dialect"]),
    ("load", &["source", "diagnostic", "lex", "parse", "ast", "pragma", "doc", "dialect"]),
    ("expr", &["source", "diagnostic", "ast", "pragma", "doc", "load", "dialect", "nearest"]),
    ("schema", &["source", "diagnostic", "pragma", "doc", "expr", "load", "dialect", "nearest"]),
    ("rust", &["source", "diagnostic", "doc", "schema", "nearest"]),
    ("render", &["source", "diagnostic"]),
    ("introspect", &["dialect", "schema"]),
    ("older", &["dialect", "load", "schema", "compile", "Options", "Outcome"]),
    ("dump", &["source", "diagnostic", "dialect", "lex", "parse", "ast", "doc", "expr", "schema"]),
    (
        "config",
        &[
            "source",
            "diagnostic",
            "dialect",
            "load",
            "schema",
            "rust",
            "render",
            "compile",
            "older",
            "Options",
        ],
    ),
];

#[test]
fn modules_of_the_generator_only_point_down() {
    let root = workspace().join("qapi-codegen/src");
    let mut faults = Vec::new();
    for (module, allowed) in CODEGEN {
        for file in sources(&root, module) {
            let text = std::fs::read_to_string(&file).expect("our own sources can be read");
            for used in crate_paths(&text) {
                let is_module = CODEGEN.iter().any(|(name, _)| *name == used);
                if is_module && used != *module && !allowed.contains(&used.as_str()) {
                    faults.push(format!("{}: uses crate::{used}", file.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "ARCHITECTURE.md forbids:\n{}", faults.join("\n"));
}

#[test]
fn every_module_of_the_generator_has_its_row() {
    let root = workspace().join("qapi-codegen/src");
    let found: BTreeSet<String> = std::fs::read_dir(root)
        .expect("our own sources can be read")
        .map(|entry| entry.expect("an entry").path())
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .filter(|name| name != "lib")
        .collect();
    let listed: BTreeSet<String> = CODEGEN.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(found, listed);
}

#[test]
fn crates_only_depend_as_decided() {
    let allowed: &[(&str, &[&str])] = &[
        ("qapi-codegen", &[]),
        ("qapi-derive", &[]),
        ("qapi-runtime", &["qapi-derive"]),
        ("qapi-cli", &["qapi-codegen", "qapi-runtime"]),
        ("generated-example/agent", &["qapi-codegen", "qapi-runtime"]),
        ("generated-example/client", &["qapi-agent", "qapi-codegen", "qapi-runtime"]),
    ];
    for (member, ours) in allowed {
        let manifest = std::fs::read_to_string(workspace().join(member).join("Cargo.toml"))
            .expect("each member has a manifest");
        let found: BTreeSet<&str> = manifest
            .lines()
            .skip_while(|line| !line.starts_with("[dependencies]"))
            .take_while(|line| !line.starts_with("[dev-dependencies]"))
            .filter_map(|line| line.split(['.', ' ', '=']).next())
            .filter(|name| name.starts_with("qapi-"))
            .collect();
        assert_eq!(found, ours.iter().copied().collect(), "{member}");
    }
}

#[test]
fn only_the_doors_print_or_exit() {
    let doors = ["qapi-codegen/src/config/mod.rs"];
    for library in ["qapi-codegen/src", "qapi-derive/src", "qapi-runtime/src"] {
        for file in all_sources(&workspace().join(library)) {
            let name =
                file.strip_prefix(workspace()).expect("below the root").display().to_string();
            let text = std::fs::read_to_string(&file).expect("our own sources can be read");
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            for line in code.take_while(|line| !line.contains("#[cfg(test)]")) {
                let speaks =
                    ["println!", "print!(", "process::exit"].iter().any(|w| line.contains(w));
                assert!(!speaks || doors.contains(&name.as_str()), "{name}: {line}");
            }
        }
    }
}

fn sources(root: &Path, module: &str) -> Vec<PathBuf> {
    let mut files = all_sources(&root.join(module));
    files.extend(Some(root.join(format!("{module}.rs"))).filter(|file| file.is_file()));
    assert!(!files.is_empty(), "{module} has no source");
    files
}

fn all_sources(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.map(|entry| entry.expect("an entry").path());
    paths
        .flat_map(|path| match path.is_dir() {
            true => all_sources(&path),
            false => vec![path],
        })
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .collect()
}

/// First segments of every `crate::…` path outside comments.
fn crate_paths(text: &str) -> BTreeSet<String> {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split("crate::").skip(1).map(str::to_owned).collect::<Vec<_>>())
        .flat_map(|rest| match rest.strip_prefix('{') {
            Some(group) => group.split(',').map(first_segment).collect(),
            None => vec![first_segment(&rest)],
        })
        .collect()
}

fn first_segment(path: &str) -> String {
    path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}
