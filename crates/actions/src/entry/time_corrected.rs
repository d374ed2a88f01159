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
use engine::words::{Sym, sym};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::NewNotice;
use views::Record;
use views::words::Names;

/// Tells whoever was told, by the record with the correction in it. A correction that is sent again tells nobody again.
pub(super) async fn tell(app: &App, actor: &Actor, corrected: &Appending) -> Result<()> {
    let notices = notices(app, actor, &corrected.seen, corrected.first_seq).await?;
    Ok(app.store.notices_put_once(&notices, app.now_us()).await?)
}

async fn notices(app: &App, actor: &Actor, record: &Record, seq: i64) -> Result<Vec<NewNotice>> {
    let vocabulary = app.rules.vocabulary();
    let Some(moved) = moved(vocabulary, record, seq) else { return Ok(Vec::new()) };
    let (event, entry) = (vocabulary.event_at(moved.now.event), &record.file.chronology[moved.now.root.place()].id);
    let face = lens(app, actor);
    let says = format!(
        "Time corrected: {}, {}, not {}.",
        event.name,
        face.face.when(moved.now.occurred).words,
        face.face.when(moved.was.occurred).words
    );
    let child = &record.id;
    // The correction's own id makes the notice one of its kind.
    let link = format!(
        "/children/{child}/episodes/{}?corrected={}#{entry}",
        record.case.episodes[moved.episode.place()].id,
        moved.now.id
    );
    let mut people = BTreeSet::new();
    for (person, _) in hearers(app, actor, record, &moved).await? {
        people.insert(person);
    }
    Ok(people.into_iter().map(|person| NewNotice { person, says: says.clone(), link: link.clone() }).collect())
}

/// The roles that would hear of the correction at this place of a record, by their names; none where nobody would.
pub(crate) async fn told_of_time(app: &App, actor: &Actor, record: &Record, seq: i64) -> Result<Vec<String>> {
    let vocabulary = app.rules.vocabulary();
    let Some(moved) = moved(vocabulary, record, seq) else { return Ok(Vec::new()) };
    let names = Names::of(&app.rules, &record.case, app.now());
    let roles: BTreeSet<Sym> =
        hearers(app, actor, record, &moved).await?.into_iter().flat_map(|(_, own)| own).collect();
    let mut all: Vec<String> =
        roles.into_iter().filter_map(|role| vocabulary.word(role)).map(|role| names.role(role)).collect();
    all.sort();
    all.dedup();
    Ok(all)
}

/// A time that was corrected.
struct Moved<'a> {
    was: &'a EntryLine,
    now: &'a EntryLine,
    episode: EpisodeNo,
}

/// What was corrected at a place of a record, where it is a time on which others hang.
fn moved<'a>(vocabulary: &Vocabulary, record: &'a Record, seq: i64) -> Option<Moved<'a>> {
    let (was, now) = versions(record, seq)?;
    let entry = &record.file.chronology[now.root.place()].id;
    let standing = record.case.entries.iter().find(|e| e.id == *entry);
    let episode = standing.and_then(|e| e.episode)?;
    let same = was.occurred.minute() == now.occurred.minute();
    (!same && moves_limits(vocabulary, vocabulary.event_at(now.event))).then_some(Moved { was, now, episode })
}

/// Whoever was told of it, but for whoever corrects it: each with those of the roles that were told for whom they answer.
async fn hearers(app: &App, actor: &Actor, record: &Record, moved: &Moved<'_>) -> Result<Vec<(String, Vec<Sym>)>> {
    let vocabulary = app.rules.vocabulary();
    let told = told(vocabulary, record, moved.episode, moved.was.occurred.min(moved.now.occurred));
    let mut found = Vec::new();
    for agency in app.store.agencies_of_child(&record.id).await? {
        for held in app.store.posts_of_agency(&agency.id).await? {
            if !held.post.holds_at(app.now_us()) || held.post.person == actor.person {
                continue;
            }
            let own = app.policies.roles().answers_for(&held.post.role);
            let known = own.iter().filter(|role| vocabulary.role(role).is_some()).map(|role| sym(role));
            let known: Vec<Sym> = known.filter(|role| told.contains(role)).collect();
            if !known.is_empty() {
                found.push((held.post.person, known));
            }
        }
    }
    Ok(found)
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
