//! The agent's schema as a client sees it, for the tests that talk to agents; the README's; and what
//! can be chosen.

use qapi_codegen::Config;
use qapi_codegen::rust::{Conditions, Role, Serde, Server, Setters};

fn main() {
    Config::new("../schema/agent.json").role(Role::Client).generate();
    Config::new("door/bar.json").generate();
    let bar = Config::new("door/bar.json").file_name("bar_async.rs");
    bar.server(Server::Async).generate();
    let unions = Config::new("schema/ok/unions.json").file_name("unions_serde.rs");
    unions.serde(Serde::With).generate();
    let setters = Config::new("schema/ok/flags-features-and-conditions.json");
    setters.file_name("flags_setters.rs").setters(Setters::With).generate();
    let setters = Config::new("schema/ok/names-that-rust-reserves.json");
    setters.file_name("names_setters.rs").setters(Setters::With).generate();
    let setters = Config::new("schema/ok/recursion.json");
    setters.file_name("recursion_setters.rs").setters(Setters::With).generate();
    let bytes = Config::new("../schema/agent.json").file_name("agent_bytes.rs").role(Role::Client);
    bytes
        .only(["guest-exec", "guest-file-write"])
        .field("guest-exec.input-data")
        .as_bytes()
        .field("guest-file-write.buf-b64")
        .as_bytes()
        .attribute("GuestExec", "#[derive(PartialOrd)]")
        .generate();
    let monitor = Config::new("sharing/monitor.json");
    monitor.generate();
    Config::new("sharing/daemon.json").shares(&monitor, "crate::sharing::monitor").generate();
    let gated = Config::new("schema/ok/flags-features-and-conditions.json");
    gated.file_name("flags_gated.rs").conditions(Conditions::Features).generate();
    let only = Config::new("schema/ok/unions.json").file_name("unions_only.rs");
    only.only(["migrate"]).role(Role::Client).generate();
}
