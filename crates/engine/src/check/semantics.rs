//! R23, R24, R25: what a rule has to say so that a real night does not go wrong: how the spells of a state hang together, limits that
//! slide with age, and refusals that could turn a report away.

use crate::condition::Condition;
use crate::diagnostic::Diagnostic;
use crate::rulebook::{Limit, Rule, RuleScope, Rulebook, TableAt, Trigger, each_exception};
use crate::vocabulary::{Derived, EpisodeEffect, Vocabulary};

pub(super) fn check(vocabulary: &Vocabulary, book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for rule in &book.rules {
        spell(rule, found);
        slides(vocabulary, book, rule, found);
    }
    refused_reports(vocabulary, book, found);
}

/// An episode is one, unless the rule says otherwise; and it has to say which.
fn spell(rule: &Rule, found: &mut Vec<Diagnostic>) {
    if rule.scope == RuleScope::Episode && matches!(rule.trigger, Trigger::While { says_spell: false, .. }) {
        let message = format!("`{}` does not say what a status that comes and goes does", rule.id);
        let help = "write spell = \"one\" in `arises`, so that a gap moves and reopens nothing; \"until-located\" where the child \
                    being located ends it; \"anew\" where the protocol asks anew in each spell";
        found.push(Diagnostic::error("R23", rule.place.clone(), message, help));
    }
}

/// A birthday is no reason to be given more time.
fn slides(vocabulary: &Vocabulary, book: &Rulebook, rule: &Rule, found: &mut Vec<Diagnostic>) {
    let by_age = |c: &Condition| c.facts().iter().any(|f| vocabulary.fact_at(*f).derived == Some(Derived::Age));
    let table = |limit: Option<&Limit>| match limit {
        Some(Limit::Table(index, _)) if book.tables[*index].at != TableAt::Arises => {
            book.tables[*index].rows.iter().any(|row| by_age(&row.when))
        }
        _ => false,
    };
    let mut places = Vec::new();
    if table(rule.due.as_ref()) {
        places.push(rule.place.clone());
    }
    each_exception(&rule.exceptions, &mut |e| {
        if e.due.is_some() && !e.at_arising && by_age(&e.when) || table(e.due.as_ref()) {
            places.push(e.place.clone());
        }
    });
    for place in places {
        let message = format!("the limit of `{}` would move with a birthday", rule.id);
        let help = "write at = \"arises\" in the table or the exception: it is then judged once, when the duty arises";
        found.push(Diagnostic::warning("R24", place, message, help));
    }
}

/// Nobody's report of a missing child is refused.
fn refused_reports(vocabulary: &Vocabulary, book: &Rulebook, found: &mut Vec<Diagnostic>) {
    for verdict in book.verdicts.iter().filter(|v| v.refuses) {
        for met in &verdict.events {
            let event = vocabulary.event_at(met.event);
            if event.episode == EpisodeEffect::Starts || event.tells.is_some() {
                let message =
                    format!("`{}` could turn away the report of a missing child (`{}`)", verdict.id, event.id);
                let help = "make it a [[warning]]: the report stands, and what is wrong is shown to whom it concerns";
                found.push(Diagnostic::error("R25", verdict.place.clone(), message, help));
            }
        }
    }
}
