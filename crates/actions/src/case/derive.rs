//! What lists keep of a record: the child, its episodes and duties, and when that changes though nobody writes anything.

use super::next::{AsListed, next_change};
use super::redact::{Sight, hides, redact};
use super::ties::TIE;
use crate::app::micros;
use casebook::case_file::CaseFile;
use casebook::known::{known, lines_in_force};
use casebook::likeness::{Around, Key, Marks, keys_around};
use casebook::retention::Retention;
use casebook::rules::Rules;
use engine::case::Case;
use engine::evaluate::{Duty, Kept, Line, State, merge};
use engine::rulebook::Modality;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::Vocabulary;
use engine::words::sym;
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;
use store::{ChildSummary, Derived, DutyRow, EpisodeRow, KEPT_UNTIL, Stands};
use views::asked::{One, each_listed, standing, words_of};
use views::making::{EpisodeSummary, KNOWN_LATE, OnLines, STRICTEST, TOLD, next_words, summaries, told};
use views::on_file::shown;
use views::seen_to::listed;
use views::words::Names;

/// Instead of the day, where it cannot be told until when a record is kept.
pub(crate) const UNKNOWN: &str = "unknown";

/// What a record does not say itself, but every write needs again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ChildBase {
    /// The child's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The agencies that are related to the child.
    pub agencies: Vec<String>,
    /// The record that it is read in; none for one that is by itself.
    pub into: Option<String>,
    /// The marks by which people around the child are found in other records.
    pub ties: Vec<String>,
    /// The keys by which the places of the child are found in other records.
    pub places: Vec<(String, String)>,
}

impl ChildBase {
    /// What the store says of a child beside the record.
    pub fn of(child: &str, stands: Stands) -> ChildBase {
        ChildBase { id: child.to_owned(), name: stands.name, agencies: stands.agencies, ..ChildBase::default() }
    }
}

/// Works out everything that lists keep.
pub(crate) fn derive(rules: &Rules, base: &ChildBase, file: &CaseFile, case: &Arc<Case>, now: Moment) -> Derived {
    derive_again(rules, base, file, &standing(rules, None, case, now))
}

/// As [`derive`], of what was found to stand.
pub(crate) fn derive_again(rules: &Rules, base: &ChildBase, file: &CaseFile, kept: &Kept) -> Derived {
    let vocabulary = rules.vocabulary();
    let (case, now) = (kept.case(), kept.options().now);
    if base.into.is_some() {
        return elsewhere(base, next_change(rules, case, &AsListed::at(rules, kept), now));
    }
    let mut duties: Vec<DutyRow> = each_listed(rules, kept, |one| duty_row(vocabulary, one));
    let lines = merge(&rules.evaluator, kept.duties());
    let listed = AsListed::of(kept, &lines);
    for place in &listed.places {
        duties[place.duty].line = Some(duties[place.first].key.clone());
        duties[place.duty].silent = place.silent;
    }
    let next_change_us = Some(micros(next_change(rules, case, &listed, now)));
    let kept_until = kept_until(vocabulary, file, case, now);
    // What lists say of an episode, everybody on them sees: nothing of it follows from what few may see.
    let (shown_to_all, open) = open_to_lists(rules, file).unzip();
    let kept_open = kept.duties().iter().map(|duty| duty.state.is_open());
    let (case, summed) = match &open {
        None => (case, episodes(rules, kept, (kept.duties(), &lines))),
        Some(case) => {
            let kept = standing(rules, None, case, now);
            // What was done by an entry that few may see is done: nobody is told that it is late.
            let open = duties.iter().zip(kept_open).filter(|(_, open)| *open).map(|(row, _)| row.key.as_str());
            let open: HashSet<&str> = open.collect();
            let told = each_listed(rules, &kept, |one| !is_open(one) || open.contains(&*one.key.to_string()));
            let left: Vec<Duty> =
                kept.duties().iter().zip(told).filter(|(_, told)| *told).map(|(duty, _)| *duty).collect();
            (case, episodes(rules, &kept, (&left, &merge(&rules.evaluator, &left))))
        }
    };
    let born = match case.facts.at(vocabulary.known.date_of_birth, now).map(|c| c.value) {
        Some(Value::Date(date)) => Some(date.to_string()),
        _ => None,
    };
    let child = ChildSummary {
        id: base.id.clone(),
        name: base.name.clone(),
        date_of_birth: born,
        photograph: shown(vocabulary, file).map(|one| one.id.to_string()),
        agencies: base.agencies.clone(),
        incidents: incidents(vocabulary, file),
        marks: marks(vocabulary, base, shown_to_all.as_ref().unwrap_or(file)).into_iter().chain(kept_until).collect(),
        merged_into: None,
        version: 0,
    };
    // Of a record that says nothing, since it was let go, nothing is asked.
    if file.chronology.is_empty() && file.facts.is_empty() && file.people.is_empty() && file.placements.is_empty() {
        duties.clear();
    }
    Derived { child, episodes: summed, duties, next_change_us }
}

/// What lists keep of the episodes of a case, of these duties on these lines.
fn episodes(rules: &Rules, kept: &Kept, (duties, lines): (&[Duty], &[Line])) -> Vec<EpisodeRow> {
    let (case, options) = (kept.case(), kept.options());
    let words = |places: &[usize]| {
        // Rulebook by rulebook: what one needs is worked out once for all that it asks.
        let mut order: Vec<usize> = (0..places.len()).collect();
        order.sort_by_key(|n| duties[places[*n]].book);
        let next: Vec<Duty> = order.iter().map(|n| duties[places[*n]]).collect();
        let mut said = vec![String::new(); places.len()];
        order.iter().zip(words_of(rules, kept, &next)).for_each(|(n, view)| said[*n] = next_words(&view));
        said
    };
    let names = Names::of(rules, case, options.now);
    let on_lines = OnLines::of(rules, duties, lines);
    summaries(&names, case, &on_lines, options.now, words).into_iter().map(episode_row).collect()
}

fn is_open(one: &One) -> bool {
    one.duty.state.is_open()
}

/// Of a record that is read in another, lists keep nothing but where it is.
fn elsewhere(base: &ChildBase, next_change: Moment) -> Derived {
    let child = ChildSummary {
        id: base.id.clone(),
        name: base.name.clone(),
        agencies: base.agencies.clone(),
        merged_into: base.into.clone(),
        ..ChildSummary::default()
    };
    Derived { child, next_change_us: Some(micros(next_change)), ..Derived::default() }
}

/// The keys by which the records of one child find each other, of what everybody on lists sees.
fn marks(vocabulary: &Vocabulary, base: &ChildBase, file: &CaseFile) -> Vec<(String, String)> {
    let keys = casebook::likeness::keys(&Marks::of(vocabulary, &base.name, file)).into_iter();
    let around = file.people.iter().filter(|person| person.role != Some(sym("child")));
    let around: BTreeSet<Key> = around.flat_map(|person| keys_around(&Around::of(person))).collect();
    let keys = keys.chain(around).map(|key| (key.kind.to_string(), key.value));
    let ties = base.ties.iter().map(|mark| (TIE.to_string(), mark.clone()));
    keys.chain(ties).chain(base.places.iter().cloned()).collect()
}

/// The key by which a record is found whose time is over; none for one that says nothing.
fn kept_until(vocabulary: &Vocabulary, file: &CaseFile, case: &Case, now: Moment) -> Option<(String, String)> {
    if file.chronology.is_empty() && file.facts.is_empty() {
        return None;
    }
    // Whoever works with the child may keep it longer: that is asked where it is decided, since it is not in the record.
    let kept = Retention::get().kept(vocabulary, (file, case), &[], now);
    let until = kept.first().map_or_else(|| UNKNOWN.to_owned(), |one| one.until.to_string());
    Some((KEPT_UNTIL.to_owned(), until))
}

/// Police incident numbers, as entries that stand give them.
fn incidents(vocabulary: &Vocabulary, file: &CaseFile) -> Vec<String> {
    let is_number = |field: &engine::vocabulary::FieldId| vocabulary.fields[field.place()] == "incident_number";
    let texts = lines_in_force(file).into_iter().flat_map(|line| &line.texts);
    texts.filter(|(field, _)| is_number(field)).map(|(_, text)| text.clone()).collect()
}

/// The case without what only few may see; none where there is nothing of that kind.
fn open_to_lists(rules: &Rules, file: &CaseFile) -> Option<(CaseFile, Arc<Case>)> {
    let (vocabulary, sight) = (rules.vocabulary(), Sight::of_lists());
    if !hides(vocabulary, &sight, file) {
        return None;
    }
    let mut open = file.clone();
    redact(vocabulary, &sight, &mut open, &HashMap::new());
    let case = known(&open, &rules.evaluator, None).0;
    Some((open, Arc::new(case)))
}

fn duty_row(vocabulary: &Vocabulary, one: &One) -> DutyRow {
    let (duty, view) = (&one.duty, &one.view);
    // What is perhaps not asked at all never becomes overdue.
    let due = duty.due.filter(|_| duty.modality != Modality::Prompt);
    let unsure = duty.state == State::CannotTell && duty.asked && due.is_some();
    DutyRow {
        key: one.key.to_string(),
        episode_id: view.episode.clone(),
        rulebook: view.rulebook.clone(),
        rule: view.rule.clone(),
        action: view.action.clone(),
        label: label(vocabulary, one),
        owner: listed(view),
        modality: view.modality.into(),
        state: if unsure { State::Due.word() } else { view.state }.into(),
        arises_us: micros(duty.arises),
        due_us: due.map(micros),
        done_us: duty.done.map(|(at, _)| at).or(duty.lapsed).map(micros),
        remind_us: due.and_then(|due| reminder(duty.arises, due)).map(micros),
        provisions: view.provisions.join(", "),
        limit_words: match duty.known {
            _ if unsure => Some(format!("{STRICTEST}{}", told(vocabulary, one))),
            _ if duty.state == State::CannotTell => Some(told(vocabulary, one)),
            Some(known) => Some(format!("{KNOWN_LATE}{}", vocabulary.calendar.words(known))),
            None => view.limit.clone(),
        },
        ..DutyRow::default()
    }
}

/// In lists the label says whom to tell as well.
fn label(vocabulary: &Vocabulary, one: &One) -> String {
    let told = told(vocabulary, one);
    if told.is_empty() || one.duty.state == State::CannotTell {
        return one.view.label.clone();
    }
    format!("{}{TOLD}{told}", one.view.label)
}

/// A reminder comes when a quarter of the time is left, at most an hour before the limit; for what is due within minutes there is none.
fn reminder(arises: Moment, due: Moment) -> Option<Moment> {
    let lead = ((due.0 - arises.0) / 4).min(3600);
    (lead >= 300).then(|| Moment(due.0 - lead))
}

fn episode_row(episode: EpisodeSummary) -> EpisodeRow {
    EpisodeRow {
        id: episode.id,
        started_us: micros(episode.started),
        ended_us: episode.ended.map(micros),
        status: episode.status,
        risk: episode.risk,
        risk_since_us: episode.risk_since.map(micros),
        reported: episode.reported,
        last_entry_us: episode.last_entry.map(micros),
        last_entry: episode.last_entry_words,
        last_recorded_us: episode.last_recorded.map(micros),
        next_limit_us: episode.next_limit.map(micros),
        next_limit: episode.next_label,
        next_at_once: episode.next_at_once,
        interview: episode.interview.as_ref().map(|one| one.word.clone()),
        interview_due_us: episode.interview.as_ref().and_then(|one| one.due).map(micros),
        interview_done_us: episode.interview.as_ref().and_then(|one| one.done).map(micros),
    }
}
