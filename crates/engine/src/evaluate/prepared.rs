//! A rulebook with what evaluation needs of it worked out once.

use crate::calendar::Calendar;
use crate::condition::{Condition, Subject, Test};
use crate::rulebook::{By, Course, Exception, Limit, Outcome, Owner, Rule, Rulebook, TableAt, Trigger, each_exception};
use crate::time::Moment;
use crate::vocabulary::{Scope, Vocabulary};
use crate::words::{Sym, sym};

/// A rulebook with what evaluation needs of it worked out once.
pub(crate) struct Prepared<'a> {
    pub book: &'a Rulebook,
    /// The symbol of its id, which its editions share.
    pub id: Sym,
    pub in_force: InForce,
    /// The symbol of each rule's id.
    pub syms: Vec<Sym>,
    /// For each rule, who may be its owner.
    pub owners: Vec<Vec<Sym>>,
    /// For each rule, the owners of other rules with the same action.
    pub rivals: Vec<Vec<Sym>>,
    /// For each rule, the number of its state: rules that wait on the same state share its spans.
    pub states: Vec<u32>,
    /// For each rule, the number of whom it is about, as a state of the child, where that goes by what is so of the child alone.
    pub concerns: Vec<Option<u32>>,
    /// So many states there are.
    pub state_count: usize,
    /// For each rule, whether exceptions add recipients to it.
    pub widens: Vec<bool>,
    /// For each rule, whether its limit may change with the facts while it is open.
    pub slides: Vec<bool>,
    pub defaults: Vec<Course>,
}

impl<'a> Prepared<'a> {
    pub fn new(vocabulary: &Vocabulary, book: &'a Rulebook) -> Prepared<'a> {
        let owners: Vec<Vec<Sym>> = book.rules.iter().map(|rule| owners_of(book, rule)).collect();
        let (states, concerns, state_count) = states(vocabulary, book);
        Prepared {
            book,
            id: sym(&book.id),
            in_force: InForce::of(&vocabulary.calendar, book),
            syms: book.rules.iter().map(|r| sym(&r.id)).collect(),
            rivals: (0..book.rules.len()).map(|index| rivals(book, &owners, index)).collect(),
            owners,
            states,
            concerns,
            state_count,
            widens: book.rules.iter().map(|rule| adds_recipients(&rule.exceptions)).collect(),
            slides: book.rules.iter().map(|rule| slides(book, rule)).collect(),
            defaults: book.settings.iter().map(|s| Course::always(s.default.clone())).collect(),
        }
    }
}

/// From when until when an edition is in force: its dates are whole local days, the last left out.
#[derive(Clone, Copy)]
pub(crate) struct InForce {
    pub from: Moment,
    pub until: Moment,
}

impl InForce {
    fn of(calendar: &Calendar, book: &Rulebook) -> InForce {
        let until = book.in_force_until.map_or(Moment::NEVER, |day| calendar.start_of(day));
        InForce { from: calendar.start_of(book.in_force_from), until }
    }

    pub fn covers(self, at: Moment) -> bool {
        self.from <= at && at < self.until
    }
}

/// Everybody who may come to own a rule's duties.
fn owners_of(book: &Rulebook, rule: &Rule) -> Vec<Sym> {
    let mut found = Vec::new();
    let mut note = |owner: Owner| match owner {
        Owner::Role(role) => found.push(role),
        Owner::Table(table) => found.extend(book.tables[table].rows.iter().filter_map(|r| match r.then {
            Outcome::Role(role) => Some(role),
            Outcome::Length(_) => None,
        })),
        Owner::Setting(setting) => found.extend(book.settings[setting].choices.iter().map(|c| sym(c))),
        Owner::Told(told) => {
            found.extend(&book.told_owners[told].among);
            found.push(book.told_owners[told].otherwise);
        }
    };
    note(rule.owner);
    each_exception(&rule.exceptions, &mut |e| e.owner.into_iter().for_each(&mut note));
    found.sort_unstable();
    found.dedup();
    found
}

/// The owners of other rules with the same action: what one of them does under the action's name is for their own rule.
fn rivals(book: &Rulebook, owners: &[Vec<Sym>], index: usize) -> Vec<Sym> {
    let action = book.rules[index].action;
    let others = book.rules.iter().enumerate().filter(|(j, other)| *j != index && other.action == action);
    let named = |o: &Sym| matches!(&book.rules[index].by, By::Roles(roles) if roles.contains(o));
    others.flat_map(|(j, _)| owners[j].iter().copied()).filter(|o| !owners[index].contains(o) && !named(o)).collect()
}

fn adds_recipients(exceptions: &[Exception]) -> bool {
    exceptions.iter().any(|e| !e.recipients.is_empty() || adds_recipients(&e.exceptions))
}

fn slides(book: &Rulebook, rule: &Rule) -> bool {
    let table =
        |limit: &Option<Limit>| matches!(limit, Some(Limit::Table(t, _)) if book.tables[*t].at != TableAt::Arises);
    let mut found = table(&rule.due);
    each_exception(&rule.exceptions, &mut |e| {
        found |= !e.at_arising && (e.due.is_some() || e.not_required) || table(&e.due);
    });
    found
}

/// Numbers the states that `while` rules wait on, and whom rules are about; equal conditions get the same number. And how many there are.
fn states(vocabulary: &Vocabulary, book: &Rulebook) -> (Vec<u32>, Vec<Option<u32>>, usize) {
    let mut known: Vec<&Condition> = Vec::new();
    let mut concerned: Vec<&Condition> = Vec::new();
    let states = book.rules.iter().map(|rule| match &rule.trigger {
        Trigger::While { state, .. } => number(&mut known, state),
        Trigger::On { .. } => 0,
    });
    let states: Vec<u32> = states.collect();
    // In a list of their own: a state of an episode is not what is so of the child.
    let concerns = book.rules.iter().map(|rule| {
        let alone = is_of_child_alone(vocabulary, &rule.concerns);
        alone.then(|| number(&mut concerned, &rule.concerns))
    });
    let concerns: Vec<Option<u32>> = concerns.collect();
    let first = known.len() as u32;
    let concerns = concerns.into_iter().map(|one| one.map(|number| number + first)).collect();
    (states, concerns, known.len() + concerned.len())
}

fn number<'b>(known: &mut Vec<&'b Condition>, condition: &'b Condition) -> u32 {
    let found = known.iter().position(|k| k.expr == condition.expr).unwrap_or(known.len());
    if found == known.len() {
        known.push(condition);
    }
    found as u32
}

/// Does a condition go by facts of the child alone, so that what is learned of one that it does not know can only make it certain?
fn is_of_child_alone(vocabulary: &Vocabulary, condition: &Condition) -> bool {
    let mut alone = true;
    condition.expr.visit(&mut |subject, test| {
        let of_child = matches!(subject, Subject::Fact(fact) if vocabulary.fact_at(fact).scope == Scope::Child);
        alone &= of_child && !matches!(test, Test::Recorded | Test::Since(..));
    });
    alone
}
