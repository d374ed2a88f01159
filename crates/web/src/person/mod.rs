//! People, as whoever keeps them sees them.

mod close;
mod import;
mod list;
mod new;
mod show;

pub use close::{ask as ask_to_disable, disable};
pub use import::{choose, send};
pub use list::list;
pub use new::{create, new};
pub use show::{change_post, give_post, invite, let_in, recover, show};

use crate::visit::Member;

/// The address of a link that opens once.
pub(crate) fn link(member: &Member, token: &str) -> String {
    let path = format!("/welcome/{token}");
    let whole = member.app().doors().address.as_ref().and_then(|address| address.join(&path).ok());
    whole.map_or(path, Into::into)
}
