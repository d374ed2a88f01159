//! The time of what starts or ends an episode, or sets one of its clocks, is corrected: those who had been told of the episode since then
//! learn it, each once. A correction moves limits; whoever was told the wrong time has no other way to hear of it.

use crate::app::App;
use crate::authorise::Actor;
use crate::case::Appending;
use crate::lens::lens;
use crate::refused::Result;
use casebook::case_file::EntryLine;
use engine::ids::EpisodeNo;
use engine::value::Value;
use engine::vocabulary::{EpisodeEffect, Event, Scope, SetTo, Vocabulary};
use engine::words::Sym;
use std::collections::BTreeSet;
use std::sync::Arc;
use store::NewNotice;
use views::Record;

/// Tells whoever was told, by the record with the correction in it. A correction that is sent again tells nobody again.
pub(super) async fn tell(app: &App, actor: &Actor, corrected: &Appending) -> Result<()> {
    let notices = notices(app, actor, &corrected.seen, corrected.first_seq).await?;
    Ok(app.store.notices_put_once(&notices, app.now_us()).await?)
}

async fn notices(app: &App, actor: &Actor, record: &Record, seq: i64) -> Result<Vec<NewNotice>> {
    let vocabulary = app.rules.vocabulary();
    let Some((was, now)) = versions(record, seq) else { return Ok(Vec::new()) };
    let (event, entry) = (vocabulary.event_at(now.event), &record.file.chronology[now.root.place()].id);
    let standing = record.case.entries.iter().find(|e| e.id == *entry);
    let Some(episode) = standing.and_then(|e| e.episode) else { return Ok(Vec::new()) };
    if was.occurred.minute() == now.occurred.minute() || !moves_limits(vocabulary, event) {
        return Ok(Vec::new());
    }
    let face = lens(app, actor);
    let says = format!(
        "Time corrected: {}, {}, not {}.",
        event.name,
        face.face.when(now.occurred).words,
        face.face.when(was.occurred).words
    );
    let child = &record.id;
    // The correction's own id makes the notice one of its kind.
    let link =
        format!("/children/{child}/episodes/{}?corrected={}#{entry}", record.case.episodes[episode.place()].id, now.id);
    let told = told(vocabulary, record, episode, was.occurred.min(now.occurred));
    let mut people = BTreeSet::new();
    for agency in app.store.agencies_of_child(child).await? {
        for held in app.store.posts_of_agency(&agency.id).await? {
            let own = app.policies.roles().answers_for(&held.post.role);
            let is_told =
                own.iter().any(|role| vocabulary.role(role).is_some() && told.contains(&engine::words::sym(role)));
            if held.post.holds_at(app.now_us()) && is_told && held.post.person != actor.person {
                people.insert(held.post.person);
            }
        }
    }
    Ok(people.into_iter().map(|person| NewNotice { person, says: says.clone(), link: link.clone() }).collect())
}

/// What an entry said before the correction at a place of the record, and what it says with it.
fn versions(record: &Record, seq: i64) -> Option<(&EntryLine, &EntryLine)> {
    let written = record.written.iter().find(|(_, written)| written.seq == seq).map(|(id, _)| id)?;
    let place = record.file.chronology.iter().position(|line| line.id == *written)?;
    let now = &record.file.chronology[place];
    let content = |line: &&Arc<EntryLine>| line.root == now.root && !line.withdrawn && line.remark.is_none();
    let was = record.file.chronology[..place].iter().rfind(content)?;
    now.corrects.is_some().then_some((was, now))
}

/// Does the time of an event start or end an episode, or set a clock of one?
fn moves_limits(vocabulary: &Vocabulary, event: &Event) -> bool {
    let clock = |fact| vocabulary.fact_at(fact).scope == Scope::Episode;
    event.episode != EpisodeEffect::Within
        || event.sets.iter().any(|sets| matches!(sets.to, SetTo::Moment) && clock(sets.fact))
}

/// The roles that were told something of an episode since a moment, with those that they consist of.
fn told(vocabulary: &Vocabulary, record: &Record, episode: EpisodeNo, since: engine::time::Moment) -> BTreeSet<Sym> {
    let known = &vocabulary.known;
    let mut found = BTreeSet::new();
    let of_it = |e: &&engine::case::Entry| e.meets_duties() && e.episodes().any(|own| own == episode);
    for entry in record.case.entries.iter().filter(of_it).filter(|e| e.occurred >= since) {
        let by_nature = vocabulary.tells.iter().filter(|(event, ..)| *event == entry.event).map(|(_, role, _)| *role);
        let named =
            entry.fields.iter().filter(|(field, _)| entry.event == known.notification_sent && *field == known.to);
        let named = named.filter_map(|(_, value)| if let Value::Word(role) = value { Some(*role) } else { None });
        for role in by_nature.chain(named) {
            found.extend(vocabulary.reached_by(role).iter().copied().chain([role]));
        }
    }
    found
}
