//! The agent's schema as a client sees it, for the tests that talk to agents; and the README's.

use qapi_codegen::Config;
use qapi_codegen::rust::Role;

fn main() {
    Config::new("../schema/agent.json").role(Role::Client).generate();
    Config::new("door/bar.json").generate();
}
