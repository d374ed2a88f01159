//! Changes to a case file: entries put in, taken out and put in another order, facts that change at a moment.

use super::World;
use crate::case_file::{CaseFile, DatedFact, EntryLine};
use engine::diagnostic::Place;
use engine::ids::LineNo;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{EventId, FactId, Field};
use engine::words::sym;
use std::sync::Arc;

/// An entry of its own, recorded as it happened.
pub(super) fn entry(id: &str, event: EventId, occurred: Moment) -> EntryLine {
    EntryLine {
        id: id.into(),
        event,
        occurred,
        recorded: occurred,
        by: None,
        by_name: None,
        note: None,
        why: None,
        fields: Vec::new(),
        texts: Vec::new(),
        episode: None,
        also: Vec::new(),
        corrects: None,
        root: LineNo(0),
        withdrawn: false,
        remark: None,
        told_by: None,
        checklist: Vec::new(),
        filled: None,
        place: Place { file: "changed".into(), line: 0, column: 0 },
    }
}

/// Gives a field of an entry a value.
pub(super) fn fill(entry: &mut EntryLine, field: &Field, value: Value, text: Option<&str>) {
    entry.fields.push((field.field, value));
    entry.texts.extend(text.map(|text| (field.field, text.to_string())));
}

/// Says who did it, also where the event names its doer in a field of its own.
pub(super) fn done_by(world: &World<'_>, entry: &mut EntryLine, role: &str) {
    let v = world.vocabulary();
    entry.by = Some(sym(role));
    for field in [Some(v.known.by), v.event_at(entry.event).doer].into_iter().flatten() {
        entry.fields.retain(|(f, _)| *f != field);
        entry.fields.push((field, Value::Word(sym(role))));
    }
}

/// With an entry more, at the end.
pub(super) fn with(case: &CaseFile, mut entry: EntryLine) -> CaseFile {
    let mut changed = case.clone();
    let index = LineNo::at(changed.chronology.len());
    entry.root = entry.corrects.map_or(index, |target| changed.chronology[target.place()].root);
    changed.chronology.push(Arc::new(entry));
    changed
}

/// With its entries in another order, or without some of them. What a missing entry was named for is left out too.
pub(super) fn arranged(case: &CaseFile, order: &[usize]) -> CaseFile {
    let mut place = vec![None; case.chronology.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old] = Some(LineNo::at(new));
    }
    let moved = |old: LineNo| place[old.place()];
    let entries = order.iter().map(|old| {
        let entry = &case.chronology[*old];
        Arc::new(EntryLine {
            corrects: entry.corrects.and_then(moved),
            also: entry.also.iter().copied().filter_map(moved).collect(),
            episode: entry.episode.and_then(moved),
            root: moved(entry.root).unwrap_or(LineNo(0)),
            ..(**entry).clone()
        })
    });
    let chronology = entries.collect();
    CaseFile { chronology, ..case.clone() }
}

/// Without an entry and what corrects it.
pub(super) fn without(case: &CaseFile, root: LineNo) -> CaseFile {
    let kept: Vec<usize> = (0..case.chronology.len()).filter(|n| case.chronology[*n].root != root).collect();
    arranged(case, &kept)
}

/// With a fact that has another value from a moment on.
pub(super) fn with_fact(case: &CaseFile, fact: FactId, value: Value, from: Moment) -> CaseFile {
    let mut changed = case.clone();
    let place = Place { file: "changed".into(), line: 0, column: 0 };
    changed.facts.push(DatedFact { from, recorded: from, ..DatedFact::always(fact, value, place) });
    changed
}

/// An id that no entry has yet.
pub(super) fn new_id(case: &CaseFile, wanted: &str) -> String {
    let mut id = wanted.to_string();
    while case.chronology.iter().any(|e| e.id == id) {
        id.push('+');
    }
    id
}

/// When everything in the case was recorded.
pub(super) fn all_known(case: &CaseFile) -> Moment {
    let entries = case.chronology.iter().map(|e| e.recorded.max(e.occurred));
    entries.chain(case.facts.iter().map(|f| f.recorded)).max().unwrap_or(Moment::EVER)
}
