//! Posts: what a person does, for whom, and for how long. Acting up, being on call and covering are posts as well.

mod add;
mod change;
mod rules;
mod settle;

pub use add::{Given, NewPost, add};
pub(crate) use add::{day, made, not_there, problem, problems, propose, row};
pub(crate) use change::last;
pub use change::{change, end};
pub(crate) use rules::is_role;
pub use rules::{Cover, Kind, PostRules, rules};
pub(crate) use settle::said_at_home;
pub use settle::settle;

use crate::app::App;
use crate::keeping::By;
use store::Agency;

/// The roles that somebody may hold, with their names.
pub fn roles(app: &App) -> Vec<(String, String)> {
    rules::roles(app)
}

/// The roles that somebody may give in one of these agencies at least, with their names: those that an agency of its kind can have. A children's
/// home has no police officers, and who adds its people reads of none.
pub fn roles_to_give(app: &App, by: By<'_>, agencies: &[Agency]) -> Vec<(String, String)> {
    let has = |agency: &Agency, role: &str| app.policies.roles().employs(&agency.kind, role);
    let gives = |role: &str| agencies.iter().any(|one| has(one, role) && by.keeps_post(role, &one.id));
    roles(app).into_iter().filter(|(role, _)| gives(role)).collect()
}

/// A day or a moment as it is typed: `2026-01-31`, `2026-01-31 09:00`.
pub fn read_day(app: &App, text: &str) -> Option<i64> {
    day(app, text)
}

/// The kinds of posts, with their names.
pub const KINDS: [(&str, &str); 4] =
    [("own", "The person's own post"), ("acting", "Acting up"), ("on_call", "On call"), ("cover", "Cover")];
