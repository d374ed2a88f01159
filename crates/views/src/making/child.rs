//! The child: summary, placements, people, what is known, earlier episodes.

use super::child_years::{calendar, hours};
use super::duty_line::{self, Of};
use super::episode::{Stretch, entries_of_page};
use super::strip::Facts;
use super::summary::summarised;
use super::timeline::Teller;
use super::todo::{PAGE, ordered, part_of};
use super::{board, gaps, head, menu, pattern};
use crate::asked::{Asked, Evaluated, evaluate_for};
use crate::words::{Names, count, span, value, without_name};
use crate::{
    ChildPage, ChildPart, ChildPartPage, EarlierEpisode, FactLine, Lens, PlacementLine, Record, TodoPart, Viewer, When,
};
use casebook::case_file::EntryLine;
use casebook::command::labels;
use casebook::known::lines_in_force;
use engine::case::Source;
use engine::evaluate::Line;
use engine::ids::EpisodeNo;
use engine::value::{Type, Value};
use engine::vocabulary::{Class, Fact, FactId, FieldId, Scope, Vocabulary};
use std::collections::HashSet;

/// What matters first, in this order.
const SUMMARY: [&str; 8] = [
    "child.looked_after",
    "child.legal_status",
    "child.responsible_authority",
    "child.social_care",
    "child.child_protection_plan",
    "child.child_in_need_plan",
    "child.care_leaver",
    "child.in_education",
];
/// So many places are listed.
const PLACES: usize = 10;
/// So many duties stand open, and so many more are folded.
const OPEN: usize = 7;
const FOLDED: usize = 5;
/// So many placements and episodes are listed; the rest have pages of their own.
const PLACEMENTS: usize = 5;
const EPISODES: usize = 8;
const EPISODES_OF_PAGE: usize = 50;
/// So many entries outside every episode are named.
const OUTSIDE: usize = 3;
/// So many events are offered to be recorded.
const LIKELY: usize = 5;

/// A child's page.
pub fn child(lens: &Lens<'_>, viewer: Viewer, record: &Record) -> ChildPage {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Current);
    let open = record.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > lens.now)).map(|e| e.id.clone());
    let of = Of::record(record);
    let lines = evaluated.lines.iter().filter(|l| l.state.is_open() && is_theirs(lens, record, &evaluated, l));
    let lines = lines.filter(|l| {
        let episode = evaluated.duties[l.duties[0]].view.episode.as_ref();
        open.is_none() || episode != open.as_ref()
    });
    let lines = ordered(lines.map(|l| duty_line::line(lens, of, &evaluated, l)).collect());
    let (mut duties, rest): (Vec<_>, Vec<_>) = lines.into_iter().partition(|l| part_of(l) == TodoPart::Due);
    let unknown = rest.iter().filter(|line| part_of(line) == TodoPart::Unknown).count();
    let duty_count = duties.len();
    let duty_whose = match duties.iter().filter(|line| line.mine).count() {
        mine if mine == duty_count => "",
        0 => "None of it is yours.",
        _ => "Where it is for others, it says for whom.",
    };
    let mut folded = duties.split_off(OPEN.min(duties.len()));
    folded.truncate(FOLDED);
    let decides = evaluated.lines.iter().filter(|l| is_theirs(lens, record, &evaluated, l));
    let decides = gaps::decides(lens, record, &evaluated, decides);
    let last = open.as_ref().and_then(|_| summarised(&names, lens, &record.case, &evaluated).pop());
    let open_line = last.map(|episode| board::line(lens, head(lens, record), &episode));
    let facts = facts(lens, record, &names);
    let of_kind =
        |kind: Kind| facts.iter().filter(|(k, _)| *k == kind).map(|(_, line)| line.clone()).collect::<Vec<_>>();
    let placements = placements(lens, record, &names);
    let teller = Teller::new(lens, record, &names);
    let outside = teller.outside();
    let (outside_count, outside) = (outside.len(), outside.into_iter().take(OUTSIDE));
    let outside = outside.map(|(place, _)| teller.told(place).item).map(|item| (item.title, item.occurred)).collect();
    let (calendar_from, calendar_until, days) = calendar(lens, &record.case);
    ChildPage {
        viewer,
        child: head(lens, record),
        left: record.left.is_some(),
        dangers: Vec::new(),
        half_filled: 0,
        photograph: super::photograph::shown(lens, record),
        version: record.version,
        open: open_line,
        duties,
        folded,
        duty_count,
        duty_whose: duty_whose.into(),
        unknown,
        decides,
        summary: of_kind(Kind::Summary),
        vulnerabilities: of_kind(Kind::Vulnerability),
        facts: of_kind(Kind::Other),
        lives: record.lives,
        placement_count: placements.len(),
        placements: placements.into_iter().take(PLACEMENTS).collect(),
        people: super::around::people(lens, record, &names),
        particulars: super::particulars(record),
        places: places(lens, record, false),
        episodes_summary: summary(lens, record),
        outside,
        outside_count,
        episode_count: record.case.episodes.len(),
        episodes: episodes(lens, record, &names).take(EPISODES).collect(),
        pattern: pattern::pattern(lens, record),
        calendar: days,
        calendar_from,
        calendar_until,
        hours: hours(lens, &record.case),
        menu: menu::likely(&menu::menu(lens, &names, record, &evaluated, open.is_some()), LIKELY),
    }
}

/// Is a line on the list of a child for whoever looks? On that of somebody who works with the child no more stands what is still theirs: what
/// others have to do is for those who care for the child now.
fn is_theirs(lens: &Lens<'_>, record: &Record, evaluated: &Evaluated, line: &Line) -> bool {
    record.left.is_none() || line.duties.iter().any(|duty| lens.owes(&evaluated.duties[*duty].view))
}

/// A part of what is shown of a child, page by page.
pub fn child_part(
    lens: &Lens<'_>,
    viewer: Viewer,
    record: &Record,
    part: ChildPart,
    (page, entry): (usize, &str),
) -> ChildPartPage {
    let made = ChildPartPage { viewer, child: head(lens, record), part, ..ChildPartPage::default() };
    if part == ChildPart::Episodes {
        let names = Names::of(lens.rules, &record.case, lens.now);
        let stretch = Stretch::of(record.case.episodes.len(), page, EPISODES_OF_PAGE);
        let (page, pages, count) = (stretch.page, stretch.pages, stretch.count);
        let from = (page - 1) * EPISODES_OF_PAGE;
        let episodes = episodes(lens, record, &names).skip(from).take(EPISODES_OF_PAGE).collect();
        return ChildPartPage { title: "Episodes".into(), episodes, page, pages, count, ..made };
    }
    if part == ChildPart::Outside {
        let names = Names::of(lens.rules, &record.case, lens.now);
        let teller = Teller::new(lens, record, &names);
        let own = format!("/children/{}/outside", record.id);
        let (stretch, items) = entries_of_page(&teller, teller.outside(), (page, entry), &own);
        let (page, pages, count) = (stretch.page, stretch.pages, stretch.count);
        return ChildPartPage { title: "Recorded outside an episode".into(), items, page, pages, count, ..made };
    }
    let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Current);
    let lines = evaluated.lines.iter().filter(|l| l.state.is_open() && is_theirs(lens, record, &evaluated, l));
    let lines = ordered(lines.map(|l| duty_line::line(lens, Of::record(record), &evaluated, l)).collect());
    let unknown = part == ChildPart::Unknown;
    let lines: Vec<_> = lines.into_iter().filter(|l| (part_of(l) == TodoPart::Unknown) == unknown).collect();
    let stretch = Stretch::of(lines.len(), page, PAGE);
    let title = if unknown { "Not yet known whether it is due" } else { "To do" };
    let (page, pages, count) = (stretch.page, stretch.pages, stretch.count);
    ChildPartPage { title: title.into(), lines: stretch.cut(lines), page, pages, count, ..made }
}

/// What makes the child vulnerable, by what is recorded.
pub fn vulnerabilities(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<String> {
    let facts = facts(lens, record, names).into_iter();
    facts.filter(|(kind, line)| *kind == Kind::Vulnerability && line.known).map(|(_, line)| line.label).collect()
}

/// May something that makes the child vulnerable be kept from the viewer?
pub fn hides_vulnerabilities(record: &Record, names: &Names<'_>) -> bool {
    let mut own = of_child(names.vocabulary).filter(|(_, fact)| makes_vulnerable(fact));
    own.any(|(id, _)| record.hides(names.vocabulary, id))
}

/// What matters first, as labels and values; only what is recorded.
pub fn summary_facts(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<(String, String)> {
    let facts = facts(lens, record, names).into_iter();
    facts
        .filter(|(kind, line)| *kind == Kind::Summary && line.known)
        .map(|(_, line)| (line.label, line.value))
        .collect()
}

/// Where a fact is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Summary,
    Vulnerability,
    Other,
}

/// The facts about the child: the summary always, what makes vulnerable if it is so or not recorded, the rest if it is recorded.
fn facts(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<(Kind, FactLine)> {
    let vocabulary = names.vocabulary;
    let summary = SUMMARY.iter().filter_map(|word| vocabulary.fact(word));
    let others = of_child(vocabulary)
        .filter(|(id, f)| *id != vocabulary.known.date_of_birth && !SUMMARY.contains(&f.id.as_str()));
    // What is kept from the viewer is not said to be missing.
    let (summary, others) =
        (summary.filter(|id| !record.hides(vocabulary, *id)), others.filter(|(id, _)| !record.hides(vocabulary, *id)));
    let mut found = Vec::new();
    for id in summary {
        found.push((Kind::Summary, fact_line(lens, record, names, id)));
    }
    for (id, fact) in others {
        let line = fact_line(lens, record, names, id);
        if makes_vulnerable(fact) {
            let asked = fact.if_silent == Value::Unknown && !line.known;
            if line.value == "Yes" || asked {
                found.push((Kind::Vulnerability, line));
            }
        } else if line.known {
            found.push((Kind::Other, line));
        }
    }
    found
}

/// The facts about the child that are recorded, and not worked out.
fn of_child(vocabulary: &Vocabulary) -> impl Iterator<Item = (FactId, &Fact)> {
    let all = vocabulary.facts.iter().enumerate().map(|(id, fact)| (FactId::at(id), fact));
    all.filter(|(_, f)| f.scope == Scope::Child && f.derived.is_none() && f.id.starts_with("child."))
}

/// Yes-no facts about the child that are neither status nor plan all say something that makes a child vulnerable,
/// but for what others may do about it.
fn makes_vulnerable(fact: &Fact) -> bool {
    let other = ["managed", "responsibility", "competent", "involved"];
    fact.kind == Type::YesNo && !other.iter().any(|word| fact.id.contains(word))
}

fn fact_line(lens: &Lens<'_>, record: &Record, names: &Names<'_>, id: FactId) -> FactLine {
    let fact = names.vocabulary.fact_at(id);
    let change = record.case.facts.at(id, lens.now).filter(|c| c.value != Value::Unknown);
    let words = |v: Value| value(names, lens.face, &record.file.words, (&fact.kind, &fact.answers), v);
    let entry = change.and_then(|c| match c.source {
        Source::Entry(entry) => Some(record.case.entry(entry).id.clone()),
        _ => None,
    });
    let value = words(change.map_or(Value::Unknown, |c| c.value));
    FactLine {
        fact: fact.id.clone(),
        label: labels::fact(fact),
        known: change.is_some(),
        since: super::facts::since(lens, change, &value),
        value,
        entry,
    }
}

fn placements(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<PlacementLine> {
    let vocabulary = names.vocabulary;
    let of = |p: &casebook::case_file::Placement, fact: &str| {
        let id = vocabulary.fact(fact)?;
        let (_, found) = p.facts.iter().find(|(f, _)| *f == id)?;
        let fact = vocabulary.fact_at(id);
        Some(value(names, lens.face, &record.file.words, (&fact.kind, &fact.answers), *found))
    };
    let mut found: Vec<_> = record.file.placements.iter().collect();
    found.sort_by_key(|p| std::cmp::Reverse(p.from));
    let current = found.iter().position(|p| p.from <= lens.now && p.until.is_none_or(|u| u > lens.now));
    let line = |(n, p): (usize, &&casebook::case_file::Placement)| PlacementLine {
        name: p.name.clone().unwrap_or_else(|| "Name not recorded".into()),
        kind: of(p, "placement.type").unwrap_or_default(),
        // An address often begins with the name of the house, which stands before it.
        address: p.address.as_deref().map(|a| without_name(a, p.name.as_deref())).unwrap_or_default(),
        host: of(p, "placement.host_authority").unwrap_or_default(),
        from: lens.face.when(p.from),
        until: p.until.map(|u| lens.face.when(u)),
        current: Some(n) == current,
    };
    found.iter().enumerate().map(line).collect()
}

/// Where the child was last seen or found, by what the entries say, each place once; unless these alone are asked for, also where the child came back
/// to and may be.
pub fn places(lens: &Lens<'_>, record: &Record, found_alone: bool) -> Vec<(String, When)> {
    let vocabulary = lens.rules.vocabulary();
    let mut found: Vec<(String, engine::time::Moment)> = Vec::new();
    let mut lines = lines_in_force(&record.file);
    // Whoever looks for the child is read where it was on other days; what is said of now stands beside that.
    let now = record.case.episodes.last().filter(|one| found_alone && one.end.is_none()).map(|one| one.start);
    lines.retain(|line| now.is_none_or(|now| line.occurred < now));
    lines.sort_by_key(|l| std::cmp::Reverse(l.occurred));
    let mut known: HashSet<String> = HashSet::new();
    for line in lines {
        for (field, text) in &line.texts {
            let text = text.trim();
            let of_event = vocabulary.event_at(line.event).fields.iter().find(|one| one.field == *field);
            let is_one = !text.is_empty()
                && of_event.is_some_and(|one| one.place || !found_alone && one.class == Class::Whereabouts);
            if is_one && found.len() < PLACES && known.insert(text.to_lowercase()) {
                found.push((text.to_string(), seen_at(vocabulary, line, *field).unwrap_or(line.occurred)));
            }
        }
    }
    found.into_iter().map(|(text, at)| (text, lens.face.when(at))).collect()
}

/// When it was that somebody was somewhere, where the entry says so of its own: `last_seen_at` beside `last_seen_where`.
fn seen_at(vocabulary: &Vocabulary, line: &EntryLine, field: FieldId) -> Option<engine::time::Moment> {
    let own = vocabulary.fields[field.place()].strip_suffix("_where")?;
    line.fields.iter().find_map(|(field, value)| match value {
        Value::Moment(at) if vocabulary.fields[field.place()].strip_suffix("_at") == Some(own) => Some(*at),
        _ => None,
    })
}

/// All episodes, latest first; each is worked out when it is asked for.
pub(crate) fn episodes<'a>(
    lens: &'a Lens<'a>,
    record: &'a Record,
    names: &'a Names<'a>,
) -> impl Iterator<Item = EarlierEpisode> + 'a {
    let numbers = (0..record.case.episodes.len()).rev().map(EpisodeNo::at);
    numbers.map(move |number| Facts { lens, record, names, number }.in_list())
}

fn summary(lens: &Lens<'_>, record: &Record) -> String {
    let since = lens.now.plus_minutes(-365 * 1440);
    let all = &record.case.certain().episodes;
    if all.is_empty() {
        return "No episode is recorded.".into();
    }
    let recent = all.iter().filter(|e| e.start > since && e.start <= lens.now);
    let lengths: Vec<i64> = recent.map(|e| e.end.unwrap_or(lens.now).minute() - e.start.minute()).collect();
    let longest = lengths.iter().max().map(|m| format!(", the longest {}", span(*m))).unwrap_or_default();
    format!("{} in the last 12 months{longest}.", count(lengths.len(), "episode", "episodes"))
}
