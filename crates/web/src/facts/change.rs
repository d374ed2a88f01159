//! Changing the facts of a group, several in one save.

use super::form;
use crate::back::BACK;
use crate::changes;
use crate::entry::{Setback, mend};
use crate::frame::Answer;
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, Refused, fact, queries};
use axum::extract::{Path, Query};
use serde::Deserialize;

/// Where somebody came from.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default)]
    back: String,
}

/// `GET /children/{child}/facts/{group}/change`.
pub async fn change(member: Member, Path((child, group)): Path<(String, String)>, Query(from): Query<From>) -> Answer {
    let view = queries::facts_form(member.app(), &member.actor, &child, &group, &Answers::default(), &[]).await?;
    form::draw(&member, view, None, &from.back, member.app().new_key(), Setback::default())
}

/// `POST /children/{child}/facts/{group}/change`.
pub async fn save(member: Member, Path((child, group)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let (typed, came_from) = (posted.answers(), posted.get(BACK));
    let done = match changes::looks_again(&posted) {
        Some(looks) => Err(looks),
        None => fact::change(app, actor, &child, posted.version()?, &group, &typed, posted.key()).await,
    };
    let refused = match done {
        Ok(kept) => return Ok(form::saved(&child, &group, came_from, kept)),
        Err(Refused::Changes(found)) => {
            return changes::draw(&member, *found, &posted, format!("/children/{child}/facts/{group}/change"));
        }
        Err(refused) => refused,
    };
    let (problems, setback) = mend(refused)?;
    let view = queries::facts_form(app, actor, &child, &group, &typed, &problems).await?;
    changes::drawn(&posted, form::draw(&member, view, None, came_from, posted.key().into(), setback))
}
