// What is deprecated is still on the wire: the derives may use it, the user's code is warned.

#![deny(warnings)]
#![allow(dead_code)]

mod members {
    use qapi_runtime::{Alternate, Command, Enum, Event, Object, Union};

    #[derive(Object)]
    pub struct Process {
        #[deprecated]
        pub pid: i64,
        #[deprecated]
        pub name: Option<String>,
        #[deprecated]
        #[qapi(branch)]
        pub input: Stream,
        pub size: u32,
        #[deprecated]
        #[qapi(rest)]
        pub others: qapi_runtime::Map,
    }

    #[derive(Enum)]
    pub enum Mode {
        #[deprecated]
        None,
        #[deprecated]
        #[qapi(unrecognized)]
        Unrecognized(Box<str>),
    }

    #[derive(Union)]
    #[qapi(tag = "type")]
    pub enum Stream {
        #[deprecated]
        File(Box<Process>),
        #[deprecated]
        Pipe,
    }

    #[derive(Alternate)]
    pub enum Selected {
        #[deprecated]
        Process(Process),
        #[deprecated]
        Path(String),
    }

    #[deprecated]
    #[derive(Command)]
    #[qapi(name = "query-process", returns = Vec<Process>)]
    pub struct QueryProcess {
        #[deprecated]
        pub pid: i64,
    }

    #[deprecated]
    #[derive(Event)]
    #[qapi(name = "PROCESS")]
    pub struct Ended {
        #[deprecated]
        pub pid: i64,
    }
}

fn main() {}
