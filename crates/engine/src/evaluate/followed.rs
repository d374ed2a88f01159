//! Which of two protocols that contradict each other was followed. Where one asks an act of somebody whom the other refuses it, the entry
//! says so: the other does not turn the entry away, what it refuses is flagged, and what it asks itself stays open.

use super::facts::Point;
use super::inquiry::Inquiry;
use super::prepared::Prepared;
use super::{Evaluator, Options, verdict};
use crate::case::{Case, Entry};
use crate::ids::EntryNo;
use crate::rulebook::Rulebook;
use crate::value::{Truth, Value};
use crate::vocabulary::{EventId, Vocabulary};
use crate::words::{Sym, sym};

/// The rulebook that an entry says was followed.
fn followed(vocabulary: &Vocabulary, entry: &Entry) -> Option<Sym> {
    match entry.get(vocabulary.known.followed) {
        Some(Value::Word(rulebook)) => Some(rulebook),
        _ => None,
    }
}

/// The rulebook that an entry says was followed, where that is another one, which certainly applies and asks for such an act.
pub(super) fn another<'a>(
    evaluator: &Evaluator<'a>,
    prepared: &Prepared<'_>,
    case: &Case,
    entry: &Entry,
) -> Option<&'a Rulebook> {
    let vocabulary = evaluator.vocabulary;
    let named = followed(vocabulary, entry).filter(|named| *named != sym(&prepared.book.id))?;
    let at = entry.episode.map_or(entry.occurred, |e| case.episodes[e.place()].start);
    let point = Point { episode: entry.episode, entry: None, at };
    let applies = |other: &Prepared<'_>| {
        evaluator.with_facts(other, case, &Options::at(entry.occurred), |facts| {
            facts.settled().truth(&other.book.applies, point) == Truth::True
        })
    };
    let mut books = evaluator.books.iter().filter(|other| sym(&other.book.id) == named);
    books.find(|other| asks(vocabulary, other.book, entry.event) && applies(other)).map(|other| other.book)
}

/// Does a rulebook ask for what an event carries out?
fn asks(vocabulary: &Vocabulary, book: &Rulebook, event: EventId) -> bool {
    book.rules.iter().any(|rule| {
        let own = rule.met_by.iter().flatten().chain(&vocabulary.action_at(rule.action).met_by);
        own.into_iter().any(|met| met.event == event)
    })
}

impl Inquiry<'_> {
    /// Does an entry say that another rulebook was followed, in what this one refuses? Then it meets nothing of this one.
    pub fn departs(&self, number: EntryNo) -> bool {
        let (vocabulary, case) = (self.facts.vocabulary, self.facts.case);
        let entry = case.entry(number);
        if followed(vocabulary, entry).is_none_or(|named| named == sym(&self.prepared.book.id)) {
            return false;
        }
        let refusals = self.prepared.book.verdicts.iter().filter(|verdict| verdict.refuses);
        refusals
            .flat_map(|verdict| verdict.events.iter().map(move |met| (verdict, met)))
            .any(|(verdict, met)| met.event == entry.event && verdict::holds(self.facts, verdict, met, number))
    }
}
