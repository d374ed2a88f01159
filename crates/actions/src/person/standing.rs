//! Whether somebody may sign in: disabled when they leave, let in again when they come back or have not been here for long.

use crate::app::App;
use crate::keeping::{By, not_yours};
use crate::post::{last, rules, settle};
use crate::refused::{Refused, Result};
use store::StoreError;

/// Somebody may not sign in any more. Their sessions end, and what was theirs stays with the team.
pub async fn disable(app: &App, by: By<'_>, person: &str) -> Result<()> {
    may(app, by, person).await?;
    match app.store.set_active(person, false, &rules().keeps_agencies, app.now_us()).await {
        Ok(true) => settle(app).await,
        Ok(false) => Err(Refused::NotFound),
        Err(StoreError::LastAdministrator) => Err(last()),
        Err(error) => Err(error.into()),
    }
}

/// Somebody may sign in again, with what they had.
pub async fn let_in(app: &App, by: By<'_>, person: &str) -> Result<()> {
    may(app, by, person).await?;
    if app.store.set_active(person, true, &rules().keeps_agencies, app.now_us()).await? {
        Ok(())
    } else {
        Err(Refused::NotFound)
    }
}

async fn may(app: &App, by: By<'_>, person: &str) -> Result<()> {
    let known = app.store.person(person).await?.ok_or(Refused::NotFound)?;
    let posts = app.store.posts_of(person).await?;
    let keeps_the_system = posts.iter().any(|one| one.post.role == rules().keeps_agencies);
    let may = by.keeps_people_of(&known.agency) && !keeps_the_system
        || posts.iter().any(|one| by.keeps_post(&one.post.role, &one.post.agency) && by.keeps_agencies());
    if may { Ok(()) } else { Err(not_yours()) }
}
