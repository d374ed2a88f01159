//! A page for every event: what to ask comes from the vocabulary.

use super::form;
use crate::back::{self, BACK};
use crate::frame::{Answer, on_to};
use crate::photograph::WITH_FILE;
use crate::posted::Posted;
use crate::visit::Member;
use actions::entry;
use actions::queries::{self, Asked};
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::{FieldKind, FormField};

/// What the form is opened from.
#[derive(Deserialize, Default)]
pub struct From {
    duty: Option<String>,
    act: Option<String>,
    episode: Option<String>,
    photograph: Option<String>,
    meeting: Option<String>,
    #[serde(default)]
    back: String,
}

/// Events that stand for many acts: which one it was is said first, in words.
const CHOSEN_FIRST: [&str; 2] = ["action.recorded", "decision.recorded"];

/// `GET /children/{child}/record/{event}`.
pub async fn record(member: Member, Path((child, event)): Path<(String, String)>, Query(from): Query<From>) -> Answer {
    let From { duty, act, episode, photograph, meeting, back } = from;
    let duty = duty.and_then(|key| key.parse().ok());
    let to_choose = duty.is_none() && act.is_none();
    let asked = Asked { duty, act, episode, photograph, meeting, ..Asked::default() };
    let view = queries::event_form(member.app(), &member.actor, &child, &event, &asked).await?;
    // A photograph is chosen first, on a page of its own.
    if view.fields.iter().any(|field| field.kind == FieldKind::Photograph && field.values.is_empty()) {
        return Ok(on_to(&format!("/children/{child}{WITH_FILE}")));
    }
    // Which of many acts it was is said first.
    if to_choose && CHOSEN_FIRST.contains(&view.event.as_str()) && view.fields.iter().any(FormField::is_of_many_acts) {
        return Ok(on_to(&back::with(&format!("/children/{child}/record"), &[("episode", &view.episode)], "", "")));
    }
    form::draw(&member, view, None, &back, member.app().new_key(), form::Setback::default())
}

/// `POST /children/{child}/record/{event}`.
pub async fn save(member: Member, Path((child, event)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let entry = form::entry(&member, &event, &posted);
    let refused = match entry::record(app, actor, &child, posted.version()?, &entry, posted.key()).await {
        Ok(recorded) => return Ok(form::saved_from(&child, &recorded, posted.get(BACK))),
        Err(refused) => refused,
    };
    let (problems, setback) = form::mend(refused)?;
    let asked = form::asked(&member, &posted, problems);
    let view = queries::event_form(app, actor, &child, &event, &asked).await?;
    form::draw(&member, view, None, posted.get(BACK), posted.key().into(), setback)
}
