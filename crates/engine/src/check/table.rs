//! R05, R06, R04: decision tables without overlap, gap or dead row, and R10 for tables that nothing uses.

use super::boxes::{Answer, witness};
use crate::condition::Condition;
use crate::diagnostic::{Diagnostic, Place};
use crate::rulebook::{Exception, Limit, Outcome, Owner, Rule, Rulebook, Table, Trigger};
use crate::vocabulary::Vocabulary;

pub(super) fn check(vocabulary: &Vocabulary, book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for rule in &book.rules {
        outputs(book, rule, Some(rule.owner), rule.due.as_ref(), &rule.place, found);
        exception_outputs(book, rule, &rule.exceptions, found);
    }
    for (index, table) in book.tables.iter().enumerate() {
        rows(vocabulary, book, table, found);
        let uses = uses(book, index);
        if uses.is_empty() {
            let message = format!("nothing uses the table `{}`", table.id);
            found.push(Diagnostic::warning(
                "R10",
                table.place.clone(),
                message,
                "use it as an owner or a limit, or delete it",
            ));
        }
        for guards in uses {
            let mut wanted: Vec<(&Condition, bool)> = guards.into_iter().map(|g| (g, true)).collect();
            wanted.extend(table.rows.iter().map(|r| (&r.when, false)));
            if let Answer::Yes(case) = witness(vocabulary, &book.settings, &wanted) {
                let message = format!("the table `{}` has no row when {}", table.id, case.join(", "));
                found.push(Diagnostic::error("R06", table.place.clone(), message, "add a row for this case"));
                break;
            }
        }
    }
}

/// An owner comes from a table of roles, a limit from a table of durations.
fn outputs(
    book: &Rulebook,
    rule: &Rule,
    owner: Option<Owner>,
    due: Option<&Limit>,
    place: &Place,
    found: &mut Vec<Diagnostic>,
) {
    let gives_roles = |index: usize| book.tables[index].rows.iter().any(|r| matches!(r.then, Outcome::Role(_)));
    let gives_lengths = |index: usize| book.tables[index].rows.iter().any(|r| matches!(r.then, Outcome::Length(_)));
    if let Some(Owner::Table(index)) = owner
        && gives_lengths(index)
    {
        let message =
            format!("`{}` takes its owner from the table `{}`, which gives durations", rule.id, book.tables[index].id);
        found.push(Diagnostic::error("R03", place.clone(), message, "name a table with `output = \"role\"`"));
    }
    for (index, table) in book.tables.iter().enumerate() {
        if due.is_some_and(|l| is_of(l, index)) && gives_roles(index) {
            let message = format!("`{}` takes its limit from the table `{}`, which gives roles", rule.id, table.id);
            found.push(Diagnostic::error("R03", place.clone(), message, "name a table with `output = \"duration\"`"));
        }
    }
}

fn exception_outputs(book: &Rulebook, rule: &Rule, list: &[Exception], found: &mut Vec<Diagnostic>) {
    for e in list {
        outputs(book, rule, e.owner, e.due.as_ref(), &e.place, found);
        exception_outputs(book, rule, &e.exceptions, found);
    }
}

fn rows(vocabulary: &Vocabulary, book: &Rulebook, table: &Table, found: &mut Vec<Diagnostic>) {
    for (index, row) in table.rows.iter().enumerate() {
        if witness(vocabulary, &book.settings, &[(&row.when, true)]) == Answer::No {
            let message = format!("no case can reach row {} of `{}`", index + 1, table.id);
            found.push(Diagnostic::error("R04", row.place.clone(), message, "its conditions exclude each other"));
        }
        for (earlier, other) in table.rows[..index].iter().enumerate().filter(|(_, o)| o.then != row.then) {
            if let Answer::Yes(case) = witness(vocabulary, &book.settings, &[(&other.when, true), (&row.when, true)]) {
                let message = format!(
                    "rows {} and {} of `{}` both hold when {}",
                    earlier + 1,
                    index + 1,
                    table.id,
                    case.join(", ")
                );
                found.push(Diagnostic::error("R05", row.place.clone(), message, "make the rows exclude each other"));
            }
        }
    }
}

/// The conditions under which each user of the table asks it.
fn uses(book: &Rulebook, index: usize) -> Vec<Vec<&Condition>> {
    let mut found = Vec::new();
    for rule in &book.rules {
        let mut guards = vec![&rule.when];
        if let Trigger::While { state, stands: false, .. } = &rule.trigger {
            guards.push(state);
        }
        let own = rule.owner == Owner::Table(index) || rule.due.as_ref().is_some_and(|l| is_of(l, index));
        if own {
            found.push(guards.clone());
        }
        in_exceptions(&rule.exceptions, index, &guards, &mut found);
    }
    found
}

fn in_exceptions<'a>(
    list: &'a [Exception],
    index: usize,
    guards: &[&'a Condition],
    found: &mut Vec<Vec<&'a Condition>>,
) {
    for exception in list {
        let mut inner = guards.to_vec();
        inner.push(&exception.when);
        if exception.owner == Some(Owner::Table(index)) || exception.due.as_ref().is_some_and(|l| is_of(l, index)) {
            found.push(inner.clone());
        }
        in_exceptions(&exception.exceptions, index, &inner, found);
    }
}

fn is_of(limit: &Limit, index: usize) -> bool {
    match limit {
        Limit::Table(table, _) => *table == index,
        Limit::By(_, Some(otherwise)) => is_of(otherwise, index),
        _ => false,
    }
}
