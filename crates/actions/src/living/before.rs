//! What a placement ended that was entered by mistake: where the child lived before goes on, if it does.

use super::answer::set;
use super::{is_respite, stays};
use crate::app::App;
use crate::case::{Kept, Opened};
use casebook::command::{Answers, FieldProblem};
use engine::time::Moment;
use serde_json::{Map, Value, json};
use store::RowKind;

/// Asked where another placement ended with the one that is said to be a mistake.
pub(super) const GOES_ON: &str = "goes_on";
/// The entry that is written when a placement begins.
pub(super) const STARTED: &str = "placement.started";
/// What the history says of a placement that goes on after all.
pub(super) const WENT_ON: &str = "went_on";

/// The placement that ended when this one began, because it did.
pub(super) fn ended_with<'a>(kept: &'a [Kept], own: &Kept) -> Option<&'a Kept> {
    let from = own.at("from").filter(|_| !is_respite(own))?;
    let with = |row: &&Kept| row.id != own.id && !is_respite(row) && row.text("details.act") == "left";
    stays(kept)
        .into_iter()
        .filter(with)
        .find(|row| row.at("until").is_some_and(|until| until.minute() == from.minute()))
}

/// The row by which it goes on: until when it was to last before, or until the mistaken one ended, since another followed that. What is not
/// answered is asked.
pub(super) fn goes_on(
    app: &App,
    opened: &Opened,
    own: &Kept,
    answers: &Answers,
) -> Result<Option<Map<String, Value>>, FieldProblem> {
    let kept = opened.kept();
    let Some(before) = ended_with(&kept, own) else { return Ok(None) };
    match answers.get(GOES_ON) {
        "yes" => {}
        "no" => return Ok(None),
        _ => {
            let says = format!(
                "Did the child live on at “{}”: it ended when this began; say whether it goes on",
                super::name(before)
            );
            return Err(FieldProblem::new(GOES_ON, says));
        }
    }
    let Some(mut row) = opened.last(RowKind::Placement, &before.id) else { return Ok(None) };
    let earlier = kept.iter().filter(|row| row.kind == RowKind::Placement && row.id == before.id);
    let was = earlier.rev().find(|row| row.text("details.act") != "left").and_then(|row| row.at("until"));
    let stamp = |at: Moment| json!(app.rules.vocabulary().calendar.stamp(at));
    match own.at("until").or(was) {
        Some(until) => _ = row.insert("until".into(), stamp(until)),
        None => _ = row.remove("until"),
    }
    row.insert("recorded_at".into(), stamp(app.now()));
    set(&mut row, "act", WENT_ON);
    set(&mut row, "reason", answers.get("reason"));
    Ok(Some(row))
}

/// The entry that said that it began, which is not so either: protocols ask by it that others are told of a move.
pub(super) fn said_begun<'a>(app: &App, opened: &'a Opened, own: &Kept) -> Option<&'a str> {
    let event = app.rules.vocabulary().event(STARTED)?;
    let from = own.at("from")?.minute();
    let entries = opened.seen.case.entries.iter().filter(|entry| entry.event == event && !entry.void);
    entries.rev().find(|entry| entry.occurred.minute() == from).map(|entry| entry.id.as_str())
}
