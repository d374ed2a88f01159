//! Who did it: an entry meets a duty only if whoever did it may.

use super::inquiry::Inquiry;
use crate::rulebook::By;
use crate::value::Value;
use crate::words::Sym;

impl Inquiry<'_> {
    /// May whoever did an entry carry out the rule's duties: the owner, those who act for the owner, or whom the rule names?
    /// An entry that does not say who did it is taken as the owner's.
    pub fn fits(&self, entry: u32) -> bool {
        self.fits_by(entry, &self.rule.by)
    }

    pub fn fits_by(&self, entry: u32, by: &By) -> bool {
        if *by == By::Anyone {
            return true;
        }
        let Some(doer) = self.doer(entry) else { return true };
        let vocabulary = self.facts.vocabulary;
        let may = |owner: &Sym| vocabulary.may_act_for(doer, *owner);
        self.prepared.owners[self.index].iter().any(may)
            || matches!(by, By::Roles(roles) if roles.iter().any(may))
            || self.rule.parties.iter().any(|p| may(&p.role))
    }

    /// Who did what an entry records: the role in the field that the event names, such as the interviewer, else whoever it is by.
    pub fn doer(&self, entry: u32) -> Option<Sym> {
        let entry = self.facts.case.entry(entry);
        let named = self.facts.vocabulary.event_at(entry.event).doer.and_then(|field| entry.get(field));
        match named.or_else(|| entry.get(self.facts.vocabulary.known.by)) {
            Some(Value::Word(role)) => Some(role),
            _ => None,
        }
    }

    /// Was it done by one of those who each do it for themselves?
    pub fn is_of(&self, entry: u32, party: Sym) -> bool {
        self.doer(entry).is_some_and(|doer| self.facts.vocabulary.may_act_for(doer, party))
    }
}
