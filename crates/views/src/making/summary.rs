//! Episodes in a few words each: what lists keep of them.

use crate::Lens;
use crate::asked::{Evaluated, One};
use crate::words::Names;
use casebook::command::event_of;
use casebook::rules::Rules;
use engine::case::{Case, Entry, Episode};
use engine::evaluate::{Duty, DutyView, Line, State};
use engine::ids::EpisodeNo;
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

/// What is asked, as far as it is said of episodes in a few words.
pub struct OnLines<'a> {
    /// The rulebooks.
    pub rules: &'a Rules,
    /// Every duty, and the place of its episode in the case.
    pub duties: Vec<(&'a Duty, Option<usize>)>,
    /// The lines that they are on: indices into the duties.
    pub lines: &'a [Line],
}

impl<'a> OnLines<'a> {
    /// Of what was found in one case.
    pub fn of(rules: &'a Rules, duties: &'a [Duty], lines: &'a [Line]) -> OnLines<'a> {
        let duties = duties.iter().map(|duty| (duty, duty.episode.map(EpisodeNo::place))).collect();
        OnLines { rules, duties, lines }
    }
}

/// As [`summaries`], of duties that are in words.
pub fn summarised(names: &Names<'_>, lens: &Lens<'_>, case: &Case, evaluated: &Evaluated) -> Vec<EpisodeSummary> {
    // What somebody owes is of the whole record, which may have more episodes than they see.
    let episode = |one: &One| match one.duty.episode {
        Some(_) if one.owed => case.episodes.iter().position(|episode| Some(&episode.id) == one.view.episode.as_ref()),
        own => own.map(EpisodeNo::place),
    };
    let duties = evaluated.duties.iter().map(|one| (&one.duty, episode(one))).collect();
    let stands = OnLines { rules: lens.rules, duties, lines: &evaluated.lines };
    let words = |places: &[usize]| places.iter().map(|place| next_words(&evaluated.duties[*place].view)).collect();
    summaries(names, case, &stands, lens.now, words)
}

/// Every episode of a case. Status and risk are what is certain, and not what is only told on somebody's behalf. What comes next in each is put into
/// words by whoever asks, from the places of its duty.
pub fn summaries(
    names: &Names<'_>,
    case: &Case,
    stands: &OnLines<'_>,
    now: Moment,
    words: impl FnOnce(&[usize]) -> Vec<String>,
) -> Vec<EpisodeSummary> {
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
    let OnLines { rules, duties, lines } = stands;
    let mut open: Vec<Vec<usize>> = vec![Vec::new(); case.episodes.len()];
    for place in lines.iter().map(|line| line.duties[0]) {
        let (duty, episode) = duties[place];
        if let Some(episode) = episode.filter(|_| duty.state.is_open() && duty.modality.binds()) {
            open[episode].push(place);
        }
    }
    let mut interviews: Vec<Vec<&Duty>> = vec![Vec::new(); case.episodes.len()];
    let interview_held = rules.vocabulary().action(INTERVIEW);
    for (duty, episode) in duties.iter().filter(|(duty, _)| Some(rules.evaluator.rule(duty).action) == interview_held) {
        if let Some(episode) = episode {
            interviews[*episode].push(duty);
        }
    }
    let nexts: Vec<Option<usize>> = open.iter().map(|open| next(stands, open, now)).collect();
    let mut said = words(&nexts.iter().flatten().copied().collect::<Vec<_>>()).into_iter();
    let all = case.episodes.iter().zip(&case.certain().episodes).zip(last).zip(nexts).zip(recorded).zip(interviews);
    all.map(|((((episodes, last), next), recorded), interviews)| {
        let next = next.map(|place| (duties[place].0, said.next()));
        let made = summary(names, episodes, last, now);
        EpisodeSummary {
            last_recorded: recorded,
            interview: interview(names, episodes.1, &interviews, now),
            next_limit: next.as_ref().and_then(|(duty, _)| duty.due),
            next_at_once: next
                .as_ref()
                .is_some_and(|(duty, _)| duty.due.is_some_and(|due| due.minute() <= duty.arises.minute())),
            next_label: next.and_then(|(_, said)| said),
            ..made
        }
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
fn interview(names: &Names<'_>, episode: &Episode, duties: &[&Duty], now: Moment) -> Option<InterviewSummary> {
    let vocabulary = names.vocabulary;
    let said = interview_said(vocabulary, episode, now);
    let owed = duties.iter().any(|duty| duty.state.is_open() && duty.modality.binds());
    let word = said.map(str::to_string).or_else(|| owed.then(|| "owed".to_string()))?;
    let due = duties.iter().filter_map(|duty| duty.due).min();
    let done = duties.iter().filter_map(|duty| duty.done).map(|(at, _)| at).min();
    Some(InterviewSummary { word, due, done })
}

/// One, of the episode with all that is told and of it as it is certain.
fn summary(
    names: &Names<'_>,
    (told, episode): (&Episode, &Episode),
    last: Option<&Entry>,
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
        next_limit: None,
        next_label: None,
        next_at_once: false,
        last_recorded: None,
        interview: None,
    }
}

/// The place of what is due next.
fn next(stands: &OnLines<'_>, open: &[usize], now: Moment) -> Option<usize> {
    let vocabulary = stands.rules.vocabulary();
    // What had passed before anybody knew of it nobody could keep: what can still be kept comes before it.
    let missed =
        |place: usize| stands.duties[place].0.state == State::Overdue && stands.duties[place].0.known.is_some();
    let limited = open.iter().filter_map(|place| Some((stands.duties[*place].0.due?, *place)));
    let limited = limited.min_by_key(|(due, place)| (missed(*place), *due));
    // A report to the police that has no limit in the protocol still comes before every limit that has not passed.
    let reporting = vocabulary.event("police.reported");
    let report = open.iter().copied().find(|place| {
        let (duty, _) = stands.duties[*place];
        let reports = || Some(event_of(vocabulary, stands.rules.evaluator.rule(duty))) == reporting;
        duty.state == State::Due && duty.due.is_none() && reports()
    });
    match report {
        Some(place) if limited.is_none_or(|(due, _)| due.minute() >= now.minute()) => Some(place),
        _ => limited.map(|(_, place)| place),
    }
}

/// What comes next, in a few words, and whose it is.
pub fn next_words(view: &DutyView) -> String {
    match &view.owner_name {
        Some(owner) => format!("{} ({owner})", view.label),
        None => view.label.clone(),
    }
}
