//! Corrects an entry: a later entry that says what should have been said. What was known before stays as it was known.

use super::hold::may;
use super::outcome::recorded;
use super::record::{made, name_episode};
use super::statement::statement;
use super::time_corrected::tell;
use super::{EntryForm, Recorded};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, hangs_together, open, row};
use crate::lens::lens;
use crate::photograph::named;
use crate::refused::{READ_CHANGES, Refused, Result};
use casebook::command::{FieldProblem, OCCURRED, PUT_RIGHT, REASON, WHY};
use policy::Act;
use serde_json::{Map, Value};
use store::NewRow;

/// Corrects an entry of a child's record, with a reason from the list and in words among the answers. The same key again gives the first answer.
pub async fn correct(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    entry: &str,
    form: &EntryForm,
    key: &str,
) -> Result<Recorded> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        tell(app, actor, &done).await?;
        return Ok(recorded(&lens(app, actor), done));
    }
    may(app, actor, &opened, entry, Act::Correct).await?;
    let record = &opened.seen;
    let line = record.in_force(entry).ok_or(Refused::NotFound)?;
    let event = app.rules.vocabulary().event_at(line.event);
    let reason = PUT_RIGHT.reason(form.answers.get(WHY), form.answers.get(REASON));
    let corrected = match (made(app, actor, record, event, &form.answers, Some(line)), &reason) {
        (Err(Refused::Invalid(wrong)), Err(unsaid)) => return Err(Refused::Invalid([wrong, unsaid.clone()].concat())),
        (corrected, _) => corrected?,
    };
    let mut json = corrected.json;
    statement(app, actor, &opened.permit, event, &mut json).await?;
    json.insert("corrects".into(), entry.into());
    // What was asked and answered in a form stays with its entry, whoever corrects the rest and whatever of it they see; other answers are a
    // new version of the form.
    json.extend(opened.filled(entry).map(|filled| ("filled".to_string(), filled)));
    // A correction stands in the place of the entry, and so in its episode, unless its form names another.
    let own = line.episode.map(|e| record.file.chronology[e.place()].id.as_str());
    name_episode(record, event, form.episode.as_deref().or(own), &mut json);
    let stays = form.episode.is_none() || own.is_none() || form.episode.as_deref() == own;
    if stays && opened.as_kept(&line.id).is_some_and(|kept| said(kept) == said(json.clone())) {
        let why = "Nothing was changed: put right what is wrong, or go back";
        return Err(Refused::Invalid(vec![FieldProblem::new(OCCURRED, why)]));
    }
    json.insert("why".into(), reason.map_err(Refused::Invalid)?.into());
    let id = app.new_id();
    let photograph = named(app, child, event, &json).await?;
    let row = NewRow { photograph, ..row(app, actor, &id, corrected.occurred, json) };
    let read = (version, form.answers.get(READ_CHANGES));
    hangs_together(app, actor, &opened, std::slice::from_ref(&row), read).await?;
    let done = append(app, actor, opened, version, &[row], key).await?;
    tell(app, actor, &done).await?;
    Ok(recorded(&lens(app, actor), done))
}

/// What a line of the chronology says, without what only places it among others, and why it was put right.
fn said(mut line: Map<String, Value>) -> Map<String, Value> {
    for beside in ["corrects", "episode", "why"] {
        line.remove(beside);
    }
    line
}
