//! Lines of duties: from the engine where a record is loaded, from the read models in lists of many children.

use super::Lens;
use crate::app::moment;
use crate::case::{Evaluated, TOLD, note_of};
use crate::views::{Doing, DutyGroup, DutyLine, Source};
use crate::words::{Names, duty_state, initials, short_title};
use casebook::command::{self, labels};
use engine::evaluate::{Line, State};
use engine::rulebook::Rule;
use engine::vocabulary::{ActionKind, EventId};
use store::DutyRow;

/// The child that lines are about.
#[derive(Clone, Copy)]
pub(crate) struct Of<'a> {
    pub id: &'a str,
    pub name: &'a str,
}

/// A line of the engine.
pub(crate) fn line(lens: &Lens<'_>, of: Of<'_>, evaluated: &Evaluated, line: &Line) -> DutyLine {
    let rules = &lens.app.rules;
    let first = &evaluated.duties[line.duties[0]];
    let (duty, view) = (&first.duty, &first.view);
    // Another rulebook may name the viewer where the strictest one names somebody else.
    let mine = line.duties.iter().any(|i| lens.is_own(evaluated.duties[*i].view.owner.as_deref()));
    let sources = line.duties.iter().map(|i| &evaluated.duties[*i]).map(|one| Source {
        rulebook: short_title(rules.evaluator.book(one.duty.book)),
        provisions: one.view.provisions.join(", "),
    });
    let open = duty.state.is_open();
    let local = line.duties.iter().any(|i| evaluated.duties[*i].view.local_setting.is_some());
    let event = command::doing(rules.vocabulary(), first.rule, view).event;
    DutyLine {
        key: first.key.clone(),
        child: of.id.into(),
        child_name: of.name.into(),
        initials: initials(of.name),
        episode: view.episode.clone(),
        label: view.label.clone(),
        to_tell: if duty.state == State::CannotTell { String::new() } else { note_of(rules.vocabulary(), first) },
        owner: view.owner.clone().unwrap_or_default(),
        owner_name: view.owner_name.clone().unwrap_or_else(|| "cannot be told yet".into()),
        mine,
        state: duty_state(line.state.word()),
        limit: lens.face.limit(line.due),
        arises: lens.face.when(duty.arises),
        done: duty.done.map(|(at, _)| at).or(duty.lapsed).map(|at| lens.face.when(at)),
        modality: view.modality.into(),
        modality_note: modality_note(view.modality),
        missing: missing(duty.state.word(), &note_of(rules.vocabulary(), first)),
        local: if local { "limit or owner set locally".into() } else { String::new() },
        conflict: view.conflict,
        sources: sources.collect(),
        doing: open.then(|| doing(lens, first.rule, event, &first.key)),
    }
}

/// Lines of rows: rows of one line are put together, the one with the strictest limit first.
pub(crate) fn lines(lens: &Lens<'_>, names: &Names<'_>, rows: &[DutyRow]) -> Vec<DutyLine> {
    let mut found: Vec<(&DutyRow, DutyLine)> = Vec::new();
    for row in rows {
        let same = |(first, _): &&mut (&DutyRow, DutyLine)| {
            first.child_id == row.child_id && first.line.is_some() && first.line == row.line
        };
        match found.iter_mut().find(same) {
            Some((_, line)) => {
                line.mine |= lens.is_own(row.owner.as_deref());
                line.sources.push(source(lens, row));
            }
            None => found.push((row, from_row(lens, names, row))),
        }
    }
    found.into_iter().map(|(_, line)| line).collect()
}

fn from_row(lens: &Lens<'_>, names: &Names<'_>, row: &DutyRow) -> DutyLine {
    let rules = &lens.app.rules;
    let state = row.state_at(lens.app.now_us());
    let book = rules.book(&row.rulebook);
    let owner_name =
        row.owner.as_deref().map(|o| book.and_then(|b| b.local_name(o)).map_or_else(|| names.role(o), str::to_string));
    let rule = book.and_then(|b| b.rule(&row.rule)).map(|(_, rule)| rule);
    let open = matches!(state, "due" | "overdue" | "cannot-tell");
    let (label, to_tell) = row.label.split_once(TOLD).unwrap_or((&row.label, ""));
    let doing = rule.filter(|_| open).map(|rule| {
        let event = command::event_of(rules.vocabulary(), rule);
        doing(lens, rule, event, &row.key)
    });
    DutyLine {
        key: row.key.clone(),
        child: row.child_id.clone(),
        child_name: row.child_name.clone(),
        initials: initials(&row.child_name),
        episode: row.episode_id.clone(),
        label: label.into(),
        to_tell: to_tell.into(),
        owner: row.owner.clone().unwrap_or_default(),
        owner_name: owner_name.unwrap_or_else(|| "cannot be told yet".into()),
        mine: lens.is_own(row.owner.as_deref()),
        state: duty_state(state),
        limit: lens.face.limit(row.due_us.map(moment)),
        arises: lens.face.when(moment(row.arises_us)),
        done: row.done_us.map(|at| lens.face.when(moment(at))),
        modality: row.modality.clone(),
        modality_note: modality_note(&row.modality),
        missing: missing(state, row.limit_words.as_deref().unwrap_or_default()),
        local: String::new(),
        conflict: rule.is_some_and(|r| r.conflict),
        sources: vec![source(lens, row)],
        doing,
    }
}

fn source(lens: &Lens<'_>, row: &DutyRow) -> Source {
    let book = lens.app.rules.book(&row.rulebook);
    Source { rulebook: book.map_or_else(|| row.rulebook.clone(), short_title), provisions: row.provisions.clone() }
}

fn modality_note(modality: &str) -> String {
    match modality {
        "must" => String::new(),
        "prompt" => "perhaps not asked".into(),
        other => other.into(),
    }
}

fn missing(state: &str, note: &str) -> String {
    match (state, note) {
        ("cannot-tell", "") => "Not recorded: the moment that its limit counts from".into(),
        ("cannot-tell", note) => format!("Not recorded: {}", lower(note)),
        _ => String::new(),
    }
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

fn doing(lens: &Lens<'_>, rule: &Rule, event: EventId, key: &str) -> Doing {
    let vocabulary = lens.app.rules.vocabulary();
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
    Doing { event: vocabulary.event_at(event).id.clone(), label: label.into(), duty: key.into() }
}

/// What pressing lines come first by: what is overdue, then by the limit; without one, what belongs to an episode, what must be done,
/// and what has waited longest.
pub(crate) fn pressing(line: &DutyLine) -> (u8, i64, bool, usize, i64) {
    let limit = line.limit.at.as_ref().map_or(i64::MAX, |at| at.minutes);
    let order = ["must", "should", "consider", "may", "prompt"];
    let modality = order.iter().position(|m| *m == line.modality).unwrap_or(order.len());
    let state = match line.state.word.as_str() {
        "overdue" => 0,
        "due" => 1,
        "cannot-tell" => 2,
        _ => 3,
    };
    (state, limit, line.episode.is_none(), modality, line.arises.minutes)
}

/// Lines by owner: the viewer's own first and in one group, then by the most pressing limit.
pub(crate) fn groups(mut lines: Vec<DutyLine>) -> Vec<DutyGroup> {
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
    found.sort_by_key(|g| !g.mine);
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
