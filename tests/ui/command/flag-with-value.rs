// `oob` says it alone.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-ping", oob = true, no_success_response(true))]
struct GuestPing;

fn main() {}
