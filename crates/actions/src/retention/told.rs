//! Those who decide are told, once, that records come to the end of their time.

use super::{days, decides};
use crate::app::{App, moment};
use crate::case::stays_of;
use crate::refused::Result;
use crate::relation::{guardians_of, tell as tell_of};
use crate::setting::day;
use std::collections::BTreeMap;
use store::Standing;
use views::words::count;

/// Under this name the store keeps when they were told.
const TOLD: &str = "retention";

/// Tells of the records that come onto the list since it was last told of. Gives how many people were told.
pub async fn tell(app: &App) -> Result<usize> {
    let (_, by) = days(app, app.now());
    let before = app.store.standing().await?.into_iter().find(|one| one.name == TOLD);
    let after = before.map(|one| days(app, moment(one.at_us)).1).unwrap_or_default();
    if after >= by {
        return Ok(0);
    }
    let mut each: BTreeMap<String, usize> = BTreeMap::new();
    // Those too that came to their own end before, and are kept for longer by an agency that works with the child.
    for child in app.store.ending_between("", &by).await? {
        let until = stays_of(app, &child).await?.until();
        if until.is_none_or(|until| until <= after || until > by) {
            continue;
        }
        for person in guardians_of(app, &child).await? {
            *each.entry(person).or_default() += 1;
        }
    }
    let told = each.len();
    for (person, n) in each {
        let now = app.now_us();
        let mut posts = app.store.posts_of(&person).await?.into_iter().filter(|held| held.post.holds_at(now));
        if posts.any(|held| decides(app, &held.post.role)) {
            let records = count(n, "record comes", "records come");
            let says = format!("{records} to the end of their time by {}. Look whether they may be let go.", day(&by));
            tell_of(app, [person], &says, "/retention").await?;
        }
    }
    // Only now: whoever was told twice is better off than whoever was told never.
    app.store.standing_put(&Standing { name: TOLD.into(), at_us: app.now_us(), says: String::new() }).await?;
    Ok(told)
}
