//! An episode.

mod show;

pub use show::show;
