//! By when: the moment of a limit.

use super::facts::{Facts, Point};
use super::occasion::Occasion;
use crate::calendar::Length;
use crate::rulebook::{Anchor, Limit, Outcome, SettingValue};
use crate::time::Moment;
use crate::value::Truth;
use crate::vocabulary::FactId;
use smallvec::SmallVec;

/// A limit worked out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Due {
    /// The protocol gives none.
    None,
    /// At this moment.
    At(Moment),
    /// It cannot be told.
    Unknown,
}

impl Facts<'_> {
    pub fn due(&self, limit: Option<&Limit>, o: &Occasion, judged: Moment) -> Due {
        let Some(limit) = limit else { return Due::None };
        let point = Point { episode: o.episode, entry: o.entry, at: judged };
        let after = |length: Option<Length>, anchor: Anchor| match (length, self.anchor(anchor, o, point)) {
            (Some(length), Some(from)) => Due::At(self.reckoning().add(from, length)),
            _ => Due::Unknown,
        };
        match limit {
            Limit::Immediately | Limit::EndOfDay if o.doubtful => Due::Unknown,
            Limit::Immediately => Due::At(o.arises),
            Limit::Within(length, anchor) => after(Some(*length), *anchor),
            Limit::By(anchor, otherwise) => match (self.anchor(*anchor, o, point), otherwise) {
                (Some(at), _) => Due::At(at),
                (None, Some(otherwise)) => self.due(Some(otherwise), o, judged),
                (None, None) => Due::Unknown,
            },
            Limit::EndOfDay => Due::At(self.reckoning().end_of(self.reckoning().date(o.arises))),
            Limit::Table(index, anchor) => {
                let length = match self.table(*index, o, point) {
                    Some(Outcome::Length(length)) => Some(length),
                    _ => None,
                };
                after(length, *anchor)
            }
            Limit::Setting(index, anchor) => {
                let length = match self.set_at(*index, o.arises) {
                    Some(SettingValue::Length(length)) => Some(*length),
                    _ => None,
                };
                after(length, *anchor)
            }
        }
    }

    /// Where a table gives the limit and a missing fact leaves open which row: the limits of the rows that are possible.
    pub fn possible(&self, limit: &Limit, o: &Occasion, point: Point) -> SmallVec<[Moment; 4]> {
        let (Limit::Table(index, anchor), Some(book)) = (limit, self.book) else { return SmallVec::new() };
        let Some(from) = self.anchor(*anchor, o, point) else { return SmallVec::new() };
        let (facts, point) = self.in_table(*index, o, point);
        let rows = book.tables[*index].rows.iter().filter(|row| facts.truth(&row.when, point) != Truth::False);
        let lengths = rows.filter_map(|row| if let Outcome::Length(length) = row.then { Some(length) } else { None });
        lengths.map(|length| self.reckoning().add(from, length)).collect()
    }

    /// The moment of an anchor, if it is known.
    pub fn anchor(&self, anchor: Anchor, o: &Occasion, point: Point) -> Option<Moment> {
        match anchor {
            Anchor::Arising if o.doubtful => None,
            Anchor::Arising => Some(o.arises),
            Anchor::Fact(fact) => self.value(fact, point)?.moment(),
            Anchor::Field(field) => self.case.entry(o.entry?).get(field)?.moment(),
        }
    }

    /// The facts for want of which a limit cannot be told.
    pub fn missing_for_limit(&self, limit: Option<&Limit>, o: &Occasion, judged: Moment, found: &mut Vec<FactId>) {
        let Some(limit) = limit else { return };
        if self.due(Some(limit), o, judged) != Due::Unknown {
            return;
        }
        let point = Point { episode: o.episode, entry: o.entry, at: judged };
        match limit {
            Limit::Immediately | Limit::EndOfDay => {}
            Limit::Within(_, anchor) | Limit::By(anchor, _) | Limit::Setting(_, anchor) | Limit::Table(_, anchor) => {
                if let Anchor::Fact(fact) = anchor
                    && self.anchor(*anchor, o, point).is_none()
                {
                    let fact = self.recorded_source(*fact);
                    if !found.contains(&fact) {
                        found.push(fact);
                    }
                }
            }
        }
        if let Limit::Table(index, _) = limit {
            self.missing_for_table(*index, o, point, found);
        }
    }

    /// The facts for want of which a decision table cannot be told.
    pub fn missing_for_table(&self, index: usize, o: &Occasion, point: Point, found: &mut Vec<FactId>) {
        if let Some(book) = self.book {
            let (facts, point) = self.in_table(index, o, point);
            book.tables[index].rows.iter().for_each(|row| facts.missing(&row.when, point, found));
        }
    }
}
