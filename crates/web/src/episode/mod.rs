//! An episode.

mod part;
mod show;

pub use part::part;
pub use show::show;
