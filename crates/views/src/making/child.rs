//! The child: summary, placements, people, what is known, earlier episodes.

use super::child_years::{calendar, hours};
use super::duty_line::{self, Of};
use super::strip::Facts;
use super::{board, gaps, head, menu, summary as summarised};
use crate::asked::{Asked, evaluate_for};
use crate::words::{Names, count, span, value};
use crate::{ChildPage, EarlierEpisode, FactLine, Lens, PlacementLine, Record, Viewer, When};
use casebook::command::labels;
use engine::case::Source;
use engine::ids::EpisodeNo;
use engine::value::{Type, Value};
use engine::vocabulary::{Fact, FactId, Scope};
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

/// A child's page.
pub fn child(lens: &Lens<'_>, viewer: Viewer, record: &Record) -> ChildPage {
    let names = Names::of(lens.rules, &record.case, lens.now);
    let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Current);
    let open = record.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > lens.now)).map(|e| e.id.clone());
    let of = Of::record(record);
    let lines = evaluated.lines.iter().filter(|l| l.state.is_open());
    let lines = lines.filter(|l| {
        let episode = evaluated.duties[l.duties[0]].view.episode.as_ref();
        open.is_none() || episode != open.as_ref()
    });
    let mut duties: Vec<_> = lines.map(|l| duty_line::line(lens, of, &evaluated, l)).collect();
    duties.sort_by_key(duty_line::pressing);
    let decides = gaps::decides(lens, record, &evaluated, evaluated.lines.iter());
    let last = open.as_ref().and_then(|_| summarised::summaries(&names, &record.case, &evaluated, lens.now).pop());
    let open_line = last.map(|episode| board::line(lens, head(lens, record), &episode));
    let facts = facts(lens, record, &names);
    let of_kind =
        |kind: Kind| facts.iter().filter(|(k, _)| *k == kind).map(|(_, line)| line.clone()).collect::<Vec<_>>();
    let episodes = episodes(lens, record, &names);
    let (calendar_from, calendar_until, days) = calendar(lens, &record.case);
    ChildPage {
        viewer,
        child: head(lens, record),
        half_filled: 0,
        photograph: super::photograph::shown(lens, record),
        version: record.version,
        open: open_line,
        duties,
        decides,
        summary: of_kind(Kind::Summary),
        vulnerabilities: of_kind(Kind::Vulnerability),
        facts: of_kind(Kind::Other),
        placements: placements(lens, record, &names),
        people: super::around::people(lens, record, &names),
        particulars: super::particulars(record),
        places: places(lens, record),
        episodes_summary: summary(&episodes),
        episodes,
        calendar: days,
        calendar_from,
        calendar_until,
        hours: hours(lens, &record.case),
        menu: menu::menu(lens, &names, record, &evaluated, open.is_some()),
    }
}

/// What makes the child vulnerable, by what is recorded.
pub fn vulnerabilities(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<String> {
    let facts = facts(lens, record, names).into_iter();
    facts.filter(|(kind, line)| *kind == Kind::Vulnerability && line.known).map(|(_, line)| line.label).collect()
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
    let others = vocabulary.facts.iter().enumerate().map(|(id, f)| (FactId::at(id), f));
    let others = others.filter(|(_, f)| f.scope == Scope::Child && f.derived.is_none() && f.id.starts_with("child."));
    let others = others.filter(|(id, f)| *id != vocabulary.known.date_of_birth && !SUMMARY.contains(&f.id.as_str()));
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
    FactLine {
        fact: fact.id.clone(),
        label: labels::fact(fact),
        value: words(change.map_or(Value::Unknown, |c| c.value)),
        known: change.is_some(),
        since: change.filter(|c| c.at > engine::time::Moment::EVER).map(|c| lens.face.when(c.at)),
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
        address: p.address.clone().unwrap_or_default(),
        host: of(p, "placement.host_authority").unwrap_or_default(),
        from: lens.face.when(p.from),
        until: p.until.map(|u| lens.face.when(u)),
        current: Some(n) == current,
    };
    found.iter().enumerate().map(line).collect()
}

/// Where the child was last seen, found or returned to, by what the entries say, each place once.
pub fn places(lens: &Lens<'_>, record: &Record) -> Vec<(String, When)> {
    let vocabulary = lens.rules.vocabulary();
    let is_place = |id: &str| id.split('_').any(|part| part == "where" || part == "whereabouts");
    let searched = vocabulary.event("search.made");
    let mut found: Vec<(String, engine::time::Moment)> = Vec::new();
    let mut lines: Vec<_> =
        record.file.chronology.iter().filter(|l| !l.withdrawn && Some(l.event) != searched).collect();
    lines.sort_by_key(|l| std::cmp::Reverse(l.occurred));
    let mut known: HashSet<String> = HashSet::new();
    for line in lines {
        for (field, text) in &line.texts {
            let text = text.trim();
            let is_one = is_place(&vocabulary.fields[field.place()]) && !text.is_empty();
            if is_one && found.len() < PLACES && known.insert(text.to_lowercase()) {
                found.push((text.to_string(), line.occurred));
            }
        }
    }
    found.into_iter().map(|(text, at)| (text, lens.face.when(at))).collect()
}

/// All episodes, latest first.
pub(crate) fn episodes(lens: &Lens<'_>, record: &Record, names: &Names<'_>) -> Vec<EarlierEpisode> {
    let numbers = (0..record.case.episodes.len()).rev().map(EpisodeNo::at);
    numbers.map(|number| Facts { lens, record, names, number }.in_list()).collect()
}

fn summary(episodes: &[EarlierEpisode]) -> String {
    const YEAR: i64 = 365 * 1440;
    let recent: Vec<&EarlierEpisode> = episodes.iter().filter(|e| e.started.minutes > -YEAR).collect();
    if episodes.is_empty() {
        return "No episode is recorded.".into();
    }
    let length = |e: &&EarlierEpisode| e.ended.as_ref().map_or(0, |end| end.minutes) - e.started.minutes;
    let longest = recent.iter().map(length).max().map(|m| format!(", the longest {}", span(m))).unwrap_or_default();
    format!("{} in the last 12 months{longest}.", count(recent.len(), "episode", "episodes"))
}
