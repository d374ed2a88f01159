//! Agencies, as whoever keeps them sees them, and their teams.

mod directory;
mod edit;
mod list;
mod provider;

pub use directory::{directory, save_directory};
pub use edit::{add_team, change, create, new, show};
pub use list::list;
pub(crate) use provider::tried;
pub use provider::{add_provider, change_provider, new_provider, provider, providers, try_provider, turn_provider};
