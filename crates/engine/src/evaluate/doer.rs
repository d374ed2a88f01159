//! Who did it: an entry meets a duty only if whoever did it may.

use super::carried_out::Window;
use super::exceptions::{along, owner_of};
use super::facts::Point;
use super::inquiry::Inquiry;
use crate::ids::EntryNo;
use crate::rulebook::{By, Outcome, Owner, Row, SettingValue, TableAt};
use crate::value::{Truth, Value};
use crate::words::Sym;
use smallvec::SmallVec;

impl Inquiry<'_> {
    /// May whoever did an entry carry out the rule's duties: the owner, those who act for the owner, or whom the rule names?
    /// An entry that does not say who did it is taken as the owner's.
    pub fn fits(&self, entry: EntryNo, window: &Window) -> bool {
        self.fits_by(entry, &self.rule.by, window)
    }

    pub fn fits_by(&self, entry: EntryNo, by: &By, window: &Window) -> bool {
        if *by == By::Anyone {
            return true;
        }
        let Some(doer) = self.doer(entry) else { return true };
        let vocabulary = self.facts.vocabulary;
        let may = |owner: &Sym| vocabulary.may_act_for(doer, *owner);
        matches!(by, By::Roles(roles) if roles.iter().any(may))
            || self.rule.parties.iter().any(|p| may(&p.role))
            // Of several who may come to own it, those who did when the entry was made.
            || self.prepared.owners[self.index].iter().any(may)
                && (self.prepared.owners[self.index].len() == 1 || self.owners_at(entry, window).iter().any(may))
    }

    /// Who owned the duty when an entry was made, as far as can be told.
    fn owners_at(&self, entry: EntryNo, window: &Window) -> SmallVec<[Sym; 4]> {
        let book = self.prepared.book;
        let point = Point { episode: window.about, entry: window.entry, at: self.facts.case.entry(entry).occurred };
        let mut found = SmallVec::new();
        for resolved in self.resolve(&window.o, point) {
            match owner_of(self.rule, &along(self.rule, resolved.path)) {
                Owner::Role(role) => found.push(role),
                Owner::Setting(index) => {
                    found.extend(self.facts.set_at(index, window.o.arises).and_then(|value| match value {
                        SettingValue::Choice(role) => Some(*role),
                        _ => None,
                    }));
                }
                Owner::Told(index) => {
                    found.extend_from_slice(&book.told_owners[index].among);
                    found.push(book.told_owners[index].otherwise);
                }
                Owner::Table(index) => {
                    // Who chairs by the limit may do it before: of such a table, any row will do.
                    let at_due = book.tables[index].at == TableAt::Due;
                    let (facts, point) = self.facts.in_table(index, &window.o, point);
                    let rows = book.tables[index].rows.iter();
                    let holds = |row: &&Row| at_due || facts.truth(&row.when, point) != Truth::False;
                    found.extend(rows.filter(holds).filter_map(|row| match row.then {
                        Outcome::Role(role) => Some(role),
                        Outcome::Length(_) => None,
                    }));
                }
            }
        }
        found
    }

    /// Who did what an entry records: the role in the field that the event names, such as the interviewer, else whoever it is by.
    pub fn doer(&self, entry: EntryNo) -> Option<Sym> {
        let entry = self.facts.case.entry(entry);
        let named = self.facts.vocabulary.event_at(entry.event).doer.and_then(|field| entry.get(field));
        match named.or_else(|| entry.get(self.facts.vocabulary.known.by)) {
            Some(Value::Word(role)) => Some(role),
            _ => None,
        }
    }

    /// Was it done by one of those who each do it for themselves?
    pub fn is_of(&self, entry: EntryNo, party: Sym) -> bool {
        self.doer(entry).is_some_and(|doer| self.facts.vocabulary.may_act_for(doer, party))
    }
}
