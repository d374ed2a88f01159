//! Lines of duties of one record. Those of lists of many children are in `row`.

use super::{gaps, told};
use crate::asked::{Evaluated, hangs_on_hidden};
use crate::words::{initials, short_title};
use crate::{Doing, DutyGroup, DutyKey, DutyLine, Lens, Limit, Record, Source, Urgency};
use casebook::command::{self, labels};
use engine::evaluate::{Duty, Line, State, is_repeated};
use engine::rulebook::{Modality, Rule};
use engine::value::Value;
use engine::vocabulary::{ActionKind, EventId, SetTo, Sets, Vocabulary};

/// The child that lines are about.
#[derive(Clone, Copy)]
pub struct Of<'a> {
    /// The id.
    pub id: &'a str,
    /// The name.
    pub name: &'a str,
    /// The record, as the viewer sees it, where lines are of one.
    pub record: Option<&'a Record>,
}

impl<'a> Of<'a> {
    /// The child of a record.
    pub fn record(record: &'a Record) -> Of<'a> {
        Of { id: &record.id, name: &record.name, record: Some(record) }
    }
}

/// A line of the engine.
pub fn line(lens: &Lens<'_>, of: Of<'_>, evaluated: &Evaluated, line: &Line) -> DutyLine {
    let rules = lens.rules;
    let first = &evaluated.duties[line.duties[0]];
    let (duty, view) = (&first.duty, &first.view);
    // Another rulebook may name the viewer where the strictest one names somebody else.
    let mine = line.duties.iter().any(|i| lens.owes(&evaluated.duties[*i].view));
    let sources = line.duties.iter().map(|i| &evaluated.duties[*i]).map(|one| Source {
        rulebook: short_title(rules.evaluator.book(one.duty.book)),
        provisions: one.view.provisions.join(", "),
    });
    let open = duty.state.is_open();
    let local = line.duties.iter().any(|i| evaluated.duties[*i].view.local_setting.is_some());
    let event = command::doing(rules.vocabulary(), first.rule, view).event;
    let limit = lens.face.due(duty.arises, line.due);
    // Asked for certain, by a limit or of somebody that is not known yet: it is to do, by the strictest limit that could apply.
    let unsure = line.state == State::CannotTell && duty.asked && line.due.is_some();
    DutyLine {
        key: first.key.clone(),
        child: of.id.into(),
        child_name: of.name.into(),
        initials: initials(of.name),
        episode: view.episode.clone(),
        label: view.label.clone(),
        to_tell: if duty.state == State::CannotTell { String::new() } else { told(rules.vocabulary(), first) },
        owner: view.owner.clone().unwrap_or_default(),
        owner_name: view.owner_name.clone().unwrap_or_else(|| "not yet known".into()),
        mine,
        why_mine: why_mine(lens, evaluated, line),
        state: to_the_eye(if unsure { State::Due } else { line.state }, &limit),
        known_late: if limit_is_graced(&limit) { String::new() } else { known_late(lens, evaluated, line) },
        repeats: is_repeated(first.rule),
        other_times: Vec::new(),
        arises: lens.face.when(duty.arises),
        done: duty.done.map(|(at, _)| at).or(duty.lapsed).map(|at| lens.face.when(at)),
        modality: duty.modality,
        missing: match of.record {
            Some(record) if hangs_on_hidden(rules, record, first) => HIDDEN.into(),
            _ => missing(duty.state, &told(rules.vocabulary(), first)),
        },
        alarm: open && alarms(rules.vocabulary(), event),
        left_open: left_open(rules.vocabulary(), of.record, duty),
        gaps: gaps::missing(rules.vocabulary(), of.record, first),
        local: if local { "time or owner set locally".into() } else { String::new() },
        contradicts: super::followed::contradicts(rules, evaluated, line),
        conflict: view.conflict,
        sources: sources.collect(),
        doing: open.then(|| doing(lens, first.rule, event, &first.key)),
        limit,
    }
}

/// The state that is shown: what is due at once is not late before some minutes have passed.
pub(crate) fn to_the_eye(state: State, limit: &Limit) -> State {
    if state == State::Overdue && limit_is_graced(limit) { State::Due } else { state }
}

/// Is it due at once, and so lately that nobody calls it late?
pub(crate) fn limit_is_graced(limit: &Limit) -> bool {
    limit.at_once && limit.urgency != Urgency::Overdue
}

/// Why it is on the viewer's list, where none of the rulebooks on the line makes it theirs by their own post.
fn why_mine(lens: &Lens<'_>, evaluated: &Evaluated, line: &Line) -> String {
    let views = line.duties.iter().map(|i| &evaluated.duties[*i].view).filter(|view| lens.owes(view));
    let why = views.map(|view| {
        let owner = view.owner.as_deref().unwrap_or_default();
        lens.why_mine(owner, view.owner_name.as_deref().unwrap_or_default(), !lens.is_own(Some(owner)))
    });
    why.min_by_key(String::len).unwrap_or_default()
}

/// What the entry that did a duty leaves open.
fn left_open(vocabulary: &Vocabulary, record: Option<&Record>, duty: &Duty) -> String {
    let done = duty.done.filter(|_| matches!(duty.state, State::Done | State::DoneLate));
    let Some((record, (_, entry))) = record.zip(done) else { return String::new() };
    let entry = record.case.entry(entry);
    // What corrects it is looked for only where something can be left open: of a meeting, or of a form.
    let needs = vocabulary.event_at(entry.event).fields.iter().any(|field| field.needed);
    let may = needs || record.file.chronology.iter().any(|line| line.id == entry.id && line.filled.is_some());
    let entry = Some(entry).filter(|_| may).and_then(|entry| record.in_force(&entry.id));
    entry.map(|line| command::left_open(vocabulary, line)).unwrap_or_default()
}

/// When it became known, of a line of which every duty that is late had its limit passed by then.
fn known_late(lens: &Lens<'_>, evaluated: &Evaluated, line: &Line) -> String {
    let duties = line.duties.iter().map(|i| &evaluated.duties[*i].duty).filter(|duty| duty.state == State::Overdue);
    let known = duties.map(|duty| duty.known).min().flatten();
    known.filter(|_| line.state.is_open()).map(|at| lens.face.calendar.words(at)).unwrap_or_default()
}

/// Does recording this event say that the police were called?
pub(crate) fn alarms(vocabulary: &Vocabulary, event: EventId) -> bool {
    let reported = vocabulary.known.reported;
    let says = |s: &Sets| Some(s.fact) == reported && matches!(s.to, SetTo::Value(Value::Bool(true)));
    vocabulary.event_at(event).sets.iter().any(says)
}

/// Said where what is missing may be recorded, and is kept from the viewer.
const HIDDEN: &str = "It hangs on what is not shown to you";

/// What is not recorded, where it cannot be told what is asked.
pub(crate) fn missing(state: State, note: &str) -> String {
    match (state, note) {
        (State::CannotTell, "") => "Not recorded: the moment that its time counts from".into(),
        (State::CannotTell, note) => format!("Not recorded: {}", lower(note)),
        _ => String::new(),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Where it is done.
pub(crate) fn doing(lens: &Lens<'_>, rule: &Rule, event: EventId, key: &DutyKey) -> Doing {
    let vocabulary = lens.rules.vocabulary();
    let known = &vocabulary.known;
    let label = match vocabulary.action_at(rule.action).kind {
        _ if event == known.notification_sent => "Record who was told",
        _ if event == known.information_shared => "Record what was shared",
        _ if event == known.decision_recorded => "Record the decision",
        ActionKind::Meet => "Record the meeting",
        ActionKind::Interview => "Record the interview",
        ActionKind::Assess => "Record the assessment",
        _ if event == known.action_recorded => "Record it as done",
        _ => "Record it",
    };
    Doing { event: vocabulary.event_at(event).id.clone(), label: label.into(), duty: key.clone() }
}

/// What pressing lines come first by: the call to the police, what is overdue, then by the limit; without one, what belongs to an episode, what must be done,
/// and what came up last.
pub fn pressing(line: &DutyLine) -> (bool, u8, i64, bool, Modality, i64) {
    let limit = line.limit.at.as_ref().map_or(i64::MAX, |at| at.minutes);
    let state = match line.state {
        State::Overdue => 0,
        State::Due => 1,
        State::CannotTell => 2,
        State::Upcoming | State::Done | State::DoneLate | State::Lapsed | State::Waived => 3,
    };
    // Where nothing has a limit, what came up last is what somebody waits for.
    let arises = if limit == i64::MAX { -line.arises.minutes } else { line.arises.minutes };
    (!line.alarm, state, limit, line.episode.is_none(), line.modality, arises)
}

/// Lines by owner: the viewer's own first and in one group, then by the most pressing limit.
pub fn groups(mut lines: Vec<DutyLine>) -> Vec<DutyGroup> {
    lines.sort_by_key(pressing);
    let mut found: Vec<DutyGroup> = Vec::new();
    for line in lines {
        let name = labels::capital(&line.owner_name);
        // Whatever the viewer answers for is one group, under all the names that the rulebooks give it. Of others, those who go by one
        // name are one: two rulebooks may call them by different words.
        match found.iter_mut().find(|g| g.mine && line.mine || !g.mine && !line.mine && g.owner_name == name) {
            Some(group) => {
                if group.mine && !group.owner_name.split(", ").any(|n| n == name) {
                    group.owner_name = format!("{}, {name}", group.owner_name);
                }
                group.lines.push(line);
            }
            None => found.push(DutyGroup {
                owner: line.owner.clone(),
                owner_name: name,
                mine: line.mine,
                lines: vec![line],
            }),
        }
    }
    // While it cannot be told whose call to the police it is, it is for whoever reads this.
    let call = |g: &DutyGroup| !g.mine && g.owner.is_empty() && g.lines.iter().any(|line| line.alarm);
    found.sort_by_key(|g| (!call(g), !g.mine));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_go_by_one_name_are_one_group_and_the_viewers_own_come_first() {
        let line = |owner: &str, name: &str, mine| DutyLine {
            owner: owner.into(),
            owner_name: name.into(),
            mine,
            ..DutyLine::default()
        };
        let found = groups(vec![
            line("police", "area police", false),
            line("police_officer", "area police", false),
            line("carer", "foster carer", true),
            line("home_staff", "staff of the home", true),
        ]);
        let names: Vec<_> = found.iter().map(|g| (g.owner_name.as_str(), g.mine, g.lines.len())).collect();
        assert_eq!(names, [("Foster carer, Staff of the home", true, 2), ("Area police", false, 2)]);
    }
}
