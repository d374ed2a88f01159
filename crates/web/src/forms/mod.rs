//! The forms of the rulebooks: what a child has, one that is filled in, one that was completed. One renderer draws them all: what is asked is
//! the rulebooks' business.

mod fill;
mod list;
mod question;
mod show;

pub use fill::{begin, resume, send};
pub use list::list;
pub(crate) use question::{draw as question, text_of};
pub use show::show;
