//! Generated code into a crate: the other half of `qapi_codegen::Config`.

/// Includes what a build script generated for the schema of that name.
///
/// ```ignore
/// // build.rs: qapi_codegen::Config::new("schema/agent.json").generate();
/// pub mod agent {
///     qapi_runtime::include_schema!("agent");
/// }
/// ```
///
/// In a program, where nobody else can use what it does not, the module wants
/// `#[allow(dead_code)]`: a schema says more than one program needs.
///
/// The name is that of the generated file without `.rs`: the schema's own unless
/// `Config::file_name` says otherwise. The path is absolute, so that editors find the file too.
#[macro_export]
macro_rules! include_schema {
    ($name:literal) => {
        ::core::include!(::core::concat!(
            ::core::env!(
                "OUT_DIR",
                "include_schema! needs a build.rs that calls qapi_codegen::Config::generate"
            ),
            "/",
            $name,
            ".rs"
        ));
    };
}
