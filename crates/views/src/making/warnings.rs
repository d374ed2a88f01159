//! What somebody should look at in a record: the rulebooks' warnings, and what does not fit together, in plain words.

use crate::words::{Names, short_title};
use crate::{Record, Warning};
use casebook::known::Flag;
use casebook::rules::Rules;
use engine::case::Case;
use engine::evaluate::{self, flags};
use engine::ids::{BookNo, EpisodeNo};
use engine::time::Moment;
use engine::value::{Truth, Value};
use engine::vocabulary::FactId;

/// What the rulebooks say of the entries: refusals and warnings.
pub fn objections(rules: &Rules, case: &Case, now: Moment) -> Vec<evaluate::Flag> {
    flags(&rules.evaluator, case, now, false)
}

/// Everything to look at in a record.
pub(crate) fn warnings(rules: &Rules, record: &Record, now: Moment) -> Vec<Warning> {
    let ruled = objections(rules, &record.case, now).into_iter().map(|flag| warning(rules, flag));
    let odd = record.flags.iter().map(|flag| {
        let Plain { says, instead } = plain(flag);
        Warning { says, instead, provisions: String::new(), entry: flag.entry.clone() }
    });
    ruled
        .chain(odd)
        .chain(moved_away(rules, record, now))
        .chain(concerns_nobody(rules, record, now))
        .chain(ended(rules, record, now))
        .collect()
}

/// An authority that answers for the child by the record, and is no more: counties are made anew, and what was recorded before stands.
fn ended(rules: &Rules, record: &Record, now: Moment) -> Vec<Warning> {
    let names = Names::of(rules, &record.case, now);
    let vocabulary = names.vocabulary;
    let Some(areas) = vocabulary.known.areas else { return Vec::new() };
    let today = vocabulary.calendar.date(now);
    let ended = |fact: FactId| {
        let Value::Word(word) = record.case.facts.at(fact, now)?.value else { return None };
        let word = vocabulary.word(word).or_else(|| record.file.words.get(&word).map(String::as_str))?;
        // The area of a protocol goes on, whatever becomes of the authority of that name.
        let authority =
            vocabulary.authority(word).filter(|one| one.within.is_none() && !names.areas().contains(&word))?;
        let until = authority.until.filter(|until| *until <= today)?;
        Some(Warning {
            says: format!(
                "{}: {} ended on {}.",
                vocabulary.fact_at(fact).label,
                authority.name,
                until.yesterday().ok()?.strftime("%-d %B %Y")
            ),
            instead: "Record which authority it is since then. What is recorded of the time before stays.".into(),
            provisions: String::new(),
            entry: None,
        })
    };
    [areas.responsible, areas.host].into_iter().filter_map(ended).collect()
}

/// Somebody is gone whom none of the protocols that apply is about, such as a young person of 18: an empty list says nothing else.
fn concerns_nobody(rules: &Rules, record: &Record, now: Moment) -> Option<Warning> {
    let (case, evaluator) = (&record.case, &rules.evaluator);
    let place = case.episodes.len().checked_sub(1)?;
    let number = EpisodeNo::at(place);
    let episode = case.episodes.last().filter(|one| one.end.is_none_or(|end| end > now))?;
    let mut titles = Vec::new();
    for (index, book) in evaluator.rulebooks().enumerate() {
        let index = BookNo::at(index);
        let applies = || evaluator.applies(index, case, episode.start) != Truth::False;
        if !evaluator.is_edition_of(index, case, number, now) || !applies() {
            continue;
        }
        if evaluator.holds(index, &book.concerns, case, Some(number), episode.start) != Truth::False {
            return None;
        }
        titles.push(short_title(book));
    }
    if titles.is_empty() {
        return None;
    }
    let titles = titles.join(", ");
    Some(Warning {
        says: format!("No protocol that applies here ({titles}) is about {}, by what is recorded of them: none asks anything.", record.name),
        instead: "Whoever is missing is reported to the police at any age: 101, in an emergency 999. If the date of birth, or whether they are \
                  looked after or a care leaver, is recorded wrongly, put that right. This is advice and stands in no protocol."
            .into(),
        provisions: String::new(),
        entry: None,
    })
}

/// The child, while gone, is placed in another authority's area than when it went: who is told is said, though no protocol may ask it.
fn moved_away(rules: &Rules, record: &Record, now: Moment) -> Option<Warning> {
    let case = &record.case;
    let names = Names::of(rules, case, now);
    let host = names.vocabulary.fact("placement.host_authority")?;
    let episode = case.episodes.last().filter(|one| one.end.is_none_or(|end| end > now))?;
    let word = |value: Value| match value {
        Value::Word(word) => names.vocabulary.word(word).or_else(|| record.file.words.get(&word).map(String::as_str)),
        _ => None,
    };
    let before = word(case.facts.value_at(host, episode.start))?;
    let change = case.facts.at(host, now).filter(|change| change.at > episode.start)?;
    let after = word(change.value).filter(|after| *after != before)?;
    // The move is of the child and of no episode: it is said with the absence that it concerns.
    let entry = case.entry(episode.start_entry).id.clone();
    let (before, after) = (names.area(before), names.area(after));
    Some(Warning {
        says: format!(
            "While the child is gone their placement changed from the area of {before} to that of {after}. The protocol of {before} goes on \
             for this episode."
        ),
        instead: format!(
            "Tell the police and children’s services of {after} now that the child is missing, and tell the police of {before} of the move; \
             agree which force leads. This is advice and stands in no protocol."
        ),
        provisions: String::new(),
        entry: Some(entry),
    })
}

/// A flag of a rulebook as a warning. What would be refused today may be on record from before, or from elsewhere.
pub fn warning(rules: &Rules, flag: evaluate::Flag) -> Warning {
    let book = rules.book(&flag.rulebook).map(short_title).unwrap_or_default();
    Warning {
        says: flag.says,
        instead: flag.instead,
        provisions: format!("{book}: {}", flag.provisions.join(", ")),
        entry: Some(flag.entry),
    }
}

/// What does not fit together, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plain {
    /// What does not fit.
    pub says: String,
    /// What to do instead.
    pub instead: String,
}

/// What does not fit together in a record, without codes and ids.
pub fn plain(flag: &Flag) -> Plain {
    let (says, instead) = match flag.says.code {
        "C10" => (
            "This is a return, and the child was not recorded as gone at that time.",
            "Check the time. If the child was gone and nobody recorded it, record first that the child was not where expected.",
        ),
        "C11" => (
            "The child is already recorded as back.",
            "If that return is wrong, correct it. If the child went again, record first that the child was not where expected.",
        ),
        "C12" => (
            "The child is already recorded as gone at that time.",
            "If something changed, record a change of status. If the child had come back in between, record that return first.",
        ),
        "C18" => (
            "No return is recorded of this absence, and another began after it.",
            "Record when the child came back. Until then it is taken to have ended when the next one began.",
        ),
        "C17" => (
            "This belongs to an episode, and the child was not recorded as gone by then.",
            "Check the time, or record first that the child was not where expected.",
        ),
        _ => (flag.says.message.as_str(), flag.says.help.as_str()),
    };
    Plain { says: says.into(), instead: instead.into() }
}
