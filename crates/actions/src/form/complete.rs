//! Completes a form: one entry of the record that keeps what was asked and answered, and with it, in the same write, what of the answers
//! belongs to the record: facts, who the child is, people around the child. A duty that asks for the form is met by that entry.

use super::Sent;
use super::fill::{event, known};
use super::save::{Kept, save};
use super::write_back::{facts, people};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open, row};
use crate::entry::{Recorded, born, made, name_episode, recorded, statement};
use crate::lens::lens;
use crate::photograph::named;
use crate::refused::{Refused, Result};
use casebook::case_file::Filled;
use casebook::command::{Filling, Setting};
use store::NewRow;
use views::making::filling::{asks, stage};

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
    let setting =
        Setting { vocabulary, now: app.now(), born: born(vocabulary, seen, app.now()), episodes: &seen.case.episodes };
    let filling = Filling {
        setting,
        book: of.book,
        block: of.block,
        form: of.form,
        stage: stage(seen, episode.unwrap_or_default(), app.now()),
    };
    let asked = |one: &engine::rulebook::FormField| asks(seen, one);
    let filled = filling.filled(asked, &sent.answers);
    let entry = match (made(app, actor, seen, event, &sent.answers, &[]), &filled) {
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
    name_episode(seen, event, episode, &mut json);
    let id = app.new_id();
    let photograph = named(app, child, event, &json).await?;
    let mut rows = vec![NewRow { photograph, ..row(app, actor, &id, entry.occurred, json) }];
    let told = filling.facts(asked, &sent.answers);
    rows.extend(facts(app, actor, &opened, &told, (of.block.title.as_str(), entry.occurred)).await?);
    rows.extend(people(app, actor, &opened, &filling, &sent.answers));
    let done = append(app, actor, opened, version, &rows, key).await?;
    app.store.form_draft_delete(&actor.person, &sent.draft).await?;
    Ok(Ok(recorded(&lens, done)))
}
