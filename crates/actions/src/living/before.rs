//! What a placement ended that was entered by mistake: where the child lived before goes on, if it does.

use super::answer::{Change, set};
use super::{is_respite, stays};
use crate::app::App;
use crate::authorise::Actor;
use crate::case::{Kept, Opened, row};
use crate::entry::with_it;
use casebook::command::{Answers, FieldProblem};
use engine::time::Moment;
use serde_json::{Map, Value, json};
use store::{NewRow, RowKind};

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
    kept: &[Kept],
    own: &Kept,
    answers: &Answers,
) -> Result<Option<Map<String, Value>>, FieldProblem> {
    let Some(before) = ended_with(kept, own) else { return Ok(None) };
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

/// What becomes of the entry that said that it began, by which protocols ask that others are told of a move: it is withdrawn where it never
/// was, and put right where it began at another time, or was planned after all.
pub(super) fn put_right(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    id: &str,
    answers: &Answers,
    now: &Change,
) -> Option<NewRow> {
    let kept = opened.kept();
    let own = stays(&kept).into_iter().find(|row| row.id == id)?;
    let begun = said_begun(app, opened, own)?;
    if now.row.contains_key("void") {
        return Some(with_it(app, actor, begun, answers.get("reason")));
    }
    let kept = opened.as_kept(&opened.seen.in_force(begun)?.id)?;
    let mut json = kept.clone();
    json.insert("occurred_at".into(), json!(app.rules.vocabulary().calendar.stamp(now.from)));
    json.extend(now.row.get("planned").map(|planned| ("planned".to_string(), planned.clone())));
    let at = |json: &Map<String, Value>| {
        json.get("occurred_at").and_then(Value::as_str).and_then(|at| Moment::parse(at).ok())
    };
    let same = at(&kept).map(Moment::minute) == Some(now.from.minute()) && kept.get("planned") == json.get("planned");
    json.insert("corrects".into(), json!(begun));
    json.insert("why".into(), json!(answers.get("reason")));
    (!same).then(|| row(app, actor, &app.new_id(), now.from, json))
}

/// The entry that said that it began.
fn said_begun<'a>(app: &App, opened: &'a Opened, own: &Kept) -> Option<&'a str> {
    let event = app.rules.vocabulary().event(STARTED)?;
    let from = own.at("from")?.minute();
    let entries = opened.seen.case.entries.iter().filter(|entry| entry.event == event && !entry.void);
    entries.rev().find(|entry| entry.occurred.minute() == from).map(|entry| entry.id.as_str())
}
