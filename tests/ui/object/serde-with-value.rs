use qapi_runtime::Object;

#[derive(Object)]
#[qapi(serde = "both")]
struct Process {
    pid: i64,
}

fn main() {}
