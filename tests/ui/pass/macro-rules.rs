// A type that a macro writes: its pieces come wrapped in invisible groups, and from elsewhere.

use qapi_runtime::{Alternate, Command, Enum, Object, Union};

#[path = "../wire.rs"]
mod wire;

macro_rules! object {
    ($name:ident, $wire:literal, $member:ident: $ty:ty, $optional:ty, $returns:ty) => {
        #[derive(Debug, PartialEq, Object)]
        struct $name {
            #[qapi(name = $wire)]
            $member: $ty,
            other: $optional,
        }

        #[derive(Command)]
        #[qapi(name = $wire, returns = $returns)]
        struct Run($name);

        #[derive(Debug, PartialEq, Union)]
        #[qapi(tag = $wire)]
        enum Tagged {
            Named(Inner),
        }

        #[derive(Debug, PartialEq, Object)]
        struct Inner {
            inner: $ty,
        }

        #[derive(Debug, PartialEq, Alternate)]
        enum Either {
            One($ty),
            Other(Mode),
        }

        #[derive(Debug, PartialEq, Enum)]
        enum Mode {
            First,
            #[qapi(unrecognized)]
            Unrecognized(Box<str>),
        }
    };
}

mod library {
    pub mod runtime {
        pub use ::qapi_runtime::*;
    }

    macro_rules! nothing {
        ($name:ident) => {
            #[derive($crate::library::runtime::Object)]
            #[qapi(crate = $crate::library::runtime)]
            struct $name {}
        };
    }
    pub(crate) use nothing;
}

library::nothing!(Nothing);

object!(Process, "process-id", pid: i64, Option<Vec<i64>>, Vec<i64>);

fn main() {
    let Nothing {} = Nothing {};
    wire::round(Process { pid: 1, other: None }, r#"{"process-id": 1}"#);
    wire::round(Tagged::Named(Inner { inner: 2 }), r#"{"process-id": "named", "inner": 2}"#);
    wire::round(Either::Other(Mode::First), r#""first""#);
    assert_eq!(<Run as Command>::NAME, "process-id");
}
