//! What the guest is and how it is doing, one question a file. Everything here only looks.

mod clock;
mod load;
mod memory;
mod os;
mod posix_tz;
mod processors;
mod timezone;
mod tzif;
mod users;

pub use clock::time;
pub use load::load;
pub use memory::memory_block_info;
pub use os::{host_name, osinfo};
pub use processors::vcpus;
pub use timezone::timezone;
pub use users::users;
