//! Records what happened.

use super::outcome::recorded;
use super::{EntryForm, Recorded, again, row, write};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::case::{Loaded, born, load, safe};
use crate::photograph::named;
use crate::queries::{Lens, is_usual_doer, real};
use crate::refused::{Refused, Result};
use casebook::command::{self, Answers, BY, BY_NAME, Entry, FieldProblem, Setting};
use engine::time::Moment;
use engine::vocabulary::{EpisodeEffect, Event};
use serde_json::{Map, Value};
use store::{Appended, NewRow, RowKind};

/// Records an entry on a child's record, as it was at the version of the page. The same key again gives the first answer.
pub async fn record(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    form: &EntryForm,
    key: &str,
) -> Result<Recorded> {
    let permit = authorise(app, actor, Verb::Record, Some(child)).await?;
    if let Some(done) = again(app, actor, child, key).await? {
        return Ok(done);
    }
    let event = app.rules.vocabulary().event_at(real(app, &form.event)?);
    let loaded = load(app, &permit).await?;
    let entry = made(app, actor, &loaded, event, &form.answers)?;
    let mut json = entry.json;
    let of_duty = form.duty.as_deref().and_then(|key| episode_of(&loaded, key));
    name_episode(&loaded, event, form.episode.as_deref().or(of_duty), &mut json);
    if let Some(seq) = twin(&loaded, actor, &json) {
        let (child, version) = (child.to_string(), loaded.record.version);
        let done = Appended { child, version, first_seq: seq, repeated: true };
        return recorded(app, actor, &done, Vec::new()).await;
    }
    let id = app.new_id();
    let photograph = named(app, child, event, &json).await?;
    let row = NewRow { photograph, ..row(app, actor, &id, entry.occurred, json) };
    write(app, actor, &permit, &loaded, version, &[row], key).await
}

/// The row of an entry of this person that says the very same and still stands. Whoever goes back to a form that was saved and saves it
/// once more sends it with a new key, and still means one entry.
fn twin(loaded: &Loaded, actor: &Actor, json: &Map<String, Value>) -> Option<i64> {
    let mine = loaded.record.rows.iter().filter(|r| r.kind == RowKind::Entry && r.actor == actor.person);
    mine.rev().find_map(|row| {
        let mut payload: Map<String, Value> = serde_json::from_str(row.payload.as_deref()?).ok()?;
        let id = payload.remove("id")?;
        payload.remove("recorded_at");
        let stands = loaded.in_force(id.as_str()?).is_some();
        (stands && payload == *json).then_some(row.seq)
    })
}

/// The entry that the answers make, or what is wrong with them.
pub(super) fn made(app: &App, actor: &Actor, loaded: &Loaded, event: &Event, answers: &Answers) -> Result<Entry> {
    let now = app.now();
    let vocabulary = app.rules.vocabulary();
    let setting =
        Setting { vocabulary, now, born: born(vocabulary, &loaded.case, now), episodes: &loaded.case.episodes };
    let mut answers = answers.clone();
    if answers.get(BY).is_empty() {
        let usual = vocabulary.event(&event.id).is_some_and(|id| is_usual_doer(&Lens::new(app, actor), event, id));
        // Whoever may not do it at all is told so, by name, further on.
        if !usual && command::forbids(vocabulary, event, &actor.role).is_none() {
            let why = "Who did it: choose who did it. You are taken down as who wrote it";
            return Err(Refused::Invalid(vec![FieldProblem::new(BY, why)]));
        }
        answers.set(BY, actor.role.as_str());
    }
    if answers.get(BY) != actor.role && answers.get(BY_NAME) == actor.name {
        // The form came filled with the name of whoever is signed in, and somebody else was chosen.
        answers.set(BY_NAME, "");
    }
    if answers.get(BY) == actor.role && answers.get(BY_NAME).is_empty() {
        answers.set(BY_NAME, actor.name.as_str());
    }
    let mut entry = command::entry(&setting, event, &answers).map_err(Refused::Invalid)?;
    // Within the present minute, seconds do not count as the future.
    entry.occurred = Moment(entry.occurred.0.min(now.0));
    Ok(entry)
}

/// The episode that the key of a duty names.
fn episode_of<'a>(loaded: &'a Loaded, duty: &str) -> Option<&'a str> {
    let named = duty.split('~').nth(2)?;
    loaded.case.episodes.iter().map(|e| e.id.as_str()).find(|id| safe(id) == named)
}

/// Names the episode where one is meant: an entry may be about an episode that is over, while another is open.
pub(super) fn name_episode(loaded: &Loaded, event: &Event, episode: Option<&str>, json: &mut Map<String, Value>) {
    let known = episode.filter(|id| loaded.case.episodes.iter().any(|e| e.id == *id));
    if let Some(id) = known.filter(|_| event.episode != EpisodeEffect::Starts) {
        json.insert("episode".into(), id.into());
    }
}
