//! R09, R10, R12: duties that no event can meet, events that nothing uses, owners who may not do the act.

use crate::condition::boxes::{Answer, witness};
use crate::condition::{Condition, Subject};
use crate::diagnostic::{Diagnostic, Place};
use crate::rulebook::{Exception, Library, Outcome, Owner, Rule, Rulebook, Trigger};
use crate::vocabulary::{EpisodeEffect, Met, Vocabulary};
use crate::words::{Sym, sym};
use std::collections::HashSet;

pub(super) fn check(vocabulary: &Vocabulary, book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for rule in &book.rules {
        if let Some(mets) = &rule.met_by
            && !mets.iter().any(|met| can_happen(vocabulary, book, met))
        {
            let message = format!("nothing in a chronology can meet `{}`", rule.id);
            found.push(Diagnostic::error(
                "R09",
                rule.place.clone(),
                message,
                "name an event of the vocabulary, with a condition that an entry can satisfy",
            ));
        }
        let mut owners = vec![rule.owner];
        owners_of(&rule.exceptions, &mut owners);
        for owner in owners {
            for role in roles(book, owner) {
                may_own(vocabulary, rule, role, found);
            }
        }
    }
    for (index, setting) in book.settings.iter().enumerate() {
        if !uses_setting(book, index) {
            let message = format!("nothing uses the setting `{}`", setting.id);
            found.push(Diagnostic::warning(
                "R10",
                setting.place.clone(),
                message,
                "use it in a limit, an owner or a condition, or delete it",
            ));
        }
    }
}

fn can_happen(vocabulary: &Vocabulary, book: &Rulebook, met: &Met) -> bool {
    !vocabulary.event_at(met.event).made_up && witness(vocabulary, &book.settings, &[(&met.when, true)]) != Answer::No
}

fn owners_of(list: &[Exception], owners: &mut Vec<Owner>) {
    for exception in list {
        owners.extend(exception.owner);
        owners_of(&exception.exceptions, owners);
    }
}

fn roles(book: &Rulebook, owner: Owner) -> Vec<Sym> {
    match owner {
        Owner::Role(role) => vec![role],
        Owner::Setting(index) => book.settings[index].choices.iter().map(|c| sym(c)).collect(),
        Owner::Table(index) => book.tables[index]
            .rows
            .iter()
            .filter_map(|r| if let Outcome::Role(role) = r.then { Some(role) } else { None })
            .collect(),
    }
}

fn may_own(vocabulary: &Vocabulary, rule: &Rule, role: Sym, found: &mut Vec<Diagnostic>) {
    let action = vocabulary.action_at(rule.action);
    let forbidden = action.never_by.contains(&role) || !action.only_by.is_empty() && !action.only_by.contains(&role);
    if forbidden {
        let word = vocabulary.word(role).unwrap_or("?");
        let message = format!("`{}` is owned by `{word}`, who may not do `{}`", rule.id, action.id);
        let help = "name an owner who may; the vocabulary says who under only_by and never_by";
        let repeated = found.iter().any(|d| d.message == message);
        if !repeated {
            found.push(Diagnostic::error("R12", rule.place.clone(), message, help));
        }
    }
}

fn exception_uses(e: &Exception, index: usize, in_condition: &impl Fn(&Condition) -> bool) -> bool {
    in_condition(&e.when)
        || matches!(e.due, Some(crate::rulebook::Limit::Setting(i, _)) if i == index)
        || e.owner == Some(Owner::Setting(index))
        || e.exceptions.iter().any(|e| exception_uses(e, index, in_condition))
        || e.recipients.iter().any(|r| in_condition(&r.when))
        || e.checklist.iter().any(|i| in_condition(&i.when))
}

fn uses_setting(book: &Rulebook, index: usize) -> bool {
    let in_condition = |c: &Condition| {
        let mut used = false;
        c.expr.visit(&mut |subject, _| used |= subject == Subject::Setting(index as u16));
        used
    };
    in_condition(&book.applies)
        || book.verdicts.iter().any(|v| in_condition(&v.filter))
        || book.tables.iter().flat_map(|t| &t.rows).any(|r| in_condition(&r.when))
        || book.rules.iter().any(|r| {
            let state = matches!(&r.trigger, Trigger::While { state, .. } if in_condition(state));
            state
                || in_condition(&r.filter)
                || in_condition(&r.when)
                || matches!(r.due, Some(crate::rulebook::Limit::Setting(i, _)) if i == index)
                || r.owner == Owner::Setting(index)
                || r.recipients.iter().any(|x| in_condition(&x.when))
                || r.checklist.iter().any(|x| in_condition(&x.when))
                || r.exceptions.iter().any(|e| exception_uses(e, index, &in_condition))
        })
}

/// Events of the vocabulary that no rulebook listens to, no action is met by, and that change nothing.
pub(super) fn unused(library: &Library, found: &mut Vec<Diagnostic>) {
    let v = &library.vocabulary;
    let mut used = HashSet::new();
    for book in &library.rulebooks {
        for rule in &book.rules {
            used.extend(Rulebook::trigger_events(&rule.trigger));
            used.extend(rule.met_by.iter().flatten().map(|m| m.event));
            used.extend(rule.checklist.iter().flat_map(|i| &i.met_by).map(|m| m.event));
            used.extend(v.action_at(rule.action).met_by.iter().map(|m| m.event));
        }
        used.extend(book.verdicts.iter().flat_map(|x| &x.events).map(|m| m.event));
    }
    let known = v.known;
    used.extend([
        known.action_recorded,
        known.decision_recorded,
        known.meeting_held,
        known.notification_sent,
        known.information_shared,
        known.duty_waived,
    ]);
    for (index, event) in v.events.iter().enumerate() {
        let id = crate::vocabulary::EventId(index as u16);
        let changes =
            event.episode != EpisodeEffect::Within || !event.sets.is_empty() || event.tells.is_some() || event.made_up;
        if !changes && !used.contains(&id) && !library.rulebooks.is_empty() {
            let place = Place { file: "vocabulary/events".into(), line: 0, column: 0 };
            let message = format!("nothing uses the event `{}`", event.id);
            found.push(Diagnostic::warning(
                "R10",
                place,
                message,
                "use it in a rule, or delete it from the vocabulary",
            ));
        }
    }
}
