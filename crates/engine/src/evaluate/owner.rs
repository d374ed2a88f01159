//! Whose a duty is: a role, or what a table, a local setting or the log says.

use super::exceptions::owner_of;
use super::facts::{Facts, Point};
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use crate::rulebook::{Exception, Outcome, Owner, SettingValue, TableAt};
use crate::time::Moment;
use crate::value::{Truth, Value};
use crate::words::Sym;

impl Inquiry<'_> {
    /// The role that owns the duty under the exceptions of a chain; `None` when it cannot be told.
    pub fn owner(&self, chain: &[&Exception], o: &Occasion, point: Point, due: Option<Moment>) -> Option<Sym> {
        match owner_of(self.rule, chain) {
            Owner::Role(role) => Some(role),
            Owner::Setting(index) => match self.facts.set_at(index, o.arises) {
                Some(SettingValue::Choice(role)) => Some(*role),
                _ => None,
            },
            Owner::Table(index) => match self.facts.table(index, o, self.of_table(index, point, due)) {
                Some(Outcome::Role(role)) => Some(role),
                _ => None,
            },
            Owner::Told(index) => Some(self.told_owner(index, o, point)),
        }
    }

    /// The point at which the rows of an owner's table are judged.
    pub fn of_table(&self, index: usize, point: Point, due: Option<Moment>) -> Point {
        match (self.prepared.book.tables[index].at, due) {
            (TableAt::Due, Some(at)) => Point { at, ..point },
            _ => point,
        }
    }

    /// Who sees to it that an owner who may not sign in does what they owe. What cannot be told keeps nobody's list empty.
    pub fn seen_to_by(&self, owner: Sym, point: Point) -> Option<Sym> {
        let role = self.facts.vocabulary.role(self.facts.vocabulary.word(owner)?)?;
        role.seen_to_by.iter().find(|s| self.facts.truth(&s.when, point) != Truth::False).map(|s| s.role)
    }

    /// Whoever of some was told, by the log.
    fn told_owner(&self, index: usize, o: &Occasion, point: Point) -> Sym {
        let owner = &self.prepared.book.told_owners[index];
        let known = &self.facts.vocabulary.known;
        let told = |role: &&Sym| {
            let list = self.facts.case.entries_naming(o.episode, known.notification_sent, known.to, **role);
            list.iter().map(|e| self.facts.case.entry(*e)).any(|e| {
                e.occurred <= point.at.min(self.facts.now)
                    && e.fields.contains(&(known.about, Value::Word(owner.topic)))
            })
        };
        owner.among.iter().find(told).copied().unwrap_or(owner.otherwise)
    }
}

impl Facts<'_> {
    /// What a decision table gives at a point. Where a row cannot be told the table cannot, unless another row is true.
    pub fn table(&self, index: usize, o: &Occasion, point: Point) -> Option<Outcome> {
        let table = &self.book?.tables[index];
        let (facts, point) = self.in_table(index, o, point);
        table.rows.iter().find(|row| facts.truth(&row.when, point) == Truth::True).map(|row| row.then)
    }
}
