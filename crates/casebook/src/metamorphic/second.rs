//! A second return, a second report to the police: the first one counts, and nothing moves.

use super::ask::Answer;
use super::compare::{Difference, same};
use super::{Change, Changes, Property, Subject, World, edit, said};
use crate::case_file::CaseFile;
use crate::chance::Chance;
use engine::case::Case;
use engine::ids::{EntryNo, EpisodeNo, LineNo};
use engine::time::Moment;
use engine::vocabulary::{EpisodeEffect, Event, SetTo};

pub(super) const PROPERTY: Property =
    Property { name: "second", says: "a second return and a second report to the police move nothing", changes };

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let v = world.vocabulary();
    let known = world.known(&subject.case);
    let mut made = Vec::new();
    // What ends an episode, and what sets the clock of an episode to the moment at which it happened.
    let sets_clock = |event: &Event| {
        event.episode == EpisodeEffect::Within && event.sets.iter().any(|s| matches!(s.to, SetTo::Moment))
    };
    for (number, entry) in known.entries.iter().enumerate() {
        let event = v.event_at(entry.event);
        let ends = event.episode == EpisodeEffect::Ends;
        let Some(episode) = entry.episode.map(|e| &known.episodes[e.place()]) else { continue };
        if !ends && !sets_clock(event) || ends && episode.end_entry != Some(EntryNo::at(number)) {
            continue;
        }
        let index = entry.episode.map_or(0, EpisodeNo::place);
        let next = known.episodes.get(index + 1).map_or(subject.last(), |next| next.start);
        let until = if ends { next } else { episode.end.unwrap_or(next) };
        let room = until.minute() - entry.occurred.minute() - 2;
        if room < 1 {
            continue;
        }
        let at = entry.occurred.plus_minutes(chance.between(1, room.min(720)));
        let moments = subject.some_moments(chance, |m| m > at);
        let Some(line) = subject.case.chronology.iter().find(|e| e.id == entry.id) else { continue };
        if moments.is_empty() {
            continue;
        }
        let mut second = (**line).clone();
        second.id = edit::new_id(&subject.case, &format!("{}-again", entry.id));
        let again = second.id.clone();
        (second.occurred, second.recorded) = (at, at);
        second.fields.clone_from(&entry.fields);
        second.corrects = None;
        // Which episode it belongs to would else be told by time alone.
        second.episode = start_of(subject, &episode.id);
        let case = edit::with(&subject.case, second);
        let words = format!("a second `{}` at {}", event.id, v.calendar.words(at));
        let clocks = clocks_moved(world, &known, &case, event);
        // What was still open may well be done by it: a call made late is a call.
        let broken: super::Judge = Box::new(move |world, before, after| {
            let by_it = |a: &Answer| a.is_done() && a.done_by.as_ref() == Some(&again);
            let done: Vec<&Answer> = after.list.iter().filter(|a| by_it(a)).collect();
            let anew = |a: &Answer| said::asks_anew(world.rule(a));
            let mut found = same(world, before, after, &|a| !done.iter().any(|d| d.is(a)) && !anew(a));
            // Whether or not a rule counts from it today.
            found.extend(clocks.iter().cloned());
            found
        });
        made.push(Change::new(words, case, &moments, broken));
    }
    chance.shuffle(&mut made);
    made.truncate(2);
    if made.is_empty() { Changes::aside("no return and no report") } else { Changes { made, aside: Vec::new() } }
}

/// The clocks of episodes that the first event of its kind had set, and a second one has moved.
fn clocks_moved(world: &World<'_>, known: &Case, changed: &CaseFile, event: &Event) -> Vec<Difference> {
    let v = world.vocabulary();
    let after = world.known(changed);
    let clocks = event.sets.iter().filter(|s| s.first && matches!(s.to, SetTo::Moment)).map(|s| s.fact);
    let last = |case: &Case, id: &str, fact| {
        let episode = case.episodes.iter().find(|e| e.id == id)?;
        episode.facts.changes(fact).last().and_then(|change| change.value.moment())
    };
    let mut found = Vec::new();
    for fact in clocks {
        for id in known.episodes.iter().map(|episode| &episode.id) {
            let (before, after) = (last(known, id, fact), last(&after, id, fact));
            if before.is_some() && before != after {
                let words = |at: Option<Moment>| at.map_or("no moment".into(), |at| v.calendar.words(at));
                found.push(Difference {
                    book: "case file".into(),
                    rule: v.fact_at(fact).id.clone(),
                    duty: format!("{}@{id}", v.fact_at(fact).id),
                    expected: words(before),
                    got: words(after),
                });
            }
        }
    }
    found
}

/// The entry that starts an episode, by its place in the chronology.
fn start_of(subject: &Subject, id: &str) -> Option<LineNo> {
    let starts = subject.case.chronology.iter().position(|e| e.id == id);
    starts.map(LineNo::at).filter(|n| subject.case.chronology[n.place()].occurred > Moment::EVER)
}
