//! Cover: outside the office hours that an area's rulebook gives, the duties of some roles stand with whoever covers as well. When the cover
//! ends, what is left is handed over.

use crate::app::{App, micros};
use crate::authorise::{Actor, Verb, authorise};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::post::rules;
use crate::queries::lines_of;
use crate::refused::{Refused, Result};
use engine::rulebook::Rulebook;
use engine::time::Moment;
use policy::Act;
use std::sync::PoisonError;
use store::Handover;
use views::making::PAGE;
use views::seen_to::{apart, lists_of};
use views::{DutyLine, Viewer};

/// Office hours are looked for in steps of so many minutes, for so many days.
pub(crate) const STEP: i64 = 5;
const DAYS: i64 = 7;
/// So long after a cover has ended it is said on the home page that something may be left.
const SAID: i64 = 4 * 60;
/// So many duties are listed.
const LISTED: i64 = 300;

/// A cover: from the end of office hours to their next beginning.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Period {
    /// Its beginning.
    pub from: Moment,
    /// Its end.
    pub until: Moment,
}

/// The page on which a cover is handed over, and read by whoever takes over.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct HandoverPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// `from Fri 9 Jan 2026 17:30 until Mon 12 Jan 2026 09:00`.
    pub period: String,
    /// The viewer covers, and hands over.
    pub covers: bool,
    /// What is left, the most pressing first.
    pub lines: Vec<DutyLine>,
    /// How much is left.
    pub count: usize,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// There is more than is counted.
    pub more: bool,
    /// What was said by those who handed over since the cover began: when and by whom, and their words.
    pub said: Vec<(String, String)>,
}

/// The edition of an area's rulebook that is in force at a moment.
fn book<'a>(app: &'a App, area: &str, at: Moment) -> Option<&'a Rulebook> {
    let day = app.rules.vocabulary().calendar.date(at);
    let of_area = || app.rules.library.rulebooks.iter().filter(|b| b.kind == "area" && b.area == area);
    let in_force = |b: &&Rulebook| b.in_force_from <= day && b.in_force_until.is_none_or(|until| day < until);
    of_area().rfind(in_force).or_else(|| of_area().next_back())
}

/// Are these office hours in an area? None where nothing says.
pub(crate) fn is_open(app: &App, area: &str, at: Moment) -> Option<bool> {
    let set = app.set.lock().unwrap_or_else(PoisonError::into_inner);
    let hours = book(app, area, at)?.office_hours(set.hours.get(area).map_or(&[], Vec::as_slice), at)?;
    Some(hours.cover(&app.rules.vocabulary().calendar, at))
}

/// The cover at a moment or, within office hours, the one that ended last.
pub fn period(app: &App, area: &str, at: Moment) -> Option<Period> {
    // Office hours begin and end at full minutes that the steps meet.
    let start = Moment(at.0.div_euclid(STEP * 60) * STEP * 60);
    let steps = DAYS * 24 * 60 / STEP;
    let back = |from: Moment, open: bool| {
        let found = (1..=steps).map(|n| from.plus_minutes(-n * STEP)).find(|at| is_open(app, area, *at) == Some(open));
        found.map(|before| before.plus_minutes(STEP))
    };
    if is_open(app, area, start)? {
        let until = back(start, false)?;
        return Some(Period { from: back(until, true)?, until });
    }
    let until = (1..=steps).map(|n| start.plus_minutes(n * STEP)).find(|at| is_open(app, area, *at) == Some(true))?;
    Some(Period { from: back(start, true)?, until })
}

/// The owners whose duties stand with this person at this moment, since they cover.
pub(crate) fn covered(app: &App, actor: &Actor, at: Moment) -> Vec<String> {
    if !covers_at(app, &actor.role, actor.area(), at) {
        return Vec::new();
    }
    rules().covered_by(&actor.role).map(str::to_owned).collect()
}

/// Does whoever has this role, in an agency of this area, cover at this moment?
fn covers_at(app: &App, role: &str, area: Option<&str>, at: Moment) -> bool {
    rules().covered_by(role).next().is_some() && area.and_then(|area| is_open(app, area, at)) == Some(false)
}

/// Is it outside a cover that somebody has, whose role is there for covering? What they may do in the place of others they then leave to those.
pub(crate) fn rests(app: &App, role: &str, area: Option<&str>) -> bool {
    rules().covered_by(role).next().is_some() && !covers_at(app, role, area, app.now())
}

/// What the home page says of a cover: to whoever covers, that it is to be handed over; to whoever takes over, that something may be left.
pub(crate) fn said_at_home(app: &App, actor: &Actor, at: Moment) -> Option<String> {
    let covers = rules().covered_by(&actor.role).next().is_some();
    let is_covered = rules().covers(&actor.role).is_some();
    if !covers && !is_covered {
        return None;
    }
    let period = period(app, actor.area()?, at)?;
    let clock = |at: Moment| app.rules.vocabulary().calendar.local(at).strftime("%H:%M").to_string();
    if period.until.0 > at.0 {
        let says = format!("You cover until {}. Hand over what is left when it ends.", clock(period.until));
        return covers.then_some(says);
    }
    let lately = at.0 - period.until.0 < SAID * 60;
    lately.then(|| format!("The cover ended at {}. See what is left of it.", clock(period.until)))
}

/// What is left of the cover of now, or of the one that ended last: a page of it, from 1.
pub async fn page(app: &App, actor: &Actor, page: usize) -> Result<HandoverPage> {
    let lens = lens(app, actor);
    let covers: Vec<String> = rules().covered_by(&actor.role).map(str::to_owned).collect();
    let owners =
        if covers.is_empty() { lens.who.own.clone() } else { lists_of(app.rules.vocabulary(), "", covers.clone()) };
    let covered = |owner: &String| rules().covers(apart(owner).0).is_some();
    if covers.is_empty() && !owners.iter().any(covered) {
        return Err(Refused::NotAllowed("Nobody covers for your post, and you cover for nobody.".into()));
    }
    let period = actor.area().and_then(|area| period(app, area, lens.now));
    let period = period.ok_or_else(|| Refused::NotAllowed(no_hours()))?;
    let permit = authorise(app, actor, Verb::Do(Act::List), None).await?;
    let rows = app.store.duties_of_roles(&permit.scope, &owners, app.now_us(), LISTED).await?;
    let more = rows.len() as i64 == LISTED;
    let rows: Vec<_> = rows
        .into_iter()
        .filter(|r| r.owner.as_ref().is_some_and(covered) && r.arises_us <= micros(period.until))
        .collect();
    let (count, pages) = (rows.len(), rows.len().div_ceil(PAGE).max(1));
    let page = page.clamp(1, pages);
    let rows: Vec<_> = rows.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    note_list(app, actor, &permit, "handover", rows.iter().map(|r| r.child_id.as_str())).await?;
    let calendar = &app.rules.vocabulary().calendar;
    let mut said = Vec::new();
    for one in app.store.handovers(micros(period.from)).await? {
        let by = app.store.person(&one.made_by).await?.map(|p| p.name).unwrap_or_default();
        let agency = app.agency_name(&one.agency).await?;
        said.push((format!("{by}, {agency}, {}", calendar.words(crate::app::moment(one.made_us))), one.note));
    }
    Ok(HandoverPage {
        viewer: framed(app, actor, &lens).await?,
        period: format!("from {} until {}", calendar.words(period.from), calendar.words(period.until)),
        covers: !covers.is_empty(),
        lines: lines_of(app, &lens, rows),
        count,
        page,
        pages,
        more,
        said,
    })
}

fn no_hours() -> String {
    "Nothing says when office hours are: your agency has no area, or its rulebook gives none. Ask whoever keeps the agencies.".into()
}

/// Hands over: says to whoever takes over what they have to know.
pub async fn hand_over(app: &App, actor: &Actor, note: &str) -> Result<()> {
    if rules().covered_by(&actor.role).next().is_none() {
        return Err(Refused::NotAllowed("You cover for nobody.".into()));
    }
    let period = actor.area().and_then(|area| period(app, area, app.now()));
    let period = period.ok_or_else(|| Refused::NotAllowed(no_hours()))?;
    let note = note.trim();
    if note.is_empty() || note.chars().count() > 4000 {
        return Err(crate::post::problem(
            "note",
            "Say what whoever takes over has to know, in at most 4,000 characters",
        ));
    }
    let handover = Handover {
        id: app.new_id(),
        agency: actor.agency.clone(),
        from_us: micros(period.from),
        until_us: micros(period.until),
        made_by: actor.person.clone(),
        made_us: app.now_us(),
        note: note.into(),
        body: "{}".into(),
    };
    Ok(app.store.handover_put(&handover).await?)
}
