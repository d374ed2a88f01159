//! Two absences that are one: somebody put down a return that was none, or noticed the same absence twice. The return is withdrawn and the
//! second start becomes a change within the first absence; nothing is lost, and both are taken back by taking the two apart.

use super::Recorded;
use super::hold::may;
use super::outcome::recorded;
use super::remark::{about, place};
use super::withdraw::told;
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Opened, Purpose, again, append, hangs_together, load, open, row};
use crate::lens::{framed, lens, on};
use crate::photograph::named;
use crate::refused::{Refused, Result};
use crate::relation::reason;
use casebook::known::{Corrected, corrected};
use engine::vocabulary::{EpisodeEffect, Vocabulary};
use policy::Act;
use serde_json::json;
use store::NewRow;
use views::{JoinPage, Record, Written};

/// Two absences beside each other, and how they stand.
enum Pair {
    /// They are two: the id of the first, and of the return between them, if one is recorded.
    Two { first: String, back: Option<String> },
    /// They were made one: the ids of the withdrawal, if there was one, and of the correction that did it.
    One { withdrawal: Option<String>, correction: String },
}

/// How the absence that an entry began stands to the one before it.
fn pair(vocabulary: &Vocabulary, record: &Record, entry: &str) -> Option<Pair> {
    let case = &record.case;
    let own = case.episodes.iter().position(|e| case.entry(e.start_entry).id == entry);
    if let Some(own) = own {
        let before = &case.episodes[own.checked_sub(1)?];
        let back = before.end_entry.map(|end| case.entry(end).id.clone());
        return Some(Pair::Two { first: before.id.clone(), back });
    }
    let file = &record.file;
    let effect = |id: &str| {
        let line = file.chronology.iter().find(|line| line.id == id)?;
        Some(vocabulary.event_at(line.event).episode)
    };
    let all = corrected(file, None);
    let correction = all.iter().find(|one| one.entry == entry && !one.withdrawn)?;
    let line = file.chronology.iter().find(|line| line.id == correction.by)?;
    let joins = line.episode.is_some() && effect(entry) == Some(EpisodeEffect::Starts);
    // What was done in one save was recorded at one moment.
    let withdrawn = |one: &&Corrected| one.withdrawn && one.recorded == correction.recorded;
    let withdrawal = all.iter().filter(withdrawn).find(|one| effect(&one.entry) == Some(EpisodeEffect::Ends));
    let withdrawal = withdrawal.map(|one| one.by.clone());
    joins.then(|| Pair::One { withdrawal, correction: correction.by.clone() })
}

/// Can the absence that an entry began be made one with the one before, or be taken apart from it?
pub(crate) fn joinable(vocabulary: &Vocabulary, record: &Record, entry: &str) -> bool {
    pair(vocabulary, record, entry).is_some()
}

/// The page on which two absences are made one, or taken apart.
///
/// # Errors
/// `NotFound` where the entry began no absence that another came before; `NotAllowed` for whoever may not correct it.
pub async fn page(app: &App, actor: &Actor, child: &str, entry: &str) -> Result<JoinPage> {
    let record = load(app, actor, child, Purpose::form(Verb::Correct)).await?;
    if record.written.get(entry).is_some_and(|written| !written.may_correct) {
        return Err(Refused::NotAllowed(super::ONLY_ITS_AUTHOR.into()));
    }
    let pair = pair(app.rules.vocabulary(), &record, entry).ok_or(Refused::NotFound)?;
    let lens = lens(app, actor);
    let viewer = framed(app, actor, &lens).await?;
    let face = on(lens, &record);
    let words = |moment| face.face.when(moment).words;
    let span = |number: usize| {
        record.case.episodes.get(number).map_or(String::new(), |e| match e.end {
            Some(end) => format!("From {} to {}", words(e.start), words(end)),
            None => format!("From {} on", words(e.start)),
        })
    };
    let own = record.case.episodes.iter().position(|e| record.case.entry(e.start_entry).id == entry);
    Ok(JoinPage {
        viewer,
        child: views::making::head(&face, &record),
        version: record.version,
        entry: entry.to_string(),
        apart: matches!(pair, Pair::One { .. }),
        first: own.and_then(|own| own.checked_sub(1)).map(span).unwrap_or_default(),
        second: own.map(span).unwrap_or_default(),
    })
}

/// Makes the absence that an entry began one with the one before it, or takes the two apart again. The same key again gives the first answer.
///
/// # Errors
/// As [`page`]; and what [`crate::entry::withdraw`] and [`crate::entry::correct`] refuse.
pub async fn join(
    app: &App,
    actor: &Actor,
    child: &str,
    version: i64,
    entry: &str,
    (why, read): (&str, &str),
    key: &str,
) -> Result<Recorded> {
    let opened = open(app, actor, child, Verb::Correct).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(recorded(&lens(app, actor), done));
    }
    let why = reason(why)?;
    let pair = pair(app.rules.vocabulary(), &opened.seen, entry).ok_or(Refused::NotFound)?;
    let written = may(app, actor, &opened, entry, Act::Correct).await?;
    let (rows, authors) = match pair {
        Pair::Two { first, back } => {
            let (mut rows, mut authors) =
                (vec![within(app, actor, &opened, (entry, &first), &why).await?], vec![written]);
            if let Some(back) = back {
                authors.push(may(app, actor, &opened, &back, Act::Withdraw).await?);
                rows.push(one_row(app, actor, &back, format!("The two absences are one. {why}")));
            }
            (rows, authors)
        }
        Pair::One { withdrawal, correction } => {
            let words = format!("The two absences are two after all. {why}");
            let both = [Some(correction), withdrawal].into_iter().flatten();
            (both.map(|one| one_row(app, actor, &one, words.clone())).collect(), vec![written])
        }
    };
    hangs_together(app, actor, &opened, &rows, (version, read)).await?;
    let done = recorded(&lens(app, actor), append(app, actor, opened, version, &rows, key).await?);
    tell_all(app, actor, &authors, &place(child, &done)).await?;
    Ok(done)
}

/// A row that withdraws an entry, or takes a correction or a withdrawal back.
fn one_row(app: &App, actor: &Actor, entry: &str, words: String) -> NewRow {
    let json = about(app, actor, entry, "withdrawn", Some(words));
    row(app, actor, &app.new_id(), app.now(), json)
}

/// A correction of the second start: it says what it said, of the first absence.
async fn within(app: &App, actor: &Actor, opened: &Opened, (entry, first): (&str, &str), why: &str) -> Result<NewRow> {
    let line = opened.seen.in_force(entry).ok_or(Refused::NotFound)?;
    let event = app.rules.vocabulary().event_at(line.event);
    let mut json = opened.as_kept(&line.id).ok_or(Refused::NotFound)?;
    json.insert("corrects".into(), json!(entry));
    json.insert("episode".into(), json!(first));
    json.insert("why".into(), json!(format!("The two absences are one. {why}")));
    let photograph = named(app, &opened.seen.id, event, &json).await?;
    Ok(NewRow { photograph, ..row(app, actor, &app.new_id(), line.occurred, json) })
}

/// The authors of both entries hear of it once.
async fn tell_all(app: &App, actor: &Actor, authors: &[Written], link: &str) -> Result<()> {
    let mut told_already: Vec<&str> = Vec::new();
    for written in authors {
        if !told_already.contains(&&*written.agency) {
            told_already.push(&written.agency);
            told(app, actor, written, link).await?;
        }
    }
    Ok(())
}
