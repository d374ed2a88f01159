//! A photograph: chosen and sent, then recorded by the form of its event; shown on a page and as a picture.

mod choose;
mod picture;
mod show;

pub(crate) use choose::WITH_FILE;
pub use choose::{choose, send};
pub use picture::{picture, portrait};
pub use show::show;
