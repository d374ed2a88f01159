//! That somebody's work has just ended: for plain words to whoever still had a page open.

use crate::app::{App, moment};
use crate::authorise::Actor;
use crate::person;
use crate::refused::Result;

/// So long it is said.
const SAID_US: i64 = 24 * 60 * 60_000_000;

/// The post of this person that ended last, within a day: `children's home staff, Larkfield House, ended Tue 6 Jan 10:00`. None where none did.
pub async fn ended_post(app: &App, actor: &Actor) -> Result<Option<String>> {
    let now = app.now_us();
    let posts = app.store.posts_of(&actor.person).await?;
    let gone = posts.iter().filter_map(|one| {
        let until = one.post.until_us.filter(|until| *until <= now && now - until < SAID_US)?;
        Some((until, one))
    });
    let last = gone.max_by_key(|(until, _)| *until);
    Ok(last.map(|(until, one)| {
        format!("{}, ended {}", person::what(app, one), app.rules.vocabulary().calendar.words(moment(until)))
    }))
}
