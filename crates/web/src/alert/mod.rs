//! Alerts: limits that come near, and limits that have passed.

mod acknowledge;
mod list;

pub use acknowledge::acknowledge;
pub use list::list;
