//! What the tests share: goldens, outside data, real peers. Each test file is one suite; this
//! crate holds no test of its own.

pub mod data;
pub mod golden;
pub mod package;
pub mod peer;
pub mod program;
pub mod random;
