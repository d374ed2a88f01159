//! Half an hour of `away` in the middle of a status, on a rumour: an episode is one, and nothing moves.

use super::ask::{Answer, Answers, World};
use super::compare::{Difference, never_eased, never_silenced, same};
use super::{Change, Changes, Property, Subject, edit, said};
use crate::case_file::EntryLine;
use crate::chance::Chance;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{EventId, Field, FieldId, SetTo, Vocabulary};
use engine::words::{Sym, sym};

pub(super) const PROPERTY: Property = Property {
    name: "away",
    says: "half an hour of `away` inside another status moves, reopens and silences nothing",
    changes,
};

/// So long the rumour lasts, in minutes.
const LASTS: i64 = 30;

/// A status from a moment on, up to another one.
struct Span {
    status: Sym,
    from: Moment,
    until: Moment,
}

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let v = world.vocabulary();
    let Some((event, field)) = changing(v) else { return Changes::aside("no event changes the status") };
    let mut spans = spans(world, subject);
    if spans.is_empty() {
        return Changes::aside("no status that lasts two hours");
    }
    chance.shuffle(&mut spans);
    let mut made = Vec::new();
    for span in spans.iter().take(2) {
        let room = (span.until.minute() - span.from.minute() - LASTS - 20).max(1);
        let at = span.from.plus_minutes(10 + chance.between(0, room));
        let back = at.plus_minutes(LASTS);
        let outside = |m: Moment| m < at || m.minute() > back.minute();
        let mut moments = subject.some_moments(chance, |m| m.minute() > back.minute());
        moments.extend(subject.moments.iter().rfind(|m| outside(**m) && **m < at));
        if moments.is_empty() {
            continue;
        }
        let status = |id: &str, at: Moment, status: Sym| -> EntryLine {
            let mut entry = edit::entry(&edit::new_id(&subject.case, id), event, at);
            edit::fill(&mut entry, field, Value::Word(status), None);
            entry
        };
        let case = edit::with(&subject.case, status("rumour", at, AWAY));
        let case = edit::with(&case, status("no-rumour", back, span.status));
        let words = format!(
            "away from {} to {}, then {} again",
            v.calendar.words(at),
            v.calendar.words(back),
            v.word(span.status).unwrap_or("?")
        );
        let (former, own) = (span.status, field.field);
        let broken =
            move |world: &World<'_>, before: &Answers, after: &Answers| judge(world, before, after, own, former);
        made.push(Change::new(words, case, &moments, Box::new(broken)));
    }
    if made.is_empty() {
        Changes::aside("nothing is asked about after it")
    } else {
        Changes { made, aside: Vec::new() }
    }
}

const AWAY: Sym = sym("away");

/// What a rule asks for `away` alone may come of it, and where it says that each spell asks anew, the new spell may; nothing else may.
fn judge(world: &World<'_>, before: &Answers, after: &Answers, field: FieldId, former: Sym) -> Vec<Difference> {
    let for_away = |a: &Answer| said::asks_for(world, world.rule(a), field, AWAY, former);
    let anew = |a: &Answer| said::asks_anew(world.rule(a));
    let mut found = same(world, before, after, &|a| !for_away(a) && !anew(a));
    found.extend(never_eased(world, before, after, &|a| for_away(a) && !anew(a)));
    found.extend(never_silenced(world, before, after, &anew));
    found
}

/// The event within an episode that gives it another status, and the field that says which.
fn changing(v: &Vocabulary) -> Option<(EventId, &Field)> {
    v.events.iter().find_map(|event| {
        let within = event.episode == engine::vocabulary::EpisodeEffect::Within && !event.made_up;
        let sets = event.sets.iter().find(|s| within && s.fact == v.known.status)?;
        let SetTo::Field(field) = sets.to else { return None };
        Some((v.event(&event.id)?, event.fields.iter().find(|f| f.field == field)?))
    })
}

fn spans(world: &World<'_>, subject: &Subject) -> Vec<Span> {
    let known = world.vocabulary().known;
    let case = world.known(&subject.case);
    let mut found = Vec::new();
    for episode in &case.episodes {
        let changes = episode.facts.changes(known.status);
        for (index, change) in changes.iter().enumerate() {
            let Value::Word(status) = change.value else { continue };
            let next = changes.get(index + 1).map(|c| c.at).or(episode.end).unwrap_or_else(|| subject.last());
            // Once the child is located, missing again is lost again: that is no rumour.
            let located = |c: &&engine::case::Change| c.at < next && c.value == Value::Bool(true);
            let facts = known.whereabouts_known.map_or(&[][..], |fact| episode.facts.changes(fact));
            let next = facts.iter().find(located).map_or(next, |c| c.at.max(change.at));
            let long = next.minute() - change.at.minute() >= 120;
            if long && status != AWAY && episode.end.is_none_or(|end| change.at < end) {
                found.push(Span { status, from: change.at, until: next });
            }
        }
    }
    found
}
