//! Whether what somebody says of a fact can be: of a birth, an area, and beside what is on record already.

use crate::app::App;
use casebook::command::{self, FieldProblem, HOW_LONG, SINCE, Terms};
use engine::case::Source;
use engine::time::Moment;
use engine::value::{Type, Value as Known};
use engine::vocabulary::{Fact, FactId, Scope};
use serde_json::Value;
use views::Record;
use views::words::Names;

/// Nobody whom these protocols are about is older, in years.
const OLDEST: i64 = 26;

/// What is wrong with a value.
pub(super) fn value(app: &App, record: &Record, fact: &Fact, value: &Value) -> Option<FieldProblem> {
    let name = command::name(&fact.id);
    let text = value.as_str().unwrap_or_default();
    let says = match fact.kind {
        Type::Area if !views::making::is_answer(&Names::shared(&app.rules), &fact.id, text) => {
            "choose one of the list".to_string()
        }
        Type::Date if is_birth(app, &fact.id) => birth(app, record, text)?,
        _ => return None,
    };
    Some(FieldProblem::new(name, format!("{}: {says}", fact.label)))
}

/// Is this an area of a rulebook, or an authority?
pub(crate) fn is_area(app: &App, word: &str) -> bool {
    views::making::is_area(&Names::shared(&app.rules), word)
}

/// A date of birth, or the other one where two are given.
fn is_birth(app: &App, fact: &str) -> bool {
    let known = &app.rules.vocabulary().known;
    let id = app.rules.vocabulary().fact(fact);
    id.is_some() && (id == Some(known.date_of_birth) || id == known.disputed_birth)
}

/// What is wrong with a date of birth: it makes nobody a child, or somebody who was missing before they were born.
fn birth(app: &App, record: &Record, date: &str) -> Option<String> {
    let midnight = Moment::parse(&format!("{date}T00:00:00Z")).ok()?;
    let years = (app.now().0 - midnight.0) / (365 * 86_400 + 86_400 / 4);
    if years >= OLDEST {
        return Some(format!("this would make the child {years} years old; check the year"));
    }
    let first = record.case.entries.iter().map(|e| e.occurred).min()?;
    let words = app.rules.vocabulary().calendar.words(first);
    (first < midnight)
        .then(|| format!("something is on record of the child at {words}, before this birth; check the date"))
}

/// What is wrong with an authority at the time at which it was so: it had ended, or had not begun.
pub(super) fn authority(app: &App, fact: &Fact, value: &Value, terms: &Terms) -> Option<FieldProblem> {
    let word = value.as_str().filter(|_| fact.kind == Type::Area)?;
    let says = not_then(app, word, terms.from, terms.until)?;
    Some(FieldProblem::new(command::name(&fact.id), format!("{}: {says}", fact.label)))
}

/// Why an authority cannot be meant from one time on until another; none where it can.
pub(crate) fn not_then(app: &App, word: &str, from: Moment, until: Option<Moment>) -> Option<String> {
    let vocabulary = app.rules.vocabulary();
    // The area of a protocol is there as long as the protocol is, whichever authorities it has.
    let one = vocabulary.authority(word).filter(|_| !Names::shared(&app.rules).areas().contains(&word))?;
    let day = |at: Moment| vocabulary.calendar.date(at);
    let words = |day: engine::calendar::Date| day.strftime("%-d %B %Y");
    // Who writes that it was so until the day after the last means the same.
    let is_past = |end| until.map_or_else(|| day(app.now()) >= end, |until| day(until) > end);
    match (one.from, one.until) {
        (Some(first), _) if from != Moment::EVER && day(from) < first => Some(format!(
            "there is {} from {} on only; say since when it was so, or choose what came before it",
            one.name,
            words(first)
        )),
        (_, Some(end)) if is_past(end) => {
            let last = end.yesterday().unwrap_or(end);
            Some(format!(
                "{} ended on {}; choose what came after it, or say until when it was so",
                one.name,
                words(last)
            ))
        }
        _ => None,
    }
}

/// What is wrong with when it was so.
pub(super) fn time(
    app: &App,
    record: &Record,
    id: FactId,
    terms: &Terms,
    without: Option<&str>,
) -> Option<FieldProblem> {
    let fact = app.rules.vocabulary().fact_at(id);
    if fact.scope == Scope::Episode && terms.from == Moment::EVER {
        return None;
    }
    if fact.scope == Scope::Episode && record.case.episode_at(terms.from).is_none() {
        let says = format!("{}: the child was not gone then; say since when in the episode it was so", fact.label);
        return Some(FieldProblem::new(SINCE, says));
    }
    // What is over takes nothing from what came after it.
    if terms.until.is_some() || fact.scope == Scope::Episode {
        return None;
    }
    let later = record.case.facts.changes(id).iter().find(|c| {
        let own = matches!(c.source, Source::Record(n) if record.file.facts.get(n as usize).map(|l| l.id.as_str()) == without);
        c.at > terms.from && c.at <= app.now() && c.value != Known::Unknown && !own
    })?;
    let words = app.rules.vocabulary().calendar.words(later.at);
    let field = if terms.from == Moment::EVER { HOW_LONG } else { SINCE };
    let says = format!(
        "{}: something else is on record from {words} on. Say since when yours is so, or until when it was, or open \
         the history and say that the other was wrong",
        fact.label
    );
    Some(FieldProblem::new(field, says))
}

/// The start of the day of birth as it is on record, but not while that very date is put right.
pub(super) fn born(app: &App, record: &Record, changed: &[FactId]) -> Option<Moment> {
    let vocabulary = app.rules.vocabulary();
    let known = &vocabulary.known;
    let of_birth = |id: &FactId| *id == known.date_of_birth || Some(*id) == known.disputed_birth;
    if changed.iter().any(of_birth) {
        return None;
    }
    crate::entry::born(vocabulary, record, app.now())
}
