// What a derive prints is no reason for a lint in the user's crate.

#![deny(warnings)]
#![deny(missing_docs, unreachable_pub, unused_qualifications, unused_lifetimes)]
#![deny(trivial_casts, trivial_numeric_casts, single_use_lifetimes, elided_lifetimes_in_paths)]
#![deny(unused_results, unused_import_braces, explicit_outlives_requirements, let_underscore_drop)]
#![deny(missing_debug_implementations, unit_bindings, variant_size_differences)]
#![deny(nonstandard_style, future_incompatible, rust_2018_idioms, rust_2024_compatibility)]
#![forbid(unsafe_code)]

//! A crate with strict habits.

/// Types of the schema.
pub mod schema {
    use qapi_runtime::{Alternate, Command, Enum, Event, Object, Union};

    /// A process.
    #[derive(Debug, Object)]
    #[non_exhaustive]
    pub struct Process {
        /// Its number.
        pub pid: i64,
        /// Where its input comes from.
        #[qapi(branch)]
        pub input: Stream,
        /// Its name.
        pub name: Option<String>,
    }

    /// Nothing.
    #[derive(Debug, Object)]
    pub struct Nothing {}

    /// Where something comes from.
    #[derive(Debug, Union)]
    #[qapi(tag = "type")]
    #[non_exhaustive]
    pub enum Stream {
        /// Another process.
        Pipe(Box<Process>),
        /// Nowhere.
        None,
    }

    /// How.
    #[derive(Debug, Clone, Copy, Enum)]
    #[non_exhaustive]
    pub enum Mode {
        /// This way.
        One = 3,
        /// That way.
        Other = 7,
    }

    /// What.
    #[derive(Debug, Alternate)]
    pub enum Selected {
        /// By number.
        Pid(i64),
        /// By name.
        Name(String),
    }

    /// Starts.
    #[derive(Debug, Command)]
    #[qapi(name = "start", returns = Process)]
    pub struct Start(pub Nothing);

    /// Started.
    #[derive(Debug, Event)]
    #[qapi(name = "STARTED")]
    pub struct Started;
}

mod private {
    use qapi_runtime::{Enum, Object, Union};

    #[derive(Debug, Object)]
    pub(super) struct Process {
        pub(super) mode: Mode,
        pub(super) stream: Stream,
    }

    #[derive(Debug, Enum)]
    pub(super) enum Mode {
        One,
    }

    #[derive(Debug, Union)]
    #[qapi(tag = "type")]
    pub(super) enum Stream {
        None,
    }
}

fn main() {
    use private::{Mode, Process, Stream};
    let process = Process { mode: Mode::One, stream: Stream::None };
    println!("{:?} {:?} {:?}", process, process.mode, process.stream);
}
