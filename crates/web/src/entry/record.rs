//! A page for every event: what to ask comes from the vocabulary.

use super::form as page;
use crate::back::{self as back_to, BACK, filled};
use crate::frame::{Answer, on_to};
use crate::photograph::WITH_FILE;
use crate::posted::Posted;
use crate::visit::Member;
use actions::entry;
use actions::form;
use actions::queries::{self, Asked};
use axum::extract::{Path, Query};
use serde::Deserialize;
use views::{FieldKind, FormField};

/// What the form is opened from.
#[derive(Deserialize, Default)]
pub struct From {
    #[serde(default, deserialize_with = "filled")]
    duty: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    act: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    episode: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    photograph: Option<String>,
    #[serde(default, deserialize_with = "filled")]
    meeting: Option<String>,
    #[serde(default)]
    back: String,
    /// It was filled in elsewhere: the plain page is what is meant.
    #[serde(default)]
    paper: String,
}

/// Events that stand for many acts: which one it was is said first, in words.
const CHOSEN_FIRST: [&str; 2] = ["action.recorded", "decision.recorded"];

/// `GET /children/{child}/record/{event}`.
pub async fn record(member: Member, Path((child, event)): Path<(String, String)>, Query(from): Query<From>) -> Answer {
    let From { duty, act, episode, photograph, meeting, back, paper } = from;
    let duty = duty.and_then(|key| key.parse().ok());
    let asked = Asked { duty, act, episode, photograph, meeting, ..Asked::default() };
    if paper.is_empty()
        && let Some((rulebook, form)) = form::leads_to(member.app(), &member.actor, &child, &event, &asked).await?
    {
        let address = format!("/children/{child}/forms/{rulebook}/{form}");
        let duty = asked.duty.as_ref().map(ToString::to_string).unwrap_or_default();
        let event = if event == "form.reviewed" { event.as_str() } else { "" };
        let (act, episode) = (asked.act.as_deref().unwrap_or_default(), asked.episode.as_deref().unwrap_or_default());
        let pairs = [("duty", duty.as_str()), ("act", act), ("episode", episode), ("event", event)];
        let pairs: Vec<_> = pairs.into_iter().filter(|(_, value)| !value.is_empty()).collect();
        return Ok(on_to(&back_to::with(&address, &pairs, &back, "")));
    }
    let view = queries::event_form(member.app(), &member.actor, &child, &event, &asked).await?;
    // A photograph is chosen first, on a page of its own.
    if view.fields.iter().any(|field| field.kind == FieldKind::Photograph && field.values.is_empty()) {
        return Ok(on_to(&format!("/children/{child}{WITH_FILE}")));
    }
    // Which of many acts it was is said first, wherever the address does not say it.
    if CHOSEN_FIRST.contains(&view.event.as_str()) && view.fields.iter().any(FormField::is_of_many_acts) {
        let duty = asked.duty.as_ref().map(ToString::to_string).unwrap_or_default();
        let pairs = [("of", view.event.as_str()), ("duty", &duty), ("episode", &view.episode)];
        return Ok(on_to(&back_to::with(&format!("/children/{child}/record"), &pairs, &back, "")));
    }
    page::draw(&member, view, None, &back, member.app().new_key(), page::Setback::default())
}

/// `POST /children/{child}/record/{event}`.
pub async fn save(member: Member, Path((child, event)): Path<(String, String)>, posted: Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let entry = page::entry(&member, &event, &posted);
    let refused = match entry::record(app, actor, &child, posted.version()?, &entry, posted.key()).await {
        Ok(recorded) => return Ok(page::saved_from(&child, &recorded, posted.get(BACK))),
        Err(refused) => refused,
    };
    let (problems, setback) = page::mend(refused)?;
    let asked = page::asked(&member, &posted, problems);
    let view = queries::event_form(app, actor, &child, &event, &asked).await?;
    page::draw(&member, view, None, posted.get(BACK), posted.key().into(), setback)
}
