//! Would the scenarios notice? A part of the rulebook is taken out, and the scenarios are run on what is left.
//! Exceptions, limits, repetitions, recipients, parties, refusals, warnings, conflicts and whom it all concerns are taken
//! out, one at a time.

use super::run::Ready;
use super::{Expectation, Scenario};
use engine::condition::Condition;
use engine::diagnostic::Place;
use engine::evaluate::Evaluator;
use engine::rulebook::{Exception, Recipient, Repeat, Rule, Rulebook, Who};
use engine::vocabulary::Vocabulary;

/// A change to the rulebook, and whether a scenario noticed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mutant {
    /// What was taken out, in words.
    pub without: String,
    /// Where it is written.
    pub place: Place,
    /// The first scenario that noticed; none: the mutant survived.
    pub killed_by: Option<String>,
}

/// Takes out each part in turn. Expectations that are not met as it is are not asked.
pub fn mutants(vocabulary: &Vocabulary, book: &Rulebook, scenarios: &[Scenario]) -> Vec<Mutant> {
    let own = scenarios.iter().filter(|s| s.rulebook == book.id && s.edition == book.edition);
    let whole = Evaluator::new(vocabulary, [book]).as_if_in_force();
    let ready: Vec<Ready<'_>> = own.map(|s| Ready::new(s, &whole)).collect();
    let failing: Vec<Vec<Place>> =
        ready.iter().map(|r| r.failures(&whole, vocabulary, |_| true).into_iter().map(|f| f.place).collect()).collect();
    let mut found = Vec::new();
    for (changed, about, mutant) in changes(vocabulary, book) {
        let evaluator = Evaluator::new(vocabulary, [&changed]).as_if_in_force();
        // Only what speaks of the rule can notice, and counts of everything.
        let asks = |e: &Expectation| about.is_none() || e.wanted.about().is_none_or(|a| Some(a) == about);
        let notices = |(ready, failing): (&Ready<'_>, &Vec<Place>)| {
            let failures = ready.failures(&evaluator, vocabulary, |e| asks(e) && !failing.contains(&e.place));
            (!failures.is_empty()).then(|| ready.scenario.id.clone())
        };
        let killed_by = ready.iter().zip(&failing).find_map(notices);
        found.push(Mutant { killed_by, ..mutant });
    }
    found
}

/// Each changed copy, the id of the rule or verdict it concerns if it is one, and what was done.
fn changes<'a>(
    vocabulary: &'a Vocabulary,
    book: &'a Rulebook,
) -> impl Iterator<Item = (Rulebook, Option<&'a str>, Mutant)> {
    let rules = book.rules.iter().enumerate().flat_map(move |(index, rule)| {
        let copies = of_rule(vocabulary, rule).into_iter().map(move |(changed, without)| {
            let mut copy = book.clone();
            match changed {
                Some(changed) => copy.rules[index] = changed,
                None => _ = copy.rules.remove(index),
            }
            (copy, without)
        });
        copies.map(move |(copy, without)| (copy, Some(rule.id.as_str()), mutant(without, &rule.place)))
    });
    let verdicts = book.verdicts.iter().enumerate().map(move |(index, verdict)| {
        let mut copy = book.clone();
        copy.verdicts.remove(index);
        let what = if verdict.refuses { "refusal" } else { "warning" };
        (copy, Some(verdict.id.as_str()), mutant(format!("{what} {}", verdict.id), &verdict.place))
    });
    rules.chain(verdicts).chain(of_book(book))
}

/// The rulebook concerning everybody.
fn of_book(book: &Rulebook) -> Vec<(Rulebook, Option<&str>, Mutant)> {
    let mut found = Vec::new();
    if !book.concerns.is_always() {
        let mut copy = book.clone();
        let own = |rule: &Rule| rule.concerns.expr == book.concerns.expr;
        copy.rules.iter_mut().filter(|r| own(r)).for_each(|r| r.concerns = Condition::always());
        found.push((copy, None, mutant("whom the rulebook concerns".into(), &book.place)));
    }
    found
}

fn mutant(without: String, place: &Place) -> Mutant {
    Mutant { without, place: place.clone(), killed_by: None }
}

/// The rule without each of its parts; `None`: without the rule, where it is a conflict.
fn of_rule(vocabulary: &Vocabulary, rule: &Rule) -> Vec<(Option<Rule>, String)> {
    let mut found = Vec::new();
    if rule.conflict {
        found.push((None, format!("conflict {}", rule.id)));
    }
    if rule.due.is_some() {
        found.push((Some(Rule { due: None, ..rule.clone() }), format!("the limit of {}", rule.id)));
    }
    if !matches!(rule.repeat, Repeat::Once) {
        let once = Rule { repeat: Repeat::Once, due: None, ..rule.clone() };
        found.push((Some(once), format!("the repetition of {}", rule.id)));
    }
    for index in 0..rule.recipients.len() {
        let mut copy = rule.clone();
        let gone = copy.recipients.remove(index);
        found.push((Some(copy), format!("the recipient {} of {}", recipient(vocabulary, &gone), rule.id)));
    }
    for index in 0..rule.parties.len() {
        let mut copy = rule.clone();
        let gone = copy.parties.remove(index);
        let who = vocabulary.word(gone.role).unwrap_or("?");
        found.push((Some(copy), format!("the party {who} of {}", rule.id)));
    }
    for (exceptions, what) in of_exceptions(vocabulary, &rule.exceptions) {
        found.push((Some(Rule { exceptions, ..rule.clone() }), format!("{what} of {}", rule.id)));
    }
    found
}

/// The exceptions without each of them, and without each of their parts.
fn of_exceptions(vocabulary: &Vocabulary, exceptions: &[Exception]) -> Vec<(Vec<Exception>, String)> {
    let mut found = Vec::new();
    for (index, exception) in exceptions.iter().enumerate() {
        let mut with = |changed: Option<Exception>, what: String| {
            let mut copy = exceptions.to_vec();
            match changed {
                Some(changed) => copy[index] = changed,
                None => _ = copy.remove(index),
            }
            found.push((copy, what));
        };
        with(None, format!("the exception {}", exception.id));
        if exception.due.is_some() {
            with(
                Some(Exception { due: None, ..exception.clone() }),
                format!("the limit of the exception {}", exception.id),
            );
        }
        for gone in 0..exception.recipients.len() {
            let mut copy = exception.clone();
            let who = recipient(vocabulary, &copy.recipients.remove(gone));
            with(Some(copy), format!("the recipient {who} of the exception {}", exception.id));
        }
        for (exceptions, what) in of_exceptions(vocabulary, &exception.exceptions) {
            with(Some(Exception { exceptions, ..exception.clone() }), what);
        }
    }
    found
}

fn recipient(vocabulary: &Vocabulary, recipient: &Recipient) -> String {
    match recipient.who {
        Who::Role(role) => vocabulary.word(role).unwrap_or("?").into(),
        Who::FromLog(topic) => format!("told of {}", vocabulary.word(topic).unwrap_or("?")),
    }
}
