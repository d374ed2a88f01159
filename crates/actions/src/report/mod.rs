//! Reporting a child missing: one question a page, saved at each step, and a page to read out to the police.
//!
//! `questions` are the steps; `entries` are what the answers come to; nothing is on the record before `finish`.

mod back;
mod draft;
mod entries;
mod finish;
mod questions;
mod read_out;
mod record;
mod start;
mod step;
mod summary;
mod told;

pub use back::{Back, back};
pub use finish::finish;
pub use read_out::read_out;
pub use start::{start, start_page};
pub use step::{START, again, leave, save, show};
pub use told::{Told, told};

pub(crate) use start::unfinished;
