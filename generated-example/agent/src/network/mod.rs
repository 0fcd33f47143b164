//! The guest's interfaces, addresses and routes, as its kernel sees them.

pub mod interfaces;
mod netlink;
pub mod routes;

pub use interfaces::interfaces;
pub use routes::routes;
