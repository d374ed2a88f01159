//! A child's record made ready: rows of the store, the case file, the case that the engine sees, duties, and what lists keep of them.

mod derive;
mod duties;
mod key;
mod load;
mod next;
mod photograph;
mod text;

pub(crate) use derive::{ChildBase, TOLD, derive, note as note_of};
pub(crate) use duties::{Asked, Evaluated, One, evaluate};
pub(crate) use key::safe;
pub(crate) use load::{Loaded, base, born, load, read};
pub(crate) use photograph::{OnFile, on_file as photographs, shown as photograph_shown};
