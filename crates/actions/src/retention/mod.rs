//! How long records are kept, and letting them go. The law and the local periods are in `policy/retention.toml`. Thirty days before its end a
//! record is on the list of those who decide; a hold keeps it, with a reason; two people say that it may go. Then its rows are emptied, and
//! the chain still verifies.

mod change;
mod list;
mod show;
mod told;

pub use change::{hold, lift, release, take_back};
pub use list::{Ending, Gone, List, list};
pub use show::{KeptLine, Said, Shown, show};
pub use told::tell;

use crate::app::App;
use crate::post::rules;
use casebook::retention::Retention;
use engine::time::Moment;
use policy::{Act, Answers as _, Tie, Ties};
use store::StoreError;

/// The kinds of what is said of a record, as the store has them.
const HOLD: &str = "hold";
const RELEASE: &str = "release";

/// Does somebody in this role decide on records, of children whom their authority leads?
pub(crate) fn decides(app: &App, role: &str) -> bool {
    let leads = [Tie::Lead, Tie::Allocation, Tie::Area];
    leads.iter().any(|tie| app.policies.may(role, Ties::default().with(*tie)).acts.has(Act::LetGo))
}

/// The agencies of which it is laid down how long they keep records, and of which none is known here, by no kind and no name.
///
/// # Errors
/// The database's.
pub async fn unknown_agencies(app: &App) -> Result<Vec<String>, StoreError> {
    let known = app.store.agencies().await?;
    let is_kind = |word: &str| rules().kinds().iter().any(|kind| kind.id == word);
    let named = app.retention().named(is_kind).into_iter();
    let is_known = |name: &&str| !known.iter().any(|one| one.name.eq_ignore_ascii_case(name));
    Ok(named.filter(is_known).map(String::from).collect())
}

/// The day of a moment, and the day until which records are on the list then: `2026-12-29`.
fn days(app: &App, now: Moment) -> (String, String) {
    let calendar = &app.rules.vocabulary().calendar;
    let ahead = i64::from(Retention::get().listed_days_before) * 24 * 60;
    (calendar.date(now).to_string(), calendar.date(now.plus_minutes(ahead)).to_string())
}
