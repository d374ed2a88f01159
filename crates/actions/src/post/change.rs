//! Changing a post: its team, and until when it is held. Two who change one post at once: the second is told.

use super::settle::settle;
use crate::app::App;
use crate::keeping::{By, not_yours};
use crate::post::add::problem;
use crate::post::rules;
use crate::refused::{Refused, Result};
use store::{Post, StoreError};

/// Changes team and end of a post. `version` is that of the page.
pub async fn change(app: &App, by: By<'_>, post: &str, version: i64, team: &str, until_us: Option<i64>) -> Result<()> {
    let held = app.store.post(post).await?.ok_or(Refused::NotFound)?;
    if !by.keeps_post(&held.post.role, &held.post.agency) {
        return Err(not_yours());
    }
    if held.post.version != version {
        return Err(Refused::Stale { newer: Vec::new(), version: held.post.version });
    }
    if until_us.is_some_and(|until| until <= held.post.from_us) {
        return Err(problem("until", "The post has to end after it begins"));
    }
    let longer = match (held.post.until_us, until_us) {
        (None, _) => false,
        (Some(_), None) => true,
        (Some(old), Some(new)) => new > old,
    };
    if longer && rules().needs_two(&held.post.role) {
        let why = "A post that sees much is not made longer. Give a new one: somebody else then confirms it.";
        return Err(problem("until", why));
    }
    if !team.is_empty() && !app.store.teams().await?.iter().any(|t| t.id == team && t.agency == held.post.agency) {
        return Err(problem("team", "The agency has no such team"));
    }
    let team = Some(team.to_owned()).filter(|team| !team.is_empty());
    let changed = Post { team, until_us, version, ..held.post };
    match app.store.post_change(&changed, &rules().keeps_agencies, app.now_us()).await {
        Ok(()) => settle(app).await,
        Err(StoreError::LastAdministrator) => Err(last()),
        Err(StoreError::Stale { current_version }) => {
            Err(Refused::Stale { newer: Vec::new(), version: current_version })
        }
        Err(error) => Err(error.into()),
    }
}

/// Ends a post now.
pub async fn end(app: &App, by: By<'_>, post: &str, version: i64) -> Result<()> {
    let held = app.store.post(post).await?.ok_or(Refused::NotFound)?;
    let until = app.now_us().max(held.post.from_us + 1);
    change(app, by, post, version, held.post.team.as_deref().unwrap_or_default(), Some(until)).await
}

pub(crate) fn last() -> Refused {
    Refused::NotAllowed(
        "Nobody would be left who keeps the system. Make somebody else its administrator first, then do this.".into(),
    )
}
