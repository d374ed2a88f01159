//! What lists keep of a record: the child, its episodes and duties, and when that changes though nobody writes anything.

use super::duties::{Asked, Evaluated, One, evaluate};
use super::next::next_change;
use super::photograph::shown;
use crate::app::micros;
use crate::words::Names;
use casebook::case_file::CaseFile;
use casebook::command::{event_of, labels};
use casebook::rules::Rules;
use engine::case::{Case, Episode};
use engine::evaluate::State;
use engine::rulebook::Modality;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::Vocabulary;
use store::{ChildSummary, Derived, DutyRow, EpisodeRow};

/// What a record does not say itself, but every write needs again.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct ChildBase {
    /// The child's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The agencies that are related to the child.
    pub agencies: Vec<String>,
}

/// Works out everything that lists keep.
pub(crate) fn derive(rules: &Rules, base: &ChildBase, file: &CaseFile, case: &Case, now: Moment) -> Derived {
    let vocabulary = rules.vocabulary();
    let evaluated = evaluate(rules, case, now, now, Asked::Current);
    let mut duties: Vec<DutyRow> = evaluated.duties.iter().map(|one| duty_row(vocabulary, one)).collect();
    for line in &evaluated.lines {
        let first = duties[line.duties[0]].key.clone();
        // One duty of a line raises its alerts, the strictest: of those whose limit had not passed when it became known.
        let speaks = line.duties.iter().copied().find(|index| evaluated.duties[*index].duty.known.is_none());
        for index in line.duties.iter() {
            duties[*index].line = Some(first.clone());
            duties[*index].silent = Some(*index) != speaks;
        }
    }
    let names = Names::of(rules, case, now);
    let episodes = case.episodes.iter().enumerate();
    let episodes = episodes.map(|(n, e)| episode_row(&names, case, n as u32, e, &evaluated, now)).collect();
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
        version: 0,
    };
    Derived { child, episodes, duties, next_change_us: Some(micros(next_change(rules, case, now))) }
}

fn duty_row(vocabulary: &Vocabulary, one: &One) -> DutyRow {
    let (duty, view) = (&one.duty, &one.view);
    // What is perhaps not asked at all never becomes overdue.
    let due = duty.due.filter(|_| duty.modality != Modality::Prompt);
    DutyRow {
        key: one.key.clone(),
        episode_id: view.episode.clone(),
        rulebook: view.rulebook.clone(),
        rule: view.rule.clone(),
        action: view.action.clone(),
        label: label(vocabulary, one),
        owner: view.owner.clone(),
        modality: view.modality.into(),
        state: view.state.into(),
        arises_us: micros(duty.arises),
        due_us: due.map(micros),
        done_us: duty.done.map(|(at, _)| at).or(duty.lapsed).map(micros),
        remind_us: due.and_then(|due| reminder(duty.arises, due)).map(micros),
        provisions: view.provisions.join(", "),
        limit_words: match duty.known {
            _ if duty.state == State::CannotTell => Some(note(vocabulary, one)),
            Some(known) => Some(format!("passed before it was known, {}", vocabulary.calendar.words(known))),
            None => view.limit.clone(),
        },
        ..DutyRow::default()
    }
}

/// Between the label and those to be told, in the label that lists keep: a space that does not break tells the two apart again.
pub(crate) const TOLD: &str = ":\u{a0}";

/// In lists the label says whom to tell as well.
fn label(vocabulary: &Vocabulary, one: &One) -> String {
    let told = note(vocabulary, one);
    if told.is_empty() || one.duty.state == State::CannotTell {
        return one.view.label.clone();
    }
    format!("{}{TOLD}{told}", one.view.label)
}

/// Who is still to be told, or what is not recorded.
pub(crate) fn note(vocabulary: &Vocabulary, one: &One) -> String {
    if one.duty.state == State::CannotTell {
        let missing = one.view.missing.first().and_then(|m| vocabulary.fact(&m.fact));
        return missing.map(|f| labels::fact(vocabulary.fact_at(f))).unwrap_or_default();
    }
    // Whom the label names already is not named again.
    let label = one.view.label.to_lowercase();
    let named = |name: &str| label.contains(name.split(" (").next().unwrap_or(name).to_lowercase().as_str());
    let left = one.view.recipients.iter().filter(|r| r.told_at.is_none() && !named(&r.name));
    left.map(|r| r.name.as_str()).collect::<Vec<_>>().join(", ")
}

/// A reminder comes when a quarter of the time is left, at most an hour before the limit; for what is due within minutes there is none.
fn reminder(arises: Moment, due: Moment) -> Option<Moment> {
    let lead = ((due.0 - arises.0) / 4).min(3600);
    (lead >= 300).then(|| Moment(due.0 - lead))
}

fn episode_row(
    names: &Names<'_>,
    case: &Case,
    number: u32,
    episode: &Episode,
    evaluated: &Evaluated,
    now: Moment,
) -> EpisodeRow {
    let vocabulary = names.vocabulary;
    let at = |fact: &str| vocabulary.fact(fact).and_then(|f| episode.facts.at(f, now));
    let word =
        |value: Value| if let Value::Word(word) = value { vocabulary.word(word).map(str::to_string) } else { None };
    let risk = vocabulary.fact("episode.risk").and_then(|f| episode.facts.held_since(f, now));
    let risk = risk.filter(|c| c.value != Value::Unknown);
    let last = case.entries.iter().rfind(|e| e.episode == Some(number) && e.occurred <= now);
    let leading = evaluated.lines.iter().map(|l| &evaluated.duties[l.duties[0]]);
    let own = leading.filter(|one| one.duty.episode == Some(number) && one.duty.state.is_open());
    let own: Vec<&One> = own.filter(|one| one.duty.modality.binds()).collect();
    let limited = own.iter().filter_map(|one| Some((one.duty.due?, *one))).min_by_key(|n| n.0);
    // A report to the police that has no limit in the protocol still comes before every limit that has not passed.
    let reporting = vocabulary.event("police.reported");
    let report = own.iter().find(|one| {
        one.duty.state == State::Due && one.duty.due.is_none() && Some(event_of(vocabulary, one.rule)) == reporting
    });
    let next = match report {
        Some(one) if limited.is_none_or(|(due, _)| due.minute() >= now.minute()) => Some((None, *one)),
        _ => limited.map(|(due, one)| (Some(due), one)),
    };
    EpisodeRow {
        id: episode.id.clone(),
        started_us: micros(episode.start),
        ended_us: episode.end.map(micros),
        status: at("episode.status").and_then(|c| word(c.value)),
        risk: risk.and_then(|c| word(c.value)),
        risk_since_us: risk.map(|c| micros(c.at)),
        reported: at("episode.reported").is_some_and(|c| c.value == Value::Bool(true)),
        last_entry_us: last.map(|e| micros(e.occurred)),
        last_entry: last.map(|e| names.happened(e.event, e.get(vocabulary.known.action))),
        next_limit_us: next.and_then(|(due, _)| due).map(micros),
        next_limit: next.map(|(_, one)| next_words(one)),
    }
}

fn next_words(one: &One) -> String {
    match &one.view.owner_name {
        Some(owner) => format!("{} ({owner})", one.view.label),
        None => one.view.label.clone(),
    }
}
