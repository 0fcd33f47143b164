use qapi_runtime::Object;

#[derive(Object)]
struct Process {
    #[qapi(debug)]
    pid: i64,
}

fn main() {}
