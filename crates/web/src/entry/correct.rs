//! Correcting an entry by a later one. Nothing is overwritten: what it said before stays in the record.

use super::form;
use crate::changes;
use crate::frame::Answer;
use crate::posted::Posted;
use crate::visit::Member;
use actions::queries::{self, Asked};
use actions::{Refused, entry};
use axum::extract::Path;

/// `GET /children/{child}/correct/{entry}`.
pub async fn correct(member: Member, Path((child, id)): Path<(String, String)>) -> Answer {
    let view = queries::correct_form(member.app(), &member.actor, &child, &id, &Asked::default()).await?;
    form::draw(&member, view, Some(&id), "", member.app().new_key(), form::Setback::default())
}

/// `POST /children/{child}/correct/{entry}`.
pub async fn save_correction(member: Member, Path((child, id)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let entry = form::entry(&member, posted.get("event"), &posted);
    let done = match changes::looks_again(&posted) {
        Some(looks) => Err(looks),
        None => entry::correct(app, actor, &child, posted.version()?, &id, &entry, posted.key()).await,
    };
    let refused = match done {
        Ok(recorded) => return Ok(form::saved(&child, &recorded)),
        Err(Refused::Changes(found)) => {
            return changes::draw(&member, *found, &posted, format!("/children/{child}/correct/{id}"));
        }
        Err(refused) => refused,
    };
    let (problems, setback) = form::mend(refused)?;
    let asked = form::asked(&member, &posted, problems);
    let view = queries::correct_form(app, actor, &child, &id, &asked).await?;
    changes::drawn(&posted, form::draw(&member, view, Some(&id), "", posted.key().into(), setback))
}
