//! Agencies, as whoever keeps them sees them, and their teams.

mod edit;
mod list;

pub use edit::{add_team, change, create, new, show};
pub use list::list;
