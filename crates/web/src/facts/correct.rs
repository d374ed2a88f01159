//! Putting right what was recorded of a fact, or taking it back. What it said before stays in the record.

use super::form;
use crate::back::BACK;
use crate::changes;
use crate::entry::{Setback, mend};
use crate::frame::Answer;
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Answers, Refused, fact, queries};
use axum::extract::Path;

/// The button by which a line is taken back.
const TAKE_BACK: &str = "take-back";

/// `GET /children/{child}/facts/correct/{line}`.
pub async fn correct(member: Member, Path((child, line)): Path<(String, String)>) -> Answer {
    let view = queries::correct_fact_form(member.app(), &member.actor, &child, &line, &Answers::default(), &[]).await?;
    form::draw(&member, view, Some(&line), "", member.app().new_key(), Setback::default())
}

/// `POST /children/{child}/facts/correct/{line}`.
pub async fn save_correction(member: Member, Path((child, line)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let (typed, version, key) = (posted.answers(), posted.version()?, posted.key());
    let done = match changes::looks_again(&posted) {
        Some(looks) => Err(looks),
        None if posted.get(TAKE_BACK).is_empty() => {
            fact::correct(app, actor, &child, version, &line, &typed, key).await
        }
        None => fact::take_back(app, actor, &child, version, &line, &typed, key).await,
    };
    let refused = match done {
        Err(Refused::Changes(found)) => {
            return changes::draw(&member, *found, &posted, format!("/children/{child}/facts/correct/{line}"));
        }
        Ok(kept) => return Ok(form::saved(&child, "", posted.get(BACK), kept)),
        Err(refused) => refused,
    };
    let (problems, setback) = mend(refused)?;
    let view = queries::correct_fact_form(app, actor, &child, &line, &typed, &problems).await?;
    changes::drawn(&posted, form::draw(&member, view, Some(&line), "", key.into(), setback))
}
