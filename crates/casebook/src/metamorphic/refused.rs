//! An entry is added that the rulebook refuses: it is flagged, and nothing else is different.

use super::ask::{Answers, World};
use super::compare::{flags_differ, same};
use super::{Change, Changes, Property, Subject, edit};
use crate::case_file::EntryLine;
use crate::chance::Chance;
use engine::case::Case;
use engine::condition::{Condition, Subject as Looked, Test};
use engine::rulebook::Verdict;
use engine::time::Moment;
use engine::value::{Type, Value};
use engine::vocabulary::{EpisodeEffect, Event, EventId, Field};
use engine::words::Sym;

pub(super) const PROPERTY: Property =
    Property { name: "refused", says: "a refused entry that is added is flagged, and changes nothing else", changes };

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    const SO_MANY: usize = 2;
    const TRIES: usize = 12;
    let refusals: Vec<&Verdict> =
        subject.books.iter().flat_map(|b| &world.book(*b).verdicts).filter(|v| v.refuses).collect();
    if refusals.is_empty() {
        return Changes::aside("its rulebook refuses nothing");
    }
    let known = world.known(&subject.case);
    let Some((from, until)) = stretch(&known, subject.last()) else { return Changes::aside("no episode") };
    // What would carry something out, were it not refused, is tried first.
    let meets = met_by(world, subject, &known);
    let doing: Vec<&Verdict> = refusals
        .iter()
        .copied()
        .filter(|v| v.events.iter().any(|e| meets.iter().any(|(m, _)| *m == e.event)))
        .collect();
    let mut made = Vec::new();
    for n in 0..TRIES {
        let verdict = *chance.one_of(if doing.is_empty() || n % 4 == 3 { &refusals } else { &doing });
        let at = from.plus_minutes(chance.between(1, (until.minute() - from.minute()).max(1)));
        let moments = subject.some_moments(chance, |m| m > at);
        let Some(entry) = invented(world, verdict, &meets, &edit::new_id(&subject.case, "refused"), at, chance) else {
            continue;
        };
        if moments.is_empty() {
            continue;
        }
        let id = entry.id.clone();
        let words = format!("{} is added, refused by {}", in_words(world, &entry), verdict.id);
        let case = edit::with(&subject.case, entry);
        // It must certainly be refused, by whichever rule.
        if !world.refuses(&subject.books, &world.known(&case), moments[0], &id) {
            continue;
        }
        let broken: super::Judge = Box::new(move |world, before: &Answers, after: &Answers| {
            let mut found = same(world, before, after, &|_| true);
            found.extend(flags_differ(before, after, &id));
            found
        });
        made.push(Change::new(words, case, &moments, broken).with_flags());
        if made.len() == SO_MANY {
            break;
        }
    }
    if made.is_empty() {
        Changes::aside("nothing was found that is refused")
    } else {
        Changes { made, aside: Vec::new() }
    }
}

/// The events that carry out what is open at the end, each with the owner of what it carries out.
fn met_by(world: &World<'_>, subject: &Subject, known: &Case) -> Vec<(EventId, Sym)> {
    let answers = world.ask(&subject.books, known, subject.last());
    let mut found = Vec::new();
    for answer in answers.list.iter().filter(|a| a.state.is_open()) {
        let rule = world.rule(answer);
        let action = world.vocabulary().action_at(rule.action);
        let mets = rule.met_by.as_ref().unwrap_or(&action.met_by);
        found.extend(answer.owner.iter().flat_map(|owner| mets.iter().map(|met| (met.event, *owner))));
    }
    found
}

/// The time of one episode, and a little after it.
fn stretch(case: &Case, last: Moment) -> Option<(Moment, Moment)> {
    let episode = case.episodes.last()?;
    let until = episode.end.map_or(last, |end| end.plus_minutes(600)).min(last);
    (until > episode.start).then_some((episode.start, until))
}

/// An entry that a refusal is about: its fields are made up, with the words that its condition looks for.
fn invented(
    world: &World<'_>,
    verdict: &Verdict,
    meets: &[(EventId, Sym)],
    id: &str,
    at: Moment,
    chance: &mut Chance,
) -> Option<EntryLine> {
    let v = world.vocabulary();
    let met = chance.one_of(&verdict.events);
    let event = v.event_at(met.event);
    // What starts or ends an episode is never refused.
    if event.made_up || event.episode != EpisodeEffect::Within {
        return None;
    }
    let looked: Vec<&Condition> = vec![&met.when, &verdict.filter];
    let mut entry = edit::entry(id, met.event, at);
    for field in &event.fields {
        if let Some(value) = value(world, event, field, &looked, chance) {
            let text = if let (Type::Text, Value::Word(word)) = (&field.kind, value) { v.word(word) } else { None };
            edit::fill(&mut entry, field, value, text);
        } else if field.required {
            return None;
        }
    }
    let named = named_words(&looked, v.known.by);
    let owners: Vec<Sym> = meets.iter().filter(|(event, _)| *event == met.event).map(|(_, owner)| *owner).collect();
    let from = if named.is_empty() { owners } else { named };
    let by = if from.is_empty() || chance.percent(20) { None } else { Some(chance.pick(&from)) };
    if let Some(by) = by {
        entry.by = Some(by);
        entry.fields.push((v.known.by, Value::Word(by)));
    }
    Some(entry)
}

/// A value of a field: often one that the condition names, else any of its type, or none.
fn value(
    world: &World<'_>,
    _event: &Event,
    field: &Field,
    looked: &[&Condition],
    chance: &mut Chance,
) -> Option<Value> {
    let named = named_words(looked, field.field);
    if !named.is_empty() && chance.percent(80) {
        return Some(Value::Word(chance.pick(&named)));
    }
    let named = !named.is_empty() || mentioned(looked, field);
    let chosen = field.required || named && chance.percent(50);
    if !chosen {
        return None;
    }
    match &field.kind {
        Type::Choice(words) => Some(Value::Word(engine::words::sym(chance.one_of::<String>(words)))),
        Type::YesNo => Some(Value::Bool(chance.percent(50))),
        Type::Role | Type::Roles => Some(Value::Word(engine::words::sym(&chance.one_of(&world.vocabulary().roles).id))),
        _ => None,
    }
}

fn mentioned(looked: &[&Condition], field: &Field) -> bool {
    let mut found = false;
    for condition in looked {
        condition.expr.visit(&mut |subject, _| found |= subject == Looked::Field(field.field));
    }
    found
}

fn named_words(looked: &[&Condition], field: engine::vocabulary::FieldId) -> Vec<Sym> {
    let mut found = Vec::new();
    for condition in looked {
        condition.expr.visit(&mut |subject, test| {
            if let (true, Test::OneOf(values)) = (subject == Looked::Field(field), test) {
                found.extend(values.iter().filter_map(|v| if let Value::Word(word) = v { Some(*word) } else { None }));
            }
        });
    }
    found
}

fn in_words(world: &World<'_>, entry: &EntryLine) -> String {
    let v = world.vocabulary();
    let event: EventId = entry.event;
    format!("`{}` {} at {}", entry.id, v.event_at(event).id, v.calendar.words(entry.occurred))
}
