//! R09, R10, R12: duties that no event can meet, events that nothing uses, owners who may not do the act.

use super::boxes::{Answer, witness};
use crate::condition::{Condition, Subject};
use crate::diagnostic::{Diagnostic, Place};
use crate::ids::SettingNo;
use crate::rulebook::{Exception, HOURS, Library, Limit, Outcome, Owner, Rule, Rulebook, each_exception};
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
                "name an event that somebody records, with a condition that one entry can satisfy",
            ));
        }
        let mut owners = vec![(rule.owner, &rule.place)];
        owners_of(&rule.exceptions, &mut owners);
        for (owner, place) in owners {
            for (role, place) in roles(book, owner, place) {
                may_own(vocabulary, rule, role, place, found);
            }
        }
    }
    unused_terms(book, found);
    for reading in book.readings.iter().filter(|r| !r.used) {
        let message = format!("nothing points to the reading `{}`", reading.id);
        let help = "point to it with `reading = [\"...\"]` where it is taken, or delete it";
        found.push(Diagnostic::warning("R10", reading.place.clone(), message, help));
    }
    for (index, setting) in book.settings.iter().enumerate() {
        // Whoever is rung and whoever covers goes by office hours, whatever the conditions do.
        if setting.kind != HOURS && !uses_setting(book, index) {
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

/// Terms that no condition uses; one that only an unused term uses is not used either.
fn unused_terms(book: &Rulebook, found: &mut Vec<Diagnostic>) {
    // One that is faulty has been reported, and stands for nothing.
    for (_, term) in book.terms().filter(|(id, t)| !t.when.text.is_empty() && !book.uses_term(*id)) {
        let message = format!("nothing uses the term `{}`", term.id);
        let help = "use it in a condition, or delete it";
        found.push(Diagnostic::warning("R10", term.place.clone(), message, help));
    }
}

fn can_happen(vocabulary: &Vocabulary, book: &Rulebook, met: &Met) -> bool {
    !vocabulary.event_at(met.event).made_up && witness(vocabulary, &book.settings, &[(&met.when, true)]) != Answer::No
}

fn owners_of<'a>(list: &'a [Exception], owners: &mut Vec<(Owner, &'a Place)>) {
    for exception in list {
        owners.extend(exception.owner.map(|owner| (owner, &exception.place)));
        owners_of(&exception.exceptions, owners);
    }
}

/// The roles that an owner may come to, each with the place that names it.
fn roles<'a>(book: &'a Rulebook, owner: Owner, place: &'a Place) -> Vec<(Sym, &'a Place)> {
    roles_of(book, owner, place).into_iter().map(|(role, place, _)| (role, place)).collect()
}

/// The same, with what holds where a row of a table gives the role.
pub(super) fn roles_of<'a>(
    book: &'a Rulebook,
    owner: Owner,
    place: &'a Place,
) -> Vec<(Sym, &'a Place, Option<&'a Condition>)> {
    match owner {
        Owner::Role(role) => vec![(role, place, None)],
        Owner::Told(index) => {
            let told = &book.told_owners[index];
            told.among.iter().chain([&told.otherwise]).map(|role| (*role, place, None)).collect()
        }
        Owner::Setting(index) => book.settings[index].choices.iter().map(|c| (sym(c), place, None)).collect(),
        Owner::Table(index) => book.tables[index]
            .rows
            .iter()
            .filter_map(|r| if let Outcome::Role(role) = r.then { Some((role, &r.place, Some(&r.when))) } else { None })
            .collect(),
    }
}

fn may_own(vocabulary: &Vocabulary, rule: &Rule, role: Sym, place: &Place, found: &mut Vec<Diagnostic>) {
    let action = vocabulary.action_at(rule.action);
    let word = |role: Sym| vocabulary.word(role).unwrap_or("?");
    let only: Vec<&str> = action.only_by.iter().map(|r| word(*r)).collect();
    let help = if action.never_by.contains(&role) {
        format!("name another owner; the vocabulary says `never_by` of `{}`", action.id)
    } else if !only.is_empty() && !action.only_by.contains(&role) {
        format!("by the vocabulary only these may: {}", crate::words::list(&only))
    } else {
        return;
    };
    let message = format!("`{}` is owned by `{}`, who may not do `{}`", rule.id, word(role), action.id);
    if !found.iter().any(|d| d.message == message) {
        found.push(Diagnostic::error("R12", place.clone(), message, help));
    }
}

fn uses_setting(book: &Rulebook, index: usize) -> bool {
    let mut used = false;
    book.each_condition(&mut |condition: &Condition| {
        condition.expr.visit(&mut |subject, _| used |= subject == Subject::Setting(SettingNo::at(index)));
    });
    used || book
        .rules
        .iter()
        .any(|rule| gives(rule.due.as_ref(), Some(rule.owner), index) || exceptions_give(rule, index))
}

/// Does the setting give a limit or an owner?
fn gives(due: Option<&Limit>, owner: Option<Owner>, index: usize) -> bool {
    let limit = match due {
        Some(Limit::Setting(setting, _)) => *setting == index,
        Some(Limit::By(_, Some(otherwise))) => gives(Some(otherwise), None, index),
        _ => false,
    };
    limit || owner == Some(Owner::Setting(index))
}

fn exceptions_give(rule: &Rule, index: usize) -> bool {
    let mut found = false;
    each_exception(&rule.exceptions, &mut |e| found |= gives(e.due.as_ref(), e.owner, index));
    found
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
            each_exception(&rule.exceptions, &mut |e| {
                used.extend(e.checklist.iter().flat_map(|i| &i.met_by).map(|m| m.event));
            });
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
        let id = crate::vocabulary::EventId::at(index);
        let changes = event.for_the_record
            || event.episode != EpisodeEffect::Within
            || !event.sets.is_empty()
            || event.tells.is_some()
            || event.made_up;
        // A photograph is shown, whatever the rules say.
        if !changes && event.photograph().is_none() && !used.contains(&id) && !library.rulebooks.is_empty() {
            let message = format!("nothing uses the event `{}`", event.id);
            found.push(Diagnostic::warning(
                "R10",
                event.place.clone(),
                message,
                "use it in a rule, or delete it from the vocabulary",
            ));
        }
    }
}
