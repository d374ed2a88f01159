//! Corrects an entry: a later entry that says what should have been said. What was known before stays as it was known.

use super::hold::may;
use super::outcome::recorded;
use super::record::{made, name_episode};
use super::statement::statement;
use super::time_corrected::tell;
use super::{EntryForm, Recorded};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{SURE, again, append, hangs_together, open, row};
use crate::lens::lens;
use crate::photograph::named;
use crate::refused::{Refused, Result};
use casebook::command::OCCURRED;
use policy::Act;
use store::NewRow;

/// Corrects an entry of a child's record. The same key again gives the first answer.
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
    // Whoever was told what a moved start leaves before it says so beside the time.
    let mut answers = form.answers.clone();
    let fold = format!("{OCCURRED}-fold");
    let sure = answers.get(&fold).strip_suffix(SURE).map(str::to_string);
    if let Some(rest) = &sure {
        answers.set(fold, rest.trim_end_matches('-'));
    }
    let corrected = made(app, actor, record, event, &answers, Some(line))?;
    let mut json = corrected.json;
    statement(app, actor, &opened.permit, event, &mut json).await?;
    json.insert("corrects".into(), entry.into());
    // What was asked and answered in a form stays with its entry, whoever corrects the rest and whatever of it they see; other answers are a
    // new version of the form.
    json.extend(opened.filled(entry).map(|filled| ("filled".to_string(), filled)));
    // A correction stands in the place of the entry, and so in its episode, unless its form names another.
    let own = line.episode.map(|e| record.file.chronology[e.place()].id.as_str());
    name_episode(record, event, form.episode.as_deref().or(own), &mut json);
    let id = app.new_id();
    let photograph = named(app, child, event, &json).await?;
    let row = NewRow { photograph, ..row(app, actor, &id, corrected.occurred, json) };
    // A page that is stale is told that first.
    if opened.seen.version == version {
        hangs_together(app, &lens(app, actor), &opened, std::slice::from_ref(&row), sure.is_some())?;
    }
    let done = append(app, actor, opened, version, &[row], key).await?;
    tell(app, actor, &done).await?;
    Ok(recorded(&lens(app, actor), done))
}
