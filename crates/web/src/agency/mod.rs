//! Agencies, as whoever keeps them sees them, and their teams.

mod directory;
mod edit;
mod list;

pub use directory::{directory, save_directory};
pub use edit::{add_team, change, create, new, show};
pub use list::list;
