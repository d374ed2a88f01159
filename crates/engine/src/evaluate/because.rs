//! Why: the facts and entries that a duty hangs on, and the facts for want of which it cannot be told.

use super::duty::State;
use super::facts::Point;
use super::inquiry::Inquiry;
use super::occasion::Occasion;
use super::shown::{Because, Counted, Missing};
use super::view::Shown;
use crate::case::Source;
use crate::condition::Condition;
use crate::ids::{EntryNo, EpisodeNo};
use crate::rulebook::{Anchor, Exception, Limit, Owner, Repeat, Trigger};
use crate::time::Moment;
use crate::value::{Truth, Type, Value};
use crate::vocabulary::{Derived, FactId};

impl Inquiry<'_> {
    pub(super) fn because(&self, shown: &Shown<'_>) -> Vec<Because> {
        let (rule, duty, o, point) = (self.rule, shown.duty, shown.o, shown.point);
        let mut found = Vec::new();
        // Each fact is shown as it was at the moment at which it counted.
        let mut facts: Vec<(FactId, Point)> = Vec::new();
        let note = |condition: &Condition, at: Point, shown: Point, facts: &mut Vec<(FactId, Point)>| {
            let mut own = Vec::new();
            self.facts.reasons(condition, at, &mut own);
            facts.extend(own.into_iter().map(|fact| (fact, shown)));
        };
        if let Some(entry) = duty.entry {
            found.push(self.event_reason(entry));
        }
        found.extend(self.count_reason(o));
        if let Trigger::While { state, since, stands, .. } = &rule.trigger {
            let over = self.facts.truth(state, point) == Truth::False;
            let at = if over || duty.lapsed.is_some() { o.arises.max(self.facts.begin) } else { point.at };
            // What stands beyond its state is owed for what was so then; what lapsed with its state, for what is so now.
            let shown = if over && *stands { Point { at, ..point } } else { point };
            note(state, Point { entry: None, at, ..point }, shown, &mut facts);
            facts.extend(since.map(|fact| (fact, point)));
        }
        let raised = Point { at: o.raised.max(self.facts.begin), ..point };
        note(&rule.filter, raised, raised, &mut facts);
        let learned = Point { at: duty.evidence.learned, ..point };
        note(&rule.when, learned, learned, &mut facts);
        if let Some(until) = rule.until.as_ref().filter(|_| duty.lapsed.is_some()) {
            let at = Point { entry: None, ..point };
            if self.facts.truth(until, at) == Truth::True {
                note(until, at, at, &mut facts);
            }
        }
        shown.chain.iter().for_each(|e| note(&e.when, point, point, &mut facts));
        let limit = shown.limit;
        if let Some(
            Limit::Within(_, Anchor::Fact(fact))
            | Limit::By(Anchor::Fact(fact), _)
            | Limit::Table(_, Anchor::Fact(fact))
            | Limit::Setting(_, Anchor::Fact(fact)),
        ) = limit
        {
            facts.push((*fact, point));
        }
        if let Some(row) = limit.and_then(|l| self.row_of(l, o, point)) {
            note(row, point, point, &mut facts);
        }
        if let Owner::Table(index) = shown.owner {
            let judged = self.of_table(index, point, duty.due);
            let (settled, judged) = self.facts.in_table(index, o, judged);
            let row = self.prepared.book.tables[index]
                .rows
                .iter()
                .map(|r| &r.when)
                .find(|when| settled.truth(when, judged) == Truth::True);
            row.into_iter().for_each(|when| note(when, judged, point, &mut facts));
        }
        if let Repeat::Series { from: Anchor::Fact(fact), .. } = &rule.repeat {
            facts.push((*fact, point));
        }
        if found.is_empty() && facts.is_empty() {
            // Nothing is known that would bring it about; then what is not known is the reason.
            let mut unknown = Vec::new();
            if let Trigger::While { state, .. } = &rule.trigger {
                self.facts.missing(state, Point { entry: None, ..raised }, &mut unknown);
            }
            facts.extend(unknown.into_iter().map(|fact| (fact, raised)));
        }
        let mut seen = Vec::new();
        for (fact, shown) in facts {
            if !seen.contains(&fact) {
                seen.push(fact);
                found.extend(self.fact_reason(fact, shown));
            }
        }
        found
    }

    /// What a count counted: which ones, from when to when, and what fell out just before.
    fn count_reason(&self, o: &Occasion) -> Option<Because> {
        let Trigger::On { count: Some(count), .. } = &self.rule.trigger else { return None };
        let seen = self.seen(o.arises);
        let calendar = self.facts.reckoning();
        let in_window = |at: Moment| calendar.add(at, count.within) >= o.arises;
        let one = |(at, entry): &(Moment, Option<EntryNo>)| Counted {
            entry: entry.map(|e| self.facts.case.entry(e).id.clone()),
            occurred_at: calendar.stamp(*at),
        };
        Some(Because::Count {
            at_least: count.at_least,
            within: count.within.to_string(),
            counted: seen.iter().filter(|(at, _)| in_window(*at)).map(one).collect(),
            fell_out: seen.iter().rev().find(|(at, _)| !in_window(*at)).map(one),
        })
    }

    fn event_reason(&self, entry: EntryNo) -> Because {
        let entry = self.facts.case.entry(entry);
        let event = self.facts.vocabulary.event_at(entry.event);
        Because::Event {
            event: event.id.clone(),
            name: event.name.clone(),
            entry: entry.id.clone(),
            occurred_at: self.facts.reckoning().stamp(entry.occurred),
            recorded_at: self.facts.reckoning().stamp(entry.recorded),
        }
    }

    fn fact_reason(&self, fact: FactId, point: Point) -> Option<Because> {
        let value = self.facts.value(fact, point)?;
        let (since, source) = self.facts.since(fact, point);
        let entry = match (source, self.facts.vocabulary.fact_at(fact).derived) {
            (Source::Entry(e), _) => Some(e),
            // An episode's own moments hang on the entries that start and end it.
            (_, Some(derived)) => point.episode.and_then(|e| self.episode_entry(derived, e)),
            _ => None,
        };
        Some(Because::Fact {
            fact: self.facts.vocabulary.fact_at(fact).id.clone(),
            value: match value {
                Value::Moment(at) if self.facts.vocabulary.fact_at(fact).kind == Type::Since => {
                    format!("since {}", self.facts.reckoning().words(at))
                }
                value => self.value_words(value),
            },
            since: since.filter(|s| *s > Moment::EVER).map(|s| self.facts.reckoning().stamp(s)),
            entry: entry.map(|e| self.facts.case.entry(e).id.clone()),
            rule: if let Source::Rule(rule) = source { self.facts.case.word(rule).map(String::from) } else { None },
        })
    }

    fn episode_entry(&self, derived: Derived, episode: EpisodeNo) -> Option<EntryNo> {
        let episode = self.facts.case.episode(episode);
        match derived {
            Derived::EpisodeStart | Derived::EpisodeOpen | Derived::FirstEpisode => Some(episode.start_entry),
            Derived::EpisodeEnd => episode.end_entry,
            _ => None,
        }
    }

    pub(super) fn missing_views(&self, shown: &Shown<'_>) -> Vec<Missing> {
        let (rule, duty, o, point) = (self.rule, shown.duty, shown.o, shown.point);
        let mut facts = Vec::new();
        if duty.state.is_open() || duty.state == State::Upcoming {
            if o.applies == Truth::Unknown {
                let now = Point { episode: None, entry: None, at: self.facts.now };
                self.facts.missing(&self.prepared.book.applies, now, &mut facts);
            }
            let arose = Point { at: o.raised, ..point };
            match &rule.trigger {
                Trigger::While { state, since, .. } => {
                    self.facts.missing(state, Point { entry: None, ..point }, &mut facts);
                    if facts.is_empty() && duty.state == State::CannotTell {
                        // What stands, or had to last, may hang on what was not known for a part of the time.
                        let from = duty.episode.map_or(self.facts.begin, |e| self.facts.case.episode(e).start);
                        for at in self.facts.points(state, duty.episode, from).into_iter().filter(|at| *at <= point.at)
                        {
                            self.facts.missing(state, Point { entry: None, at, ..point }, &mut facts);
                        }
                    }
                    facts.extend(since.filter(|_| o.doubtful).map(|fact| self.facts.recorded_source(fact)));
                }
                Trigger::On { events, .. } => {
                    let own = events.iter().filter(|m| self.is_cause(m.event, o));
                    own.for_each(|m| self.facts.missing(&m.when, arose, &mut facts));
                }
            }
            self.facts.missing(&rule.filter, arose, &mut facts);
            self.facts.missing(&rule.when, point, &mut facts);
            if duty.state == State::CannotTell {
                self.missing_in_exceptions(&rule.exceptions, point, &mut facts);
                self.facts.missing_for_limit(shown.limit, o, duty.evidence.judged, &mut facts);
            }
            if let (None, Owner::Table(index)) = (duty.owner, shown.owner) {
                self.facts.missing_for_table(index, o, point, &mut facts);
            }
        }
        let mut seen = Vec::new();
        facts.retain(|fact| {
            !seen.contains(fact) && {
                seen.push(*fact);
                true
            }
        });
        let left_out = duty.doubt.and_then(|(_, entry)| self.left_out(entry));
        let facts = facts.into_iter().map(|f| self.facts.vocabulary.fact_at(f));
        left_out
            .into_iter()
            .chain(facts.map(|f| Missing { fact: f.id.clone(), doc: f.doc.clone(), entry: None }))
            .collect()
    }

    /// Who came to a meeting whose entry does not say so.
    fn left_out(&self, entry: EntryNo) -> Option<Missing> {
        let vocabulary = self.facts.vocabulary;
        let entry = self.facts.case.entry(entry);
        let event = vocabulary.event_at(entry.event);
        // What only ticks a meeting has no field for it: that of meetings asks.
        let asks =
            |event: &crate::vocabulary::Event| event.fields.iter().find(|f| Some(f.field) == event.came).cloned();
        let field = asks(event).or_else(|| asks(vocabulary.event_at(vocabulary.known.meeting_held)))?;
        Some(Missing { fact: field.id, doc: field.doc, entry: Some(entry.id.clone()) })
    }

    fn missing_in_exceptions(&self, exceptions: &[Exception], point: Point, facts: &mut Vec<FactId>) {
        for exception in exceptions {
            self.facts.missing(&exception.when, point, facts);
            if self.facts.truth(&exception.when, point) != Truth::False {
                self.missing_in_exceptions(&exception.exceptions, point, facts);
            }
        }
    }
}
