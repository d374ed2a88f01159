//! Whether what somebody saved stands on a second machine too, where this database has a follower; and what is said of that.

use crate::app::{App, moment};
use engine::time::Moment;
use std::time::Duration;

pub use store::Copies;
pub use store::noting;

/// What somebody is told whose save stands on one machine alone.
pub const ONE_COPY: &str = "Saved. One copy only: the second machine has not confirmed it yet.";
/// The database has this long to answer before nothing is said.
const PATIENCE: Duration = Duration::from_secs(3);

/// Does everything that was saved up to this place, which [`noting`] gives, stand in two copies? Waits for it a moment.
pub async fn in_two_copies(app: &App, place: i64) -> bool {
    app.store.in_two_copies(place, app.now_us()).await
}

/// What is known of the follower; none where there is none, or where the database does not answer.
pub async fn known(app: &App) -> Option<Copies> {
    tokio::time::timeout(PATIENCE, app.store.copies()).await.ok()?.ok()?
}

/// Since when there is one copy only.
pub fn alone_since(copies: &Copies) -> Option<Moment> {
    copies.alone_since_us.map(moment)
}

/// How it stands, for whoever watches the server.
pub(crate) fn line(copies: &Copies, ago: impl Fn(i64) -> String) -> String {
    match copies {
        Copies { begun: false, .. } => "ONE COPY ONLY: the follower has not taken its first copy".to_owned(),
        Copies { alone_since_us: Some(since), behind, .. } => {
            format!("ONE COPY ONLY of what was saved since {}: the follower is {behind} entries behind", ago(*since))
        }
        Copies { away: true, .. } => {
            "THE FOLLOWER DOES NOT ANSWER: it has everything so far, and what is saved next has one copy".to_owned()
        }
        _ => "two copies: the follower has everything".to_owned(),
    }
}
