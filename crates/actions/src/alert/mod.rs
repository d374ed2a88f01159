//! Alerts.

mod acknowledge;

pub use acknowledge::acknowledge;
