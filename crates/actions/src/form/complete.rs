//! Completes a form: one entry of the record that keeps what was asked and answered, and with it, in the same write, what of the answers
//! belongs to the record: facts, who the child is, people around the child. A duty that asks for the form is met by that entry.

use super::Sent;
use super::fill::{event, known};
use super::save::{Kept, save};
use super::write_back::{facts, people};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Opened, again, append, open, row};
use crate::entry::{Recorded, ask_to_confirm, born, made, name_episode, of_before, recorded, statement};
use crate::lens::lens;
use crate::photograph::named;
use crate::refused::{Refused, Result};
use casebook::case_file::Filled;
use casebook::command::{Filling, OCCURRED, Setting, answers_of, asked_as, name};
use engine::case::Entry;
use engine::rulebook::Also;
use engine::time::Moment;
use engine::vocabulary::Event;
use engine::words::sym;
use serde_json::{Map, Value};
use store::NewRow;
use views::making::filling::{OfBook, asks, stage};
use views::making::sides;

/// Completes a form on the record as it was at the version of the page. The same key again gives the first answer. Whatever comes of it,
/// what was typed is kept as a draft until it is recorded.
///
/// # Errors
/// What is wrong with the answers; that the draft was saved in another place (`Ok(Err(kept))`).
pub async fn complete(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    sent: &Sent,
    key: &str,
) -> Result<std::result::Result<Recorded, Kept>> {
    let opened = open(app, actor, child, Verb::Record).await?;
    let lens = lens(app, actor);
    if let Some(done) = again(app, &opened, key).await? {
        app.store.form_draft_delete(&actor.person, &sent.draft).await?;
        return Ok(Ok(recorded(&lens, done)));
    }
    match save(app, actor, child, sent).await? {
        Kept::At(_) => {}
        other => return Ok(Err(other)),
    }
    let of = known(app, &sent.rulebook, &sent.edition, &sent.form)?;
    let vocabulary = app.rules.vocabulary();
    let event = vocabulary.event_at(event(app, of, &sent.event)?);
    let seen = &opened.seen;
    let of_duty = sent.duty.as_ref().and_then(|key| key.episode.as_deref());
    let episode = sent.episode.as_deref().or(of_duty);
    let setting = Setting {
        vocabulary,
        now: app.now(),
        born: born(vocabulary, seen, app.now()),
        episodes: &seen.case.episodes,
        lacking: &[],
    };
    let filling = Filling {
        setting,
        book: of.book,
        block: of.block,
        form: of.form,
        stage: stage(seen, episode.unwrap_or_default(), app.now()),
    };
    let asked = |one: &engine::rulebook::FormField| asks(seen, one);
    let filled = filling.filled(asked, &sent.answers);
    let entry = match (made(app, actor, seen, event, &sent.answers, None), &filled) {
        (Ok(entry), Ok(_)) => entry,
        (Err(Refused::Invalid(problems)), _) => {
            // Everything that is wrong is said at once, what the questions ask before what every entry is asked.
            let mut all = filled.err().unwrap_or_default();
            all.extend(problems);
            return Err(Refused::Invalid(all));
        }
        (Err(other), _) => return Err(other),
        (Ok(_), Err(problems)) => return Err(Refused::Invalid(problems.clone())),
    };
    let mut json = entry.json;
    // It takes the place of the form that it was begun from where it may; else both stand.
    let over = seen.written.get(&sent.from).filter(|written| written.may_renew).map(|_| sent.from.clone());
    let filled = filled.ok().map(|filled| Filled { over: over.unwrap_or_default(), ..filled });
    json.extend(filled.map(|filled| ("filled".to_string(), filled.json())));
    statement(app, actor, &opened.permit, event, &mut json).await?;
    let mut telling = vec![(event, told_by(&json))];
    name_episode(seen, event, episode, &mut json);
    of_before(&lens, seen, event, entry.occurred, &json)?;
    let id = app.new_id();
    let photograph = named(app, child, event, &json).await?;
    let mut rows = vec![NewRow { photograph, ..row(app, actor, &id, entry.occurred, json) }];
    for also in &of.form.also {
        if let Some((row, event, told)) = beside(app, actor, &opened, of, also, (sent, episode, entry.occurred)).await?
        {
            rows.push(row);
            telling.push((event, told));
        }
    }
    // Whom the child has left fills in what they owe: what it says stands in it, and changes nothing of what is said of the child since.
    if seen.keeps {
        let told = filling.facts(asked, &sent.answers);
        rows.extend(facts(app, actor, &opened, &told, (of.block.title.as_str(), entry.occurred)).await?);
        rows.extend(people(app, actor, &opened, &filling, &sent.answers));
    }
    let done = recorded(&lens, append(app, actor, opened, version, &rows, key).await?);
    app.store.form_draft_delete(&actor.person, &sent.draft).await?;
    for (event, role) in telling {
        if let Some(role) = role {
            ask_to_confirm(app, actor, child, event, sym(&role), &done).await?;
        }
    }
    Ok(Ok(done))
}

/// On whose behalf an entry is put down.
fn told_by(json: &Map<String, Value>) -> Option<String> {
    json.get("told_by").and_then(Value::as_str).map(String::from)
}

/// What completing a form records beside its own event, and on whose behalf. Nothing where the form says no time for it, where it is on
/// record already, or where two protocols contradict each other in it: its own page asks which was followed.
async fn beside<'a>(
    app: &'a App,
    actor: &Actor,
    opened: &Opened,
    of: OfBook<'_>,
    also: &Also,
    (sent, episode, occurred): (&Sent, Option<&str>, Moment),
) -> Result<Option<(NewRow, &'a Event, Option<String>)>> {
    let (vocabulary, seen) = (app.rules.vocabulary(), &opened.seen);
    let Some(answers) = answers_of(vocabulary, of.form, also, (occurred, &sent.answers)) else { return Ok(None) };
    if !sides(&lens(app, actor), seen, also.event).is_empty() {
        return Ok(None);
    }
    let event = vocabulary.event_at(also.event);
    let entry = made(app, actor, seen, event, &answers, None).map_err(|refused| as_asked(app, of, also, refused))?;
    let same = |e: &Entry| e.event == also.event && e.occurred.minute() == entry.occurred.minute();
    if seen.case.entries.iter().any(|e| same(e) && !e.void && !e.told) {
        return Ok(None);
    }
    let mut json = entry.json;
    statement(app, actor, &opened.permit, event, &mut json).await?;
    name_episode(seen, event, episode, &mut json);
    let told = told_by(&json);
    Ok(Some((row(app, actor, &app.new_id(), entry.occurred, json), event, told)))
}

/// What is wrong with an entry that a form records beside its own, at the questions that ask for it.
fn as_asked(app: &App, of: OfBook<'_>, also: &Also, refused: Refused) -> Refused {
    let Refused::Invalid(mut problems) = refused else { return refused };
    for problem in &mut problems {
        let by_field = also.asks.iter().find(|(field, _)| name(field) == problem.field).map(|(_, question)| question);
        let question = if problem.field == OCCURRED { also.at.as_ref() } else { by_field };
        if let Some(one) = question.and_then(|question| of.form.field(question)) {
            problem.field = asked_as(app.rules.vocabulary(), one);
        }
    }
    Refused::Invalid(problems)
}
