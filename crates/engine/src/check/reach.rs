//! R04, R05, R08, R11, R15: rules that no case reaches, exceptions that clash, twins, circles.

use crate::condition::Condition;
use crate::condition::boxes::{Answer, witness};
use crate::diagnostic::Diagnostic;
use crate::evaluate::differ;
use crate::rulebook::{Exception, Rule, Rulebook, Trigger, Who};
use crate::vocabulary::{Met, Scope, Vocabulary};

pub(super) fn check(vocabulary: &Vocabulary, book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for (index, rule) in book.rules.iter().enumerate() {
        reachable(vocabulary, book, rule, found);
        let guards = guards(rule);
        exceptions(vocabulary, book, &rule.exceptions, &guards, found);
        twins(book, index, rule, found);
        circle(book, rule, found);
        time_of_day(vocabulary, rule, found);
    }
    for verdict in &book.verdicts {
        let possible = verdict.events.is_empty()
            || verdict.events.iter().any(|met| {
                witness(vocabulary, &book.settings, &[(&met.when, true), (&verdict.filter, true)]) != Answer::No
            });
        if !possible {
            let help = "two of its conditions exclude each other; correct one";
            found.push(Diagnostic::error(
                "R04",
                verdict.place.clone(),
                format!("no entry can reach `{}`", verdict.id),
                help,
            ));
        }
    }
}

/// The conditions that hold whenever the rule asks anything.
fn guards(rule: &Rule) -> Vec<&Condition> {
    let mut found = vec![&rule.filter, &rule.when];
    if let Trigger::While { state, .. } = &rule.trigger {
        found.push(state);
    }
    found
}

fn reachable(vocabulary: &Vocabulary, book: &Rulebook, rule: &Rule, found: &mut Vec<Diagnostic>) {
    let guards = guards(rule);
    // What is judged when it arises and what is judged later may differ by then: each part has to be possible by itself,
    // and the parts judged at the same moment together.
    let together: Vec<Vec<&Condition>> = match &rule.trigger {
        Trigger::While { state, .. } => vec![vec![state, &rule.filter], vec![state, &rule.when]],
        Trigger::On { events, .. } => {
            let possible = events
                .iter()
                .any(|m| witness(vocabulary, &book.settings, &[(&m.when, true), (&rule.filter, true)]) != Answer::No);
            if !possible && !events.is_empty() {
                unreachable(rule, found);
                return;
            }
            vec![vec![&rule.when]]
        }
    };
    let _ = guards;
    let impossible = |group: &Vec<&Condition>| {
        let wanted: Vec<(&Condition, bool)> = group.iter().map(|c| (*c, true)).collect();
        witness(vocabulary, &book.settings, &wanted) == Answer::No
    };
    if together.iter().any(impossible) {
        unreachable(rule, found);
    }
}

fn unreachable(rule: &Rule, found: &mut Vec<Diagnostic>) {
    let help = "two of its conditions exclude each other; correct one, or delete the rule";
    found.push(Diagnostic::error("R04", rule.place.clone(), format!("no case can reach the rule `{}`", rule.id), help));
}

fn exceptions(
    vocabulary: &Vocabulary,
    book: &Rulebook,
    list: &[Exception],
    guards: &[&Condition],
    found: &mut Vec<Diagnostic>,
) {
    for (index, exception) in list.iter().enumerate() {
        let mut inner: Vec<&Condition> = guards.to_vec();
        inner.push(&exception.when);
        let wanted: Vec<(&Condition, bool)> = inner.iter().map(|c| (*c, true)).collect();
        if witness(vocabulary, &book.settings, &wanted) == Answer::No {
            let message = format!("no case can reach the exception `{}`", exception.id);
            let help = "its condition excludes the rule's own, or that of the exception it belongs to";
            found.push(Diagnostic::error("R04", exception.place.clone(), message, help));
        }
        if changes_nothing(exception) {
            let message = format!("the exception `{}` changes nothing", exception.id);
            found.push(Diagnostic::warning(
                "R08",
                exception.place.clone(),
                message,
                "give it a due, an owner or another outcome, or delete it",
            ));
        }
        for other in list[..index].iter().filter(|other| differ(other, exception)) {
            let mut both = wanted.clone();
            both.push((&other.when, true));
            if let Answer::Yes(case) = witness(vocabulary, &book.settings, &both) {
                let message =
                    format!("the exceptions `{}` and `{}` both hold when {}", other.id, exception.id, case.join(", "));
                let help = "make their conditions exclude each other, or put one inside the other";
                found.push(Diagnostic::error("R05", exception.place.clone(), message, help));
            }
        }
        exceptions(vocabulary, book, &exception.exceptions, &inner, found);
    }
}

fn changes_nothing(e: &Exception) -> bool {
    e.due.is_none()
        && e.owner.is_none()
        && e.modality.is_none()
        && e.label.is_none()
        && e.says.is_none()
        && !e.not_required
        && e.checklist.is_empty()
        && e.recipients.is_empty()
        && e.exceptions.is_empty()
}

/// Two rules that would always say the same.
fn twins(book: &Rulebook, index: usize, rule: &Rule, found: &mut Vec<Diagnostic>) {
    let roles = |r: &Rule| r.recipients.iter().map(|x| x.who).collect::<Vec<Who>>();
    let twin = book.rules[..index].iter().find(|other| {
        other.action == rule.action
            && other.owner == rule.owner
            && other.due == rule.due
            && other.label == rule.label
            && other.filter.expr == rule.filter.expr
            && other.when.expr == rule.when.expr
            && roles(other) == roles(rule)
            && same_trigger(&other.trigger, &rule.trigger)
            && format!("{:?}", other.repeat) == format!("{:?}", rule.repeat)
            && format!("{:?}", other.met_by) == format!("{:?}", rule.met_by)
    });
    if let Some(other) = twin {
        let message = format!("`{}` and `{}` say the same", other.id, rule.id);
        found.push(Diagnostic::warning(
            "R08",
            rule.place.clone(),
            message,
            "keep one and cite the provisions of both, or give each a label",
        ));
    }
}

fn same_trigger(left: &Trigger, right: &Trigger) -> bool {
    match (left, right) {
        (Trigger::On { events, once, count }, Trigger::On { events: others, once: other_once, count: other_count }) => {
            let same = |(one, other): (&Met, &Met)| one.event == other.event && one.when.expr == other.when.expr;
            once == other_once
                && count == other_count
                && events.len() == others.len()
                && events.iter().zip(others).all(same)
        }
        (
            Trigger::While { state, lasted, since, stands },
            Trigger::While { state: other, lasted: l, since: s, stands: t },
        ) => state.expr == other.expr && lasted == l && since == s && stands == t,
        _ => false,
    }
}

/// `after` has to name a rule, and following it must not come back.
fn circle(book: &Rulebook, rule: &Rule, found: &mut Vec<Diagnostic>) {
    let mut here = rule;
    for _ in 0..=book.rules.len() {
        let Some(after) = &here.after else { return };
        let Some((_, next)) = book.rule(after) else {
            if std::ptr::eq(here, rule) {
                let help = crate::words::did_you_mean(after, book.rules.iter().map(|r| r.id.as_str()));
                found.push(Diagnostic::error(
                    "R03",
                    rule.place.clone(),
                    format!("`after` names no rule: `{after}`"),
                    help,
                ));
            }
            return;
        };
        if next.id == rule.id {
            let message = format!("`{}` waits for itself, by way of `{}`", rule.id, here.id);
            found.push(Diagnostic::error("R11", rule.place.clone(), message, "take out one `after`"));
            return;
        }
        here = next;
    }
}

/// Office hours come and go: a state that hangs on them would begin and end every day.
fn time_of_day(vocabulary: &Vocabulary, rule: &Rule, found: &mut Vec<Diagnostic>) {
    let uses = |c: &Condition| c.facts().iter().any(|f| vocabulary.fact_at(*f).scope == Scope::Clock);
    let state = matches!(&rule.trigger, Trigger::While { state, .. } if uses(state));
    if state || uses(&rule.when) {
        let message = format!("the state or guard of `{}` hangs on the time of day", rule.id);
        found.push(Diagnostic::error(
            "R15",
            rule.place.clone(),
            message,
            "move it to `where` in `arises`, which is judged once",
        ));
    }
}
