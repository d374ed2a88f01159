//! Silence is watched: where a child is gone and nobody records anything for some hours, somebody is told, once, though no protocol gives a
//! limit. How long is a setting (`policy/silence.toml`).

use crate::app::{App, micros, moment};
use crate::authorise::{Actor, Verb, authorise, scope};
use crate::cover;
use crate::refused::{Refused, Result};
use crate::setting::silences;
use policy::Act;
use serde::Deserialize;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;
use store::{BoardRow, HeldPost};
use views::words::span;
use views::{BoardLine, Lens, SilenceLine};

static SETTING: LazyLock<Setting> = LazyLock::new(|| {
    let text = include_str!("../../../policy/silence.toml");
    toml::from_str(text).unwrap_or_else(|e| panic!("policy/silence.toml: {e}"))
});

/// So many episodes are looked at in one go.
const BATCH: i64 = 200;

/// When somebody is told, and who.
#[derive(Deserialize, Clone, Debug)]
#[serde(deny_unknown_fields)]
struct Setting {
    within_minutes: i64,
    high_risk_within_minutes: i64,
    by_day: Vec<String>,
    by_night: Vec<String>,
}

impl Setting {
    fn minutes(&self, risk: Option<&str>) -> i64 {
        if risk == Some("high") { self.high_risk_within_minutes } else { self.within_minutes }
    }
}

/// Looks for episodes that have become silent, and tells of each. Gives how many this worker told of.
pub(crate) async fn watch(app: &App) -> Result<usize> {
    let now = app.now();
    let before = |minutes: i64| micros(now.plus_minutes(-minutes));
    // With it the office hours that areas have set are read, on which it hangs who is told.
    // Looked for by the shortest that anybody has set; then each goes by its own area.
    let set = silences(app).await?;
    let shortest = |high: bool, own: i64| {
        set.iter().filter(|((_, of), _)| *of == high).map(|(_, minutes)| *minutes).fold(own, i64::min)
    };
    let usual = before(shortest(false, SETTING.within_minutes));
    let high = before(shortest(true, SETTING.high_risk_within_minutes));
    let mut told = 0;
    for silent in app.store.silent(usual, high, BATCH).await? {
        let limit = limit(app, &set, &silent.child_id, silent.risk.as_deref()).await?;
        if now.minute() - moment(silent.since_us).minute() < limit {
            continue;
        }
        let people: Vec<String> = people(app, &silent.child_id).await?.into_iter().collect();
        if people.is_empty() {
            tracing::warn!(child = %silent.child_id, "nothing is recorded, and there is nobody to tell of it");
        } else if app.store.silence_raise(&silent, &people, app.now_us()).await? {
            told += 1;
        }
    }
    Ok(told)
}

/// After how many minutes somebody is told of this child: by what the area has set whose agencies work with the child, the shortest of them;
/// else by the server's own setting.
async fn limit(app: &App, set: &HashMap<(String, bool), i64>, child: &str, risk: Option<&str>) -> Result<i64> {
    let own = SETTING.minutes(risk);
    if set.is_empty() {
        return Ok(own);
    }
    let areas = app.store.agencies_of_child(child).await?.into_iter().filter_map(|agency| agency.area);
    Ok(areas.filter_map(|area| set.get(&(area, risk == Some("high"))).copied()).min().unwrap_or(own))
}

/// Who is told of the silence about a child.
async fn people(app: &App, child: &str) -> Result<BTreeSet<String>> {
    let now = app.now_us();
    let mut held: Vec<HeldPost> = Vec::new();
    for agency in app.store.agencies_of_child(child).await? {
        held.extend(app.store.posts_of_agency(&agency.id).await?.into_iter().filter(|one| one.post.holds_at(now)));
    }
    let area = held.iter().find_map(|one| one.agency_area.clone());
    let roles: Vec<&String> = match area.and_then(|area| cover::is_open(app, &area, app.now())) {
        Some(true) => SETTING.by_day.iter().chain(&SETTING.by_night).collect(),
        Some(false) => SETTING.by_night.iter().chain(&SETTING.by_day).collect(),
        // Where nobody knows the office hours, whoever comes first by night is there by day as well.
        None => SETTING.by_night.iter().chain(&SETTING.by_day).collect(),
    };
    let of_role =
        |role: &&String| held.iter().filter(|one| one.post.role == **role).map(|one| one.post.person.clone()).collect();
    let first = roles.iter().map(of_role).find(|found: &Vec<String>| !found.is_empty()).unwrap_or_default();
    let allocated = app.store.allocations_of_child(child).await?.into_iter();
    let allocated = allocated.filter(|one| one.until_us.is_none()).filter_map(|one| one.person);
    let mut people = BTreeSet::new();
    for person in first.into_iter().chain(allocated) {
        if app.store.person(&person).await?.is_some_and(|person| person.active) {
            people.insert(person);
        }
    }
    Ok(people)
}

/// Marks lines of the board, each beside its row: how long nothing has been recorded, whether that is too long, and who was told of it.
pub(crate) async fn mark(app: &App, lens: &Lens<'_>, rows: &[BoardRow], lines: &mut [BoardLine]) -> Result<()> {
    let set = silences(app).await?;
    let mut silent = Vec::new();
    for (row, line) in rows.iter().zip(&mut *lines).filter(|(row, _)| row.episode.last_recorded_us.is_some()) {
        measure(lens, row, line, limit(app, &set, &row.child_id, row.episode.risk.as_deref()).await?);
        if line.silent {
            silent.push(row.child_id.clone());
        }
    }
    let told = app.store.silences_told_of(&silent).await?;
    for (row, line) in rows.iter().zip(lines).filter(|(_, line)| line.silent) {
        line.told = names_of(&told, &row.child_id);
    }
    Ok(())
}

/// What is known of the silence about a child that is gone, whoever looks: after how many minutes somebody is told, and who was.
pub(crate) struct Hush {
    within: i64,
    told: String,
}

/// What is known of it for the line of a board.
pub(crate) async fn hush(app: &App, row: &BoardRow) -> Result<Hush> {
    let set = silences(app).await?;
    let within = limit(app, &set, &row.child_id, row.episode.risk.as_deref()).await?;
    let told = app.store.silences_told_of(std::slice::from_ref(&row.child_id)).await?;
    Ok(Hush { within, told: names_of(&told, &row.child_id) })
}

/// As [`mark`], of one line, by what is known of it.
pub(crate) fn mark_one(lens: &Lens<'_>, row: &BoardRow, hush: &Hush, line: &mut BoardLine) {
    measure(lens, row, line, hush.within);
    if line.silent {
        line.told.clone_from(&hush.told);
    }
}

fn measure(lens: &Lens<'_>, row: &BoardRow, line: &mut BoardLine, within: i64) {
    let Some(recorded) = row.episode.last_recorded_us.map(moment) else { return };
    let minutes = lens.now.minute() - recorded.minute();
    line.silent_for = span(minutes);
    line.silent = minutes >= within;
}

fn names_of(told: &[store::Silence], child: &str) -> String {
    let of_child = told.iter().filter(|one| one.child_id == child);
    of_child.map(|one| one.told.as_str()).collect::<Vec<_>>().join(", ")
}

/// The silences that this person was told of and that stand.
pub(crate) async fn of_person(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<Vec<SilenceLine>> {
    let found = app.store.silences_of(&scope(app, actor)).await?;
    let line = |one: store::Silence| SilenceLine {
        child: one.child_id,
        child_name: one.child_name,
        episode: one.episode_id,
        since: lens.face.when(moment(one.since_us)),
        silent_for: span(lens.now.minute() - moment(one.since_us).minute()),
        raised: lens.face.when(moment(one.raised_us)),
        seen: one.seen_us.is_some(),
    };
    Ok(found.into_iter().map(line).collect())
}

/// Notes that this person has seen that nothing is recorded.
pub async fn seen(app: &App, actor: &Actor, child: &str, episode: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Acknowledge), Some(child)).await;
    let permit = permit
        .map_err(|refused| if matches!(refused, Refused::NotAllowed(_)) { Refused::NotFound } else { refused })?;
    Ok(app.store.silence_seen(&permit.child, episode, &permit.person, app.now_us()).await?)
}
