// The schema's own words are answered with those of the derive.

use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-ping", allow_oob, success_response = false)]
struct GuestPing;

fn main() {}
