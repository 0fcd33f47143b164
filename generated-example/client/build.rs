//! Makes `agent.rs` out of the schema, and makes it again when a schema file changes.

fn main() {
    qapi_codegen::Config::new("../../schema/agent.json").generate();
}
