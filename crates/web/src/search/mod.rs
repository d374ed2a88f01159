//! Finding a child.

mod show;

pub(crate) use show::name;
pub use show::show;
