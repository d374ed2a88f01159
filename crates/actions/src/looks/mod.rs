//! The log of looks: what is read of a child is written down before it is shown, and so is what was refused.

mod note;
mod unusual;
mod who;

pub(crate) use note::{broke_glass, note, note_list, note_lists, refused};
pub use note::{failed_sign_in, signed_in};
pub use unusual::{Unusual, unusual};
pub use who::{LookLine, who_has_looked};
