//! Alerts: limits that come near, and limits that have passed.

mod acknowledge;
mod list;

pub use acknowledge::{acknowledge, panel_seen, silence_seen};
pub use list::list;
