use qapi_runtime::Command;

#[derive(Command)]
#[qapi(name = "guest-exec", features(unstable), since = 1.2)]
struct GuestExec {
    path: String,
}

fn main() {}
