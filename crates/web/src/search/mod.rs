//! Finding a child.

mod show;

pub(crate) use show::{Fields, fields, sought};
pub use show::{find, show};
