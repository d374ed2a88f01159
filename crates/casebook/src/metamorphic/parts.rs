//! An entry is told in two parts: first without what may be left out, then completed. Once both are known it is one entry.

use super::compare::same;
use super::{Change, Changes, Property, Subject, World, edit};
use crate::case_file::EntryLine;
use crate::chance::Chance;
use engine::ids::LineNo;
use engine::vocabulary::Vocabulary;
use std::sync::Arc;

pub(super) const PROPERTY: Property = Property {
    name: "parts",
    says: "an entry that is told in two parts comes to the same as one told at once",
    changes,
};

fn changes(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    const SO_MANY: usize = 2;
    let v = world.vocabulary();
    let entries = &subject.case.chronology;
    let corrected = |n: usize| entries.iter().any(|e| e.corrects.is_some() && e.root == LineNo::at(n));
    let whole = |n: usize| entries[n].corrects.is_none() && !corrected(n) && optional(v, &entries[n]);
    let mut fitting: Vec<usize> = (0..entries.len()).filter(|n| whole(*n)).collect();
    if fitting.is_empty() {
        return Changes::aside("no entry says more than it must");
    }
    chance.shuffle(&mut fitting);
    let mut made = Vec::new();
    for n in fitting.into_iter().take(SO_MANY) {
        let entry = &entries[n];
        let mut case = subject.case.clone();
        leave_out(v, Arc::make_mut(&mut case.chronology[n]));
        let mut rest = (**entry).clone();
        rest.id = edit::new_id(&subject.case, &format!("{}-rest", entry.id));
        rest.corrects = Some(LineNo::at(n));
        rest.recorded = entry.recorded.plus_minutes(chance.between(5, 300));
        let known = rest.recorded;
        let case = edit::with(&case, rest);
        let mut moments = subject.some_moments(chance, |m| m >= known);
        moments.push(known.max(subject.last()).plus_minutes(60));
        let words = format!("`{}` was told in two parts", entry.id);
        let broken: super::Judge = Box::new(|world, before, after| same(world, before, after, &|_| true));
        made.push(Change::new(words, case, &moments, broken));
    }
    Changes { made, aside: Vec::new() }
}

/// Does the entry have a field that it need not have?
fn optional(v: &Vocabulary, entry: &EntryLine) -> bool {
    let may = |field| v.event_at(entry.event).fields.iter().any(|f| f.field == field && !f.required);
    entry.fields.iter().any(|(f, _)| may(*f)) || entry.texts.iter().any(|(f, _)| may(*f))
}

fn leave_out(v: &Vocabulary, entry: &mut EntryLine) {
    let must = |field| v.event_at(entry.event).fields.iter().any(|f| f.field == field && f.required);
    entry.fields.retain(|(f, _)| must(*f) || *f == v.known.by);
    entry.texts.retain(|(f, _)| must(*f));
}
