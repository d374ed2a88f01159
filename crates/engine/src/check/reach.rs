//! R04, R05, R08, R11, R15: rules that no case reaches, exceptions that clash, twins, circles.

use super::boxes::{Answer, witness};
use crate::condition::{Condition, Expr};
use crate::diagnostic::Diagnostic;
use crate::evaluate::differ;
use crate::rulebook::{Exception, Rule, Rulebook, Trigger, Who};
use crate::vocabulary::{Met, Scope, Vocabulary};

pub(super) fn check(vocabulary: &Vocabulary, book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for (index, rule) in book.rules.iter().enumerate() {
        reachable(vocabulary, book, rule, found);
        exceptions(vocabulary, book, &rule.exceptions, &guards(rule), found);
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

/// The conditions that hold whenever the rule asks anything. What was judged when it arose, and a state that it outlives,
/// may be otherwise by the time its exceptions are judged.
fn guards(rule: &Rule) -> Vec<&Condition> {
    match &rule.trigger {
        Trigger::While { state, stands: false, .. } => vec![&rule.when, state],
        _ => vec![&rule.when],
    }
}

fn reachable(vocabulary: &Vocabulary, book: &Rulebook, rule: &Rule, found: &mut Vec<Diagnostic>) {
    // What is judged when it arises and what is judged later may differ by then: each part has to be possible by itself,
    // and the parts judged at the same moment together.
    let together: Vec<Vec<&Condition>> = match &rule.trigger {
        Trigger::While { state, stands: true, .. } => vec![vec![state, &rule.filter], vec![&rule.when]],
        Trigger::While { state, .. } => vec![vec![state, &rule.filter], vec![state, &rule.when]],
        Trigger::On { events, .. } => {
            let possible = events
                .iter()
                .any(|m| witness(vocabulary, &book.settings, &[(&m.when, true), (&rule.filter, true)]) != Answer::No);
            if !possible && !events.is_empty() {
                let own: Vec<&Condition> = events.iter().map(|m| &m.when).chain([&rule.filter]).collect();
                unreachable(rule, &own, found);
                return;
            }
            vec![vec![&rule.when]]
        }
    };
    let impossible = |group: &Vec<&Condition>| {
        let wanted: Vec<(&Condition, bool)> = group.iter().map(|c| (*c, true)).collect();
        witness(vocabulary, &book.settings, &wanted) == Answer::No
    };
    if let Some(group) = together.iter().find(|group| impossible(group)) {
        unreachable(rule, group, found);
    }
}

fn unreachable(rule: &Rule, conditions: &[&Condition], found: &mut Vec<Diagnostic>) {
    let texts: Vec<String> = conditions.iter().filter(|c| !c.is_always()).map(|c| format!("`{}`", c.text)).collect();
    let help = match texts.as_slice() {
        [one] => format!("{one} is never true; correct it, or delete the rule"),
        _ => format!("{} are never true together; correct one, or delete the rule", texts.join(" and ")),
    };
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
            let help =
                format!("`{}` is never true where the rule and the exceptions around it hold", exception.when.text);
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
    let roles = |r: &Rule| r.recipients.iter().map(|x| (x.who, x.when.expr.clone())).collect::<Vec<(Who, Expr)>>();
    let until = |r: &Rule| r.until.as_ref().map(|u| u.expr.clone());
    let twin = book.rules[..index].iter().find(|other| {
        other.action == rule.action
            && other.owner == rule.owner
            && other.due == rule.due
            && other.label == rule.label
            && other.modality == rule.modality
            && other.scope == rule.scope
            && other.topic == rule.topic
            && until(other) == until(rule)
            && same_exceptions(&other.exceptions, &rule.exceptions)
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

fn same_exceptions(left: &[Exception], right: &[Exception]) -> bool {
    left.len() == right.len()
        && left
            .iter()
            .zip(right)
            .all(|(a, b)| a.when.expr == b.when.expr && !differ(a, b) && same_exceptions(&a.exceptions, &b.exceptions))
}

fn same_trigger(left: &Trigger, right: &Trigger) -> bool {
    match (left, right) {
        (
            Trigger::On { events, once, count, .. },
            Trigger::On { events: others, once: other_once, count: other_count, .. },
        ) => {
            let same = |(one, other): (&Met, &Met)| one.event == other.event && one.when.expr == other.when.expr;
            once == other_once
                && count == other_count
                && events.len() == others.len()
                && events.iter().zip(others).all(same)
        }
        (
            Trigger::While { state, lasted, since, stands, spell, .. },
            Trigger::While { state: other, lasted: l, since: s, stands: t, spell: p, .. },
        ) => state.expr == other.expr && lasted == l && since == s && stands == t && spell == p,
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
                let known = book.rules.iter().map(|r| r.id.as_str());
                let help = crate::words::did_you_mean_or(after, known, "name the rule that comes before this one");
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
    if state || uses(&rule.when) || rule.until.as_ref().is_some_and(uses) {
        let message = format!("`{}` would come and go with the time of day", rule.id);
        found.push(Diagnostic::error(
            "R15",
            rule.place.clone(),
            message,
            "move the test of the clock to `where` in `arises`, which is judged once, when the duty arises",
        ));
    }
}
