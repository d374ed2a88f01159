//! Only the time of an event is corrected, to a later one: what met its duties goes on meeting them.

use super::ask::{Answers, World};
use super::compare::{Difference, difference, words};
use super::{Change, Changes, Property, Subject, edit, said};
use crate::chance::Chance;
use engine::ids::LineNo;
use engine::time::Moment;
use engine::vocabulary::EpisodeEffect;

pub(super) const PROPERTY: Property = Property {
    name: "later",
    says: "where only the time of an event is corrected to a later one, what was done stays done",
    changes,
};

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    const SO_MANY: usize = 3;
    let v = world.vocabulary();
    let known = world.known(&subject.case);
    let mut made = Vec::new();
    for entry in &known.entries {
        let Some(number) = subject.case.chronology.iter().position(|e| e.id == entry.id) else { continue };
        let Some(episode) = entry.episode.map(|e| (e.place(), &known.episodes[e.place()])) else { continue };
        // It stays within its episode, and what it starts or ends stays in its order.
        let next = known.episodes.get(episode.0 + 1).map_or(Moment::NEVER, |next| next.start);
        let until = match v.event_at(entry.event).episode {
            EpisodeEffect::Ends => next,
            _ => episode.1.end.filter(|end| *end > entry.occurred).unwrap_or(next),
        };
        let following: Vec<Moment> = known
            .entries
            .iter()
            .filter(|e| e.occurred > entry.occurred && e.occurred < until)
            .map(|e| e.occurred)
            .collect();
        let Some(first) = following.first() else { continue };
        // Past what came first after it.
        let at = first.plus_minutes(chance.between(1, 20));
        if at >= until {
            continue;
        }
        let last = subject.case.chronology.iter().rposition(|e| e.root.place() == number).unwrap_or(number);
        let standing = &subject.case.chronology[last];
        if standing.withdrawn || subject.case.chronology[number].corrects.is_some() {
            continue;
        }
        let mut correction = (**standing).clone();
        correction.id = edit::new_id(&subject.case, &format!("{}-corrected", entry.id));
        correction.occurred = at;
        correction.recorded = edit::all_known(&subject.case).max(at);
        correction.corrects = Some(LineNo::at(number));
        correction.fields.clone_from(&entry.fields);
        let asked = correction.recorded;
        let case = edit::with(&subject.case, correction);
        let mut moments = subject.some_moments(chance, |m| m >= asked);
        moments.push(asked.max(subject.last()).plus_minutes(60));
        let id = entry.id.clone();
        let change = format!(
            "the time of `{id}` corrected from {} to {}",
            v.calendar.words(entry.occurred),
            v.calendar.words(at)
        );
        let broken: super::Judge = Box::new(move |world, before, after| judge(world, before, after, &id));
        made.push(Change::new(change, case, &moments, broken));
    }
    chance.shuffle(&mut made);
    made.truncate(SO_MANY);
    if made.is_empty() {
        Changes::aside("nothing follows that could have met anything")
    } else {
        Changes { made, aside: Vec::new() }
    }
}

/// What another entry had carried out is not open again.
fn judge(world: &World<'_>, before: &Answers, after: &Answers, entry: &str) -> Vec<Difference> {
    let mut found = Vec::new();
    // What is asked on each calendar day hangs on the days that are touched: one that is not any more takes its own with it.
    // And what it takes to carry out a rule that looks at other facts hangs on what was so at the time.
    let of_days = |a: &super::Answer| said::is_of_days(world.rule(a)) || said::is_met_by_facts(world.rule(a));
    for old in before.list.iter().filter(|a| a.is_done() && a.done_by.as_deref() != Some(entry) && !of_days(a)) {
        if let Some(new) = after.list.iter().find(|a| a.is(old) && a.cause == old.cause && a.state.is_open()) {
            found.push(difference(world, old, words(world, old), words(world, new)));
        }
    }
    found
}
