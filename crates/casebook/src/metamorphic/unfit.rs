//! Every entry that carried a duty out was made by somebody who may not: nothing is done by it, and no limit gets later.

use super::ask::{Answer, Answers, World};
use super::compare::{Difference, difference, words};
use super::{Change, Changes, Property, Subject, edit, said};
use crate::case_file::EntryLine;
use crate::chance::Chance;
use engine::ids::LineNo;
use engine::value::Type;
use engine::vocabulary::{Event, FieldId, SetTo};
use engine::words::{Sym, sym};
use std::sync::Arc;

pub(super) const PROPERTY: Property = Property {
    name: "unfit",
    says: "what is recorded by somebody who may not do it carries nothing out, and makes no limit later",
    changes,
};

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    const SO_MANY: usize = 3;
    let known = world.known(&subject.case);
    let answers = world.ask(&subject.books, &known, subject.last());
    let mut entries: Vec<&str> = answers.list.iter().filter_map(|a| a.done_by.as_deref()).collect();
    entries.sort_unstable();
    entries.dedup();
    if entries.is_empty() {
        return Changes::aside("nothing was done");
    }
    chance.shuffle(&mut entries);
    let mut made = Vec::new();
    for id in entries.into_iter().take(SO_MANY) {
        let Some(root) = subject.case.chronology.iter().position(|e| e.id == id) else { continue };
        let met: Vec<&Answer> = answers.list.iter().filter(|a| a.done_by.as_deref() == Some(id)).collect();
        if says_what_is_so(world, &subject.case.chronology[root]) {
            continue;
        }
        let event = world.vocabulary().event_at(subject.case.chronology[root].event);
        let Some(role) = somebody_else(world, event, &met, chance) else { continue };
        let mut case = subject.case.clone();
        let word = world.vocabulary().word(role).unwrap_or("?").to_string();
        let entries = case.chronology.iter_mut().filter(|e| e.root == LineNo::at(root));
        entries.for_each(|e| edit::done_by(world, Arc::make_mut(e), &word));
        let occurred = known.entries.iter().find(|e| e.id == id).map(|e| e.occurred);
        let moments = subject.some_moments(chance, |m| occurred.is_none_or(|at| m >= at));
        let entry = id.to_string();
        let broken: super::Judge = Box::new(move |world, before, after| judge(world, before, after, &entry, role));
        let before = Some(edit::without(&subject.case, LineNo::at(root)));
        let words = format!("the entry `{id}` was made by {word} (compared with the case without it)");
        made.push(Change { before, ..Change::new(words, case, &moments, broken) });
    }
    if made.is_empty() {
        Changes::aside("everybody may do what was done, or it says what is so")
    } else {
        Changes { made, aside: Vec::new() }
    }
}

/// Does the entry say what is so, as a grade of the risk does? That stands until somebody corrects it, whoever said it. A date that is set
/// does not.
fn says_what_is_so(world: &World<'_>, entry: &EntryLine) -> bool {
    let event = world.vocabulary().event_at(entry.event);
    let is_moment = |field: FieldId| event.fields.iter().any(|f| f.field == field && f.kind == Type::Moment);
    event.sets.iter().any(|s| matches!(s.to, SetTo::Field(field) if !is_moment(field)))
}

/// A role that may carry out none of the duties; nor say when something is to be, where the entry sets such a date.
fn somebody_else(world: &World<'_>, event: &Event, met: &[&Answer], chance: &mut Chance) -> Option<Sym> {
    let sets = !event.sets.is_empty();
    let may = |role: Sym| met.iter().all(|a| said::may(world, a, role));
    let none = |role: Sym| met.iter().all(|a| !said::may(world, a, role));
    let roles = world.vocabulary().roles.iter().map(|r| sym(&r.id)).filter(|r| !sets || !event.said_by.contains(r));
    let roles: Vec<Sym> = roles.collect();
    let mut fitting: Vec<Sym> = roles.iter().copied().filter(|r| none(*r)).collect();
    // Where one of several duties is anybody's, somebody who may not do the others.
    if fitting.is_empty() {
        fitting = roles.into_iter().filter(|r| !may(*r)).collect();
    }
    if fitting.is_empty() { None } else { Some(chance.pick(&fitting)) }
}

fn judge(world: &World<'_>, before: &Answers, after: &Answers, entry: &str, role: Sym) -> Vec<Difference> {
    let mut found = Vec::new();
    let name = world.vocabulary().word(role).unwrap_or("?");
    for new in &after.list {
        if new.is_done() && new.done_by.as_deref() == Some(entry) && !said::may(world, new, role) {
            found.push(difference(world, new, format!("not done by {name}"), words(world, new)));
            continue;
        }
        let Some(old) = before.list.iter().find(|a| a.is(new) && a.arises == new.arises) else { continue };
        if let (Some(was), Some(is), true) = (old.due, new.due, old.state.is_open())
            && new.state.is_open()
            && is.minute() > was.minute()
        {
            found.push(difference(world, new, words(world, old), words(world, new)));
        }
    }
    found
}
