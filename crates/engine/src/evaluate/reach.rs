//! Whose rulebook is followed while it cannot be told which ones apply: that of the area that the child is known from. Rulebooks of other
//! areas stay silent until a fact speaks for them, and one of a provider until anything that it asks of the child is recorded.
//!
//! Nothing here refuses: a refusal needs certainty, and what is only supposed is not certain (`verdict`).

use super::editions::Editions;
use super::facts::{Facts, Point};
use crate::rulebook::Rulebook;
use crate::time::Moment;
use crate::value::{Truth, Type, Value};
use crate::vocabulary::Scope;
use crate::words::{Sym, sym};

/// What stands for whether a rulebook applies at a moment, where its own condition gives this truth.
pub(crate) fn reach(facts: &Facts<'_>, editions: Editions<'_>, book: &Rulebook, truth: Truth, at: Moment) -> Truth {
    if truth != Truth::Unknown {
        return truth;
    }
    let Some(from) = known_from(facts, at) else { return truth };
    // Where nobody has a rulebook of that area, nothing is silent.
    if !editions.books.iter().any(|b| is_of(b.book, from)) {
        return truth;
    }
    if is_of(book, from) {
        return Truth::True;
    }
    let speaks = if book.kind == AREA { names(facts, sym(&book.area)) } else { anything(facts, book, at) };
    if speaks { truth } else { Truth::False }
}

const AREA: &str = "area";

fn is_of(book: &Rulebook, area: Sym) -> bool {
    book.kind == AREA && sym(&book.area) == area
}

fn known_from(facts: &Facts<'_>, at: Moment) -> Option<Sym> {
    let fact = facts.vocabulary.known.known_from?;
    match facts.settled().value(fact, Point { episode: None, entry: None, at })? {
        Value::Word(area) => Some(area),
        _ => None,
    }
}

/// Does any recorded fact, of the child or of an episode, name this area? Where the child is only known from does not count.
fn names(facts: &Facts<'_>, area: Sym) -> bool {
    let known_from = facts.vocabulary.known.known_from;
    let named =
        |changes: &[crate::case::Change]| changes.iter().any(|c| c.at <= facts.now && c.value == Value::Word(area));
    facts.vocabulary.facts.iter().enumerate().any(|(n, fact)| {
        let id = crate::vocabulary::FactId::at(n);
        if fact.kind != Type::Area || fact.derived.is_some() || Some(id) == known_from {
            return false;
        }
        match fact.scope {
            Scope::Episode => facts.case.episodes().any(|e| named(facts.case.changes_in(e, id))),
            Scope::Child | Scope::Clock => named(facts.case.changes(id)),
        }
    })
}

/// Is anything recorded of what a rulebook goes by?
fn anything(facts: &Facts<'_>, book: &Rulebook, at: Moment) -> bool {
    let point = Point { episode: None, entry: None, at };
    let settled = facts.settled();
    book.applies.facts().into_iter().any(|fact| !matches!(settled.value(fact, point), None | Some(Value::Unknown)))
}
