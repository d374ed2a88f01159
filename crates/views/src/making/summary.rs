//! Episodes in a few words each: what lists keep of them.

use crate::asked::{Evaluated, One};
use crate::words::Names;
use casebook::command::event_of;
use engine::case::{Case, Entry, Episode};
use engine::evaluate::State;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::Vocabulary;

/// An episode in a few words.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EpisodeSummary {
    /// The id of the entry that starts it.
    pub id: String,
    /// When it started.
    pub started: Moment,
    /// When it ended.
    pub ended: Option<Moment>,
    /// The status in the vocabulary's word.
    pub status: Option<String>,
    /// The risk in the vocabulary's word.
    pub risk: Option<String>,
    /// Since when the risk is this.
    pub risk_since: Option<Moment>,
    /// The police were told.
    pub reported: bool,
    /// When something last happened.
    pub last_entry: Option<Moment>,
    /// What that was.
    pub last_entry_words: Option<String>,
    /// When somebody last recorded anything, or put anything right.
    pub last_recorded: Option<Moment>,
    /// The earliest limit of what is open.
    pub next_limit: Option<Moment>,
    /// What that is, and whose.
    pub next_label: Option<String>,
    /// It is due in the minute in which it came up.
    pub next_at_once: bool,
    /// The return home interview, where one is due or was.
    pub interview: Option<InterviewSummary>,
}

/// How far the return home interview of an episode is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct InterviewSummary {
    /// `owed`, or the vocabulary's word.
    pub word: String,
    /// By when it is due.
    pub due: Option<Moment>,
    /// When it was held.
    pub done: Option<Moment>,
}

/// Every episode of a case. Status and risk are what is certain, and not what is only told on somebody's behalf.
pub fn summaries(names: &Names<'_>, case: &Case, evaluated: &Evaluated, now: Moment) -> Vec<EpisodeSummary> {
    let mut last: Vec<Option<&Entry>> = vec![None; case.episodes.len()];
    let mut recorded: Vec<Option<Moment>> = vec![None; case.episodes.len()];
    for entry in &case.entries {
        if let Some(episode) = entry.episode {
            let last = &mut recorded[episode.place()];
            *last = (*last).max(Some(entry.recorded));
        }
    }
    for entry in case.entries.iter().filter(|e| e.occurred <= now) {
        if let Some(episode) = entry.episode {
            last[episode.place()] = Some(entry);
        }
    }
    let mut open: Vec<Vec<&One>> = vec![Vec::new(); case.episodes.len()];
    for one in evaluated.lines.iter().map(|l| &evaluated.duties[l.duties[0]]) {
        if let Some(episode) = one.duty.episode.filter(|_| one.duty.state.is_open() && one.duty.modality.binds()) {
            open[episode.place()].push(one);
        }
    }
    let mut interviews: Vec<Vec<&One>> = vec![Vec::new(); case.episodes.len()];
    let held = |one: &&One| one.view.action == INTERVIEW;
    for one in evaluated.duties.iter().filter(held) {
        if let Some(episode) = one.duty.episode {
            interviews[episode.place()].push(one);
        }
    }
    let all = case.episodes.iter().zip(&case.certain().episodes).zip(last).zip(open).zip(recorded).zip(interviews);
    all.map(|((((episodes, last), open), recorded), interviews)| {
        let made = summary(names, episodes, last, &open, now);
        EpisodeSummary { last_recorded: recorded, interview: interview(names, episodes.1, &interviews, now), ..made }
    })
    .collect()
}

/// The act by which the return home interview is held.
const INTERVIEW: &str = "return_home_interview.hold";

/// What the record says of the return home interview, at a moment. One that was held stays held, whatever is put down afterwards of how it
/// was offered.
pub(super) fn interview_said<'a>(vocabulary: &'a Vocabulary, episode: &Episode, now: Moment) -> Option<&'a str> {
    let changes = episode.facts.changes(vocabulary.fact("episode.return_interview")?);
    let mut words = changes.iter().filter(|c| c.at <= now).filter_map(|c| match c.value {
        Value::Word(word) => vocabulary.word(word),
        _ => None,
    });
    let last = words.clone().next_back();
    words.find(|word| *word == "held").or(last)
}

/// How far the return home interview is: what the record says, or that one is owed; none where neither.
fn interview(names: &Names<'_>, episode: &Episode, duties: &[&One], now: Moment) -> Option<InterviewSummary> {
    let vocabulary = names.vocabulary;
    let said = interview_said(vocabulary, episode, now);
    let owed = duties.iter().any(|one| one.duty.state.is_open() && one.duty.modality.binds());
    let word = said.map(str::to_string).or_else(|| owed.then(|| "owed".to_string()))?;
    let due = duties.iter().filter_map(|one| one.duty.due).min();
    let done = duties.iter().filter_map(|one| one.duty.done).map(|(at, _)| at).min();
    Some(InterviewSummary { word, due, done })
}

/// One, of the episode with all that is told and of it as it is certain.
fn summary(
    names: &Names<'_>,
    (told, episode): (&Episode, &Episode),
    last: Option<&Entry>,
    open: &[&One],
    now: Moment,
) -> EpisodeSummary {
    let vocabulary = names.vocabulary;
    let at = |fact: &str| vocabulary.fact(fact).and_then(|f| episode.facts.at(f, now));
    let word =
        |value: Value| if let Value::Word(word) = value { vocabulary.word(word).map(str::to_string) } else { None };
    // Of an episode of which everything is told, the status is as told.
    let status = vocabulary.fact("episode.status").and_then(|f| told.facts.at(f, now));
    let status = at("episode.status").filter(|c| c.value != Value::Unknown).or(status);
    let risk = vocabulary.fact("episode.risk").and_then(|f| episode.facts.held_since(f, now));
    let risk = risk.filter(|c| c.value != Value::Unknown);
    let next = next(vocabulary, open, now);
    EpisodeSummary {
        id: episode.id.clone(),
        started: episode.start,
        ended: episode.end,
        status: status.and_then(|c| word(c.value)),
        risk: risk.and_then(|c| word(c.value)),
        risk_since: risk.map(|c| c.at),
        reported: at("episode.reported").is_some_and(|c| c.value == Value::Bool(true)),
        last_entry: last.map(|e| e.occurred),
        last_entry_words: last.map(|e| {
            let words = names.happened(e.event, e.get(vocabulary.known.action));
            if e.told { format!("{words}, as told and not confirmed") } else { words }
        }),
        next_limit: next.and_then(|one| one.duty.due),
        next_label: next.map(next_words),
        next_at_once: next.is_some_and(|one| one.duty.due.is_some_and(|due| due.minute() <= one.duty.arises.minute())),
        last_recorded: None,
        interview: None,
    }
}

/// What is due next.
fn next<'o>(vocabulary: &Vocabulary, open: &[&'o One], now: Moment) -> Option<&'o One> {
    let limited = open.iter().filter_map(|one| Some((one.duty.due?, *one))).min_by_key(|n| n.0);
    // A report to the police that has no limit in the protocol still comes before every limit that has not passed.
    let reporting = vocabulary.event("police.reported");
    let report = open.iter().find(|one| {
        one.duty.state == State::Due && one.duty.due.is_none() && Some(event_of(vocabulary, one.rule)) == reporting
    });
    match report {
        Some(one) if limited.is_none_or(|(due, _)| due.minute() >= now.minute()) => Some(one),
        _ => limited.map(|(_, one)| one),
    }
}

fn next_words(one: &One) -> String {
    match &one.view.owner_name {
        Some(owner) => format!("{} ({owner})", one.view.label),
        None => one.view.label.clone(),
    }
}
