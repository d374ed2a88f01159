//! The child: summary, placements, people, what is known, earlier episodes.

use super::child_years::{calendar, hours};
use super::duty_line::{self, Of};
use super::strip::Facts;
use super::{Lens, head_of, menu};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise, note};
use crate::case::{Asked, Loaded, evaluate, load};
use crate::refused::Result;
use crate::views::{ChildPage, EarlierEpisode, FactLine, PersonLine, PlacementLine, When};
use crate::words::{Names, count, span, value};
use casebook::command::labels;
use engine::case::Source;
use engine::value::{Type, Value};
use engine::vocabulary::{Fact, FactId, Scope};

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
pub async fn child(app: &App, actor: &Actor, child: &str) -> Result<ChildPage> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    note(app, &permit, "child").await?;
    let lens = Lens::new(app, actor);
    let loaded = load(app, &permit).await?;
    let names = Names::of(&app.rules, &loaded.case, lens.now);
    let evaluated = evaluate(&app.rules, &loaded.case, lens.now, lens.now, Asked::Current);
    let open = loaded.case.episodes.last().filter(|e| e.end.is_none_or(|end| end > lens.now)).map(|e| e.id.clone());
    let of = Of { id: child, name: &loaded.base.name };
    let lines = evaluated.lines.iter().filter(|l| l.state.is_open());
    let lines = lines.filter(|l| {
        let episode = evaluated.duties[l.duties[0]].view.episode.as_ref();
        open.is_none() || episode != open.as_ref()
    });
    let mut duties: Vec<_> = lines.map(|l| duty_line::line(&lens, of, &evaluated, l)).collect();
    duties.sort_by_key(duty_line::pressing);
    let board = if open.is_some() { app.store.board(&permit.scope).await? } else { Vec::new() };
    let open_line = board.iter().find(|b| b.child_id == child).map(|b| super::board::line(&lens, b));
    let facts = facts(&lens, &loaded, &names);
    let of_kind =
        |kind: Kind| facts.iter().filter(|(k, _)| *k == kind).map(|(_, line)| line.clone()).collect::<Vec<_>>();
    let episodes = episodes(&lens, &loaded, &names);
    let (calendar_from, calendar_until, days) = calendar(&lens, &loaded.case);
    Ok(ChildPage {
        viewer: lens.viewer().await?,
        child: head_of(&lens, &loaded),
        photograph: super::photograph::shown(&lens, &loaded),
        version: loaded.record.version,
        open: open_line,
        duties,
        summary: of_kind(Kind::Summary),
        vulnerabilities: of_kind(Kind::Vulnerability),
        facts: of_kind(Kind::Other),
        placements: placements(&lens, &loaded, &names),
        people: people(&loaded, &names),
        places: places(&lens, &loaded),
        episodes_summary: summary(&episodes),
        episodes,
        calendar: days,
        calendar_from,
        calendar_until,
        hours: hours(&lens, &loaded.case),
        menu: menu::menu(&lens, &names, &evaluated, open.is_some()),
    })
}

/// What makes the child vulnerable, by what is recorded.
pub(crate) fn facts_of(lens: &Lens<'_>, loaded: &Loaded, names: &Names<'_>) -> Vec<String> {
    let facts = facts(lens, loaded, names).into_iter();
    facts.filter(|(kind, line)| *kind == Kind::Vulnerability && line.known).map(|(_, line)| line.label).collect()
}

/// What matters first, as labels and values; only what is recorded.
pub(crate) fn summary_facts(lens: &Lens<'_>, loaded: &Loaded, names: &Names<'_>) -> Vec<(String, String)> {
    let facts = facts(lens, loaded, names).into_iter();
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
fn facts(lens: &Lens<'_>, loaded: &Loaded, names: &Names<'_>) -> Vec<(Kind, FactLine)> {
    let vocabulary = names.vocabulary;
    let summary = SUMMARY.iter().filter_map(|word| vocabulary.fact(word));
    let others = vocabulary.facts.iter().enumerate().map(|(id, f)| (FactId(id as u16), f));
    let others = others.filter(|(_, f)| f.scope == Scope::Child && f.derived.is_none() && f.id.starts_with("child."));
    let others = others.filter(|(id, f)| *id != vocabulary.known.date_of_birth && !SUMMARY.contains(&f.id.as_str()));
    let mut found = Vec::new();
    for id in summary {
        found.push((Kind::Summary, fact_line(lens, loaded, names, id)));
    }
    for (id, fact) in others {
        let line = fact_line(lens, loaded, names, id);
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

fn fact_line(lens: &Lens<'_>, loaded: &Loaded, names: &Names<'_>, id: FactId) -> FactLine {
    let fact = names.vocabulary.fact_at(id);
    let change = loaded.case.facts.at(id, lens.now).filter(|c| c.value != Value::Unknown);
    let words = |v: Value| value(names, lens.face, &loaded.file.words, (&fact.kind, &fact.answers), v);
    let entry = change.and_then(|c| match c.source {
        Source::Entry(entry) => Some(loaded.case.entry(entry).id.clone()),
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

fn placements(lens: &Lens<'_>, loaded: &Loaded, names: &Names<'_>) -> Vec<PlacementLine> {
    let vocabulary = names.vocabulary;
    let of = |p: &casebook::case_file::Placement, fact: &str| {
        let id = vocabulary.fact(fact)?;
        let (_, found) = p.facts.iter().find(|(f, _)| *f == id)?;
        let fact = vocabulary.fact_at(id);
        Some(value(names, lens.face, &loaded.file.words, (&fact.kind, &fact.answers), *found))
    };
    let mut found: Vec<_> = loaded.file.placements.iter().collect();
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

fn people(loaded: &Loaded, names: &Names<'_>) -> Vec<PersonLine> {
    let child = engine::words::sym("child");
    let around = loaded.file.people.iter().filter(|p| p.role != Some(child));
    let line = |p: &casebook::case_file::Person| PersonLine {
        name: p.name.clone().unwrap_or_else(|| "Name not recorded".into()),
        role: p
            .role
            .and_then(|r| names.vocabulary.word(r))
            .map(|w| labels::capital(&names.role(w)))
            .unwrap_or_default(),
        phone: p.phone.clone().unwrap_or_default(),
        email: p.email.clone().unwrap_or_default(),
        address: p.address.clone().unwrap_or_default(),
        more: p.facts.iter().map(|(key, value)| (labels::written(key), value.clone())).collect(),
    };
    around.map(line).collect()
}

/// Where the child was last seen, found or returned to, by what the entries say, each place once.
pub(crate) fn places(lens: &Lens<'_>, loaded: &Loaded) -> Vec<(String, When)> {
    let vocabulary = lens.app.rules.vocabulary();
    let is_place = |id: &str| id.split('_').any(|part| part == "where" || part == "whereabouts");
    let searched = vocabulary.event("search.made");
    let mut found: Vec<(String, engine::time::Moment)> = Vec::new();
    let mut lines: Vec<_> =
        loaded.file.chronology.iter().filter(|l| !l.withdrawn && Some(l.event) != searched).collect();
    lines.sort_by_key(|l| std::cmp::Reverse(l.occurred));
    for line in lines {
        for (field, text) in &line.texts {
            let text = text.trim();
            let new = !found.iter().any(|(known, _)| known.to_lowercase() == text.to_lowercase());
            if is_place(&vocabulary.fields[field.0 as usize]) && !text.is_empty() && new {
                found.push((text.to_string(), line.occurred));
            }
        }
    }
    found.truncate(PLACES);
    found.into_iter().map(|(text, at)| (text, lens.face.when(at))).collect()
}

/// All episodes, latest first.
pub(super) fn episodes(lens: &Lens<'_>, loaded: &Loaded, names: &Names<'_>) -> Vec<EarlierEpisode> {
    let numbers = (0..loaded.case.episodes.len() as u32).rev();
    numbers.map(|number| Facts { lens, loaded, names, number }.in_list()).collect()
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
