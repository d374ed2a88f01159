//! May an entry be recorded? Asked of the record with the entry in it: does it fit together, and do the rulebooks object?

use super::whole::{After, Whole};
use crate::refused::{Objection, Refused, Result};
use casebook::known::Flag;
use casebook::rules::Rules;
use engine::case::{Case, Entry};
use engine::evaluate::{self, Options};
use engine::ids::{BookNo, EpisodeNo, RuleNo};
use engine::time::Moment;
use std::collections::{HashMap, HashSet};
use views::Warning;
use views::making::{Plain, objections, plain, warning};
use views::words::short_title;

/// The return of an absence is not recorded yet, and another began after it.
const ASKS: &str = "C18";

/// Weighs a record with new entries against the record before them. Gives what to look at; what is old is not said again.
/// Of a report of a missing child (`reports`) the rulebooks refuse nothing: what they object to is looked at like a warning.
pub(super) fn judge(rules: &Rules, before: &Whole, after: &After, now: Moment, reports: bool) -> Result<Vec<Warning>> {
    // What is only asked for is no reason to refuse: an absence may become known before its return does.
    let (asked, odd): (Vec<&Flag>, Vec<&Flag>) = after.flags.iter().partition(|flag| flag.says.code == ASKS);
    let after = &after.case;
    let mut odd = new_flags(&before.flags, odd);
    odd.extend(too_early(rules, &before.case, after));
    if !odd.is_empty() {
        return Err(Refused::RuleRefuses(odd));
    }
    let known: HashSet<(String, String, String)> =
        objections(rules, &before.case, now).into_iter().map(|f| (f.rulebook, f.rule, f.entry)).collect();
    let fresh = objections(rules, after, now);
    let fresh = fresh.into_iter().filter(|f| !known.contains(&(f.rulebook.clone(), f.rule.clone(), f.entry.clone())));
    let (refusals, warnings): (Vec<_>, Vec<_>) = fresh.partition(|f| f.kind == "refusal" && !reports);
    if !refusals.is_empty() {
        return Err(Refused::RuleRefuses(refusals.into_iter().map(|f| objection(rules, f)).collect()));
    }
    let mut found: Vec<Warning> = warnings.into_iter().map(|f| warning(rules, f)).collect();
    found.extend(conflicts(rules, &before.case, after, now));
    let asked = new_flags(&before.flags, asked).into_iter();
    found.extend(asked.map(|o| Warning {
        says: o.says,
        instead: o.instead,
        provisions: String::new(),
        entry: o.entry,
    }));
    Ok(found)
}

/// What does not fit together any more.
fn new_flags(before: &[Flag], after: Vec<&Flag>) -> Vec<Objection> {
    let known: HashSet<(Option<&str>, &str)> = before.iter().map(|f| (f.entry.as_deref(), f.says.code)).collect();
    let new = after.into_iter().filter(|f| !known.contains(&(f.entry.as_deref(), f.says.code)));
    let mut found: Vec<Objection> = Vec::new();
    for flag in new {
        let Plain { says, instead } = plain(flag);
        if !found.iter().any(|o| o.says == says) {
            found.push(Objection { says, instead, entry: flag.entry.clone(), ..Objection::default() });
        }
    }
    found
}

/// Acts of after the return that are said to have been done before it. What was recorded already is left: the time of the return may be
/// what is put right.
fn too_early(rules: &Rules, before: &Case, after: &Case) -> Vec<Objection> {
    let vocabulary = rules.vocabulary();
    let old: HashMap<&str, Moment> = before.entries.iter().map(|e| (e.id.as_str(), e.occurred)).collect();
    let known = |entry: &Entry| old.get(entry.id.as_str()) == Some(&entry.occurred);
    let away = |entry: &Entry| {
        let episode = entry.episode.map(|e| &after.episodes[e.place()]);
        episode.is_some_and(|e| e.end.is_none_or(|end| end.minute() > entry.occurred.minute()))
    };
    let fresh = after.entries.iter().filter(|e| vocabulary.event_at(e.event).after_return && !known(e) && away(e));
    fresh
        .map(|entry| Objection {
            says: format!("The child was not back yet at {}.", vocabulary.calendar.words(entry.occurred)),
            instead: "Check the time, or record first that the child came back.".into(),
            ..Objection::default()
        })
        .collect()
}

fn objection(rules: &Rules, flag: evaluate::Flag) -> Objection {
    Objection {
        says: flag.says,
        instead: flag.instead,
        provisions: flag.provisions.join(", "),
        rulebook: rules.book(&flag.rulebook).map(short_title).unwrap_or_default(),
        entry: None,
    }
}

/// Contradictions that the new entries bring about: they are recorded, and somebody has to settle them.
fn conflicts(rules: &Rules, before: &Case, after: &Case, now: Moment) -> Vec<Warning> {
    let open = |case: &Case| {
        let duties = rules.evaluator.evaluate(case, &Options::contradictions(now));
        duties.into_iter().filter(|d| d.state.is_open()).collect::<Vec<_>>()
    };
    let old: HashSet<(BookNo, RuleNo, Option<EpisodeNo>)> =
        open(before).iter().map(|d| (d.book, d.rule, d.episode)).collect();
    let new = open(after).into_iter().filter(|d| !old.contains(&(d.book, d.rule, d.episode)));
    new.map(|duty| {
        let (rule, book) = (rules.evaluator.rule(&duty), rules.evaluator.book(duty.book));
        let cites: Vec<&str> = rule.cites.iter().map(|c| c.id.as_str()).collect();
        Warning {
            says: rule.says.clone(),
            instead: "Both are kept. Somebody has to settle which stands.".into(),
            provisions: format!("{}: {}", short_title(book), cites.join(", ")),
            entry: None,
        }
    })
    .collect()
}
