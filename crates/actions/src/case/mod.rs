//! A child's record made ready: rows of the store, the case file, the case that the engine sees, and what lists keep of it.
//!
//! `load` gives whoever may what they may see; `append` is the only way to write on a record. Nothing outside sees the whole.

mod append;
mod begin;
mod carry;
mod derive;
mod differs;
mod go;
mod judge;
mod kept;
mod lists;
mod load;
mod merge;
mod moved;
mod next;
mod places;
mod redact;
mod remembered;
mod same;
mod stood;
mod text;
mod ties;
mod whole;

pub(crate) use append::{Added, Appending, add_rows, again, append, own_key, row};
pub(crate) use begin::{begun, refresh};
pub(crate) use derive::{ChildBase, UNKNOWN};
pub(crate) use differs::{differs, ends_nothing_late, hangs_together};
pub(crate) use go::{ERASED, Stays, let_go, stays, stays_of};
pub(crate) use kept::{Kept, class_of, is_carer, load_kept, text};
pub(crate) use lists::{Compared, compare, relist};
pub(crate) use load::{Opened, Purpose, load, load_listed, open, placements, sees_from, whole_file, writers};
pub(crate) use merge::{Seen, apart, marks_of, merge, part, perhaps, seen};
pub(crate) use places::{PLACE_AT, PLACE_CALLED, place_keys};
pub(crate) use redact::{concerns, names};
pub(crate) use remembered::Remembered;
pub(crate) use same::{Same, Tie};
pub(crate) use stood::{Stood, glimpse, sees_rows};
pub(crate) use ties::{Tied, children_tied, load_tied, peek_tied, tie};
