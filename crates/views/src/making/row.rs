//! Lines of duties in lists of many children, from what lists keep of each.

use super::duty_line::{alarms, doing, limit_is_graced, missing, to_the_eye};
use super::{KNOWN_LATE, STRICTEST, TOLD, gaps};
use crate::words::{Names, initials, short_title};
use crate::{DutyKey, DutyLine, Gap, Lens, Source};
use casebook::command;
use engine::evaluate::{State, is_repeated};
use engine::rulebook::Modality;
use engine::time::Moment;
use engine::vocabulary::{Class, FactId, Vocabulary};
use std::collections::HashMap;

/// A duty as lists keep it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DutyOfList {
    /// Its key.
    pub key: DutyKey,
    /// The key of the line on which it is shown with the same act of other rulebooks.
    pub line: Option<String>,
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub child_name: String,
    /// The episode.
    pub episode: Option<String>,
    /// What is to be done, and behind [`TOLD`] who is still to be told.
    pub label: String,
    /// The role whose it is.
    pub owner: Option<String>,
    /// Who sees to it for this child, where the owner may not sign in.
    pub seen_to_by: Option<String>,
    /// How strongly it is asked.
    pub modality: Modality,
    /// Its state now.
    pub state: State,
    /// Since when it is asked.
    pub arises: Moment,
    /// By when.
    pub due: Option<Moment>,
    /// When it was done, lapsed or was waived.
    pub done: Option<Moment>,
    /// The provisions.
    pub provisions: String,
    /// The limit in words, or what is not recorded.
    pub limit_words: Option<String>,
}

/// Lines of rows: rows of one line are put together, the one with the strictest limit first.
pub fn lines(lens: &Lens<'_>, names: &Names<'_>, rows: &[DutyOfList]) -> Vec<DutyLine> {
    let mut found: Vec<DutyLine> = Vec::new();
    let mut places: HashMap<(&str, &str), usize> = HashMap::new();
    for row in rows {
        let line = row.line.as_deref().map(|line| (row.child.as_str(), line));
        match line.and_then(|line| places.get(&line)) {
            Some(place) => {
                let line = &mut found[*place];
                let why = why_mine(lens, names, row);
                line.why_mine = match (line.mine, mine(lens, row)) {
                    (false, true) => why,
                    (true, true) if why.is_empty() => why,
                    _ => std::mem::take(&mut line.why_mine),
                };
                line.mine |= mine(lens, row);
                // Only where that is so of every duty of it that is late, as on the page of the episode.
                if row.state == State::Overdue && known_late(lens, row).is_empty() {
                    line.known_late.clear();
                }
                line.sources.push(source(lens, row));
            }
            None => {
                places.extend(line.map(|line| (line, found.len())));
                found.push(from_row(lens, names, row));
            }
        }
    }
    found
}

/// When it became known, where its limit had passed by then.
fn known_late<'r>(lens: &Lens<'_>, row: &'r DutyOfList) -> &'r str {
    let words = row.limit_words.as_deref().and_then(|words| words.strip_prefix(KNOWN_LATE));
    words.filter(|_| !limit_is_graced(&lens.face.due(row.arises, row.due))).unwrap_or_default()
}

fn from_row(lens: &Lens<'_>, names: &Names<'_>, row: &DutyOfList) -> DutyLine {
    let rules = lens.rules;
    let book = rules.book(&row.key.rulebook);
    let owner_name = owner_name(lens, names, row);
    let rule = book.and_then(|b| b.rule(&row.key.rule)).map(|(_, rule)| rule);
    let (label, to_tell) = row.label.split_once(TOLD).unwrap_or((&row.label, ""));
    let alarm = rule.filter(|_| row.state.is_open());
    let alarm = alarm.is_some_and(|rule| alarms(rules.vocabulary(), command::event_of(rules.vocabulary(), rule)));
    let doing = rule.filter(|_| row.state.is_open()).map(|rule| {
        let event = command::event_of(rules.vocabulary(), rule);
        doing(lens, rule, event, &row.key)
    });
    let limit = lens.face.due(row.arises, row.due);
    DutyLine {
        key: row.key.clone(),
        child: row.child.clone(),
        child_name: row.child_name.clone(),
        initials: initials(&row.child_name),
        episode: row.episode.clone(),
        label: label.into(),
        to_tell: to_tell.into(),
        owner: row.owner.clone().unwrap_or_default(),
        owner_name: owner_name.unwrap_or_else(|| "not yet known".into()),
        mine: mine(lens, row),
        why_mine: why_mine(lens, names, row),
        state: to_the_eye(row.state, &limit),
        known_late: known_late(lens, row).into(),
        repeats: rule.is_some_and(is_repeated),
        other_times: Vec::new(),
        arises: lens.face.when(row.arises),
        done: row.done.map(|at| lens.face.when(at)),
        modality: row.modality,
        left_open: String::new(),
        missing: match row.limit_words.as_deref().unwrap_or_default() {
            words if words.starts_with(STRICTEST) => missing(State::CannotTell, &words[STRICTEST.len()..]),
            words => missing(row.state, words),
        },
        alarm,
        gaps: row_gaps(rules.vocabulary(), row),
        local: String::new(),
        contradicts: String::new(),
        conflict: rule.is_some_and(|r| r.conflict),
        sources: vec![source(lens, row)],
        doing,
        limit,
    }
}

/// The owner in the area's own words.
fn owner_name(lens: &Lens<'_>, names: &Names<'_>, row: &DutyOfList) -> Option<String> {
    let book = lens.rules.book(&row.key.rulebook);
    row.owner.as_deref().map(|owner| names.role_of(book, owner))
}

fn mine(lens: &Lens<'_>, row: &DutyOfList) -> bool {
    lens.is_own(row.owner.as_deref()) || sees_to(lens, row)
}

/// Does the viewer see to it, for somebody who may not sign in?
fn sees_to(lens: &Lens<'_>, row: &DutyOfList) -> bool {
    row.seen_to_by.as_deref() == Some(lens.who.role.as_str())
}

fn why_mine(lens: &Lens<'_>, names: &Names<'_>, row: &DutyOfList) -> String {
    if !mine(lens, row) {
        return String::new();
    }
    let (owner, name) = (row.owner.as_deref().unwrap_or_default(), owner_name(lens, names, row).unwrap_or_default());
    lens.why_mine(owner, &name, !lens.is_own(Some(owner)))
}

/// Lists keep the first of the missing facts, by its label. Of what not everybody may see, they lead nowhere.
fn row_gaps(vocabulary: &Vocabulary, row: &DutyOfList) -> Vec<Gap> {
    let words = row.limit_words.as_deref().unwrap_or_default();
    let label = match words.strip_prefix(STRICTEST) {
        Some(label) => label,
        None if row.state == State::CannotTell => words,
        None => return Vec::new(),
    };
    let id = vocabulary.facts.iter().position(|fact| fact.label == label).map(FactId::at);
    let open = id.filter(|id| vocabulary.fact_at(*id).class == Class::Ordinary);
    open.map(|id| gaps::of_lists(vocabulary, id, row.episode.as_deref())).into_iter().collect()
}

fn source(lens: &Lens<'_>, row: &DutyOfList) -> Source {
    let book = lens.rules.book(&row.key.rulebook);
    Source { rulebook: book.map_or_else(|| row.key.rulebook.clone(), short_title), provisions: row.provisions.clone() }
}
