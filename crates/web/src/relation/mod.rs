//! Who works with a child, who must not see, who has looked; asking for access, and breaking the glass.

mod access;
mod looks;
mod show;

pub use access::{access, send};
pub use looks::{unusual, who};
pub use show::{change, show};

pub(crate) use access::reason;
pub(crate) use show::{agencies, kinds, people, places, reason as why};
