//! The board of open episodes.

mod events;
mod show;

pub use events::listen;
pub use show::show;
