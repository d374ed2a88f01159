//! The episode: what is so, who must do what, what happened, what will come. Each list in parts: the first of it here, the rest on pages of
//! their own, so that a page is small however long the record is.

use super::at_hand::Hand;
use super::duty_line::{self, Of};
use super::meetings::{self, Meetings};
use super::strip::Facts;
use super::timeline::{Teller, Told, clipped, timeline_of};
use super::todo::{PAGE, ordered, part_of};
use super::{gaps, head, menu, pattern};
use crate::asked::{Asked, Evaluated, One, evaluate, evaluate_for};
use crate::words::{Clockface, Names};
use crate::{
    AgencyGroup, Coming, ComingWhat, DutyLine, EpisodePage, EpisodePart, EpisodePartPage, EventLink, Lens, Meeting,
    Record, TimelineItem, TodoPart, Viewer,
};
use casebook::case_file::EntryLine;
use casebook::command::labels;
use engine::evaluate::State;
use engine::ids::{BookNo, EpisodeNo, LineNo, RuleNo};
use engine::time::Moment;
use engine::vocabulary::{EpisodeEffect, Vocabulary};
use engine::words::sym;

/// How far ahead is looked, in minutes: two days of an open episode, two weeks of one that has ended.
const AHEAD_OPEN: i64 = 2 * 1440;
const AHEAD_ENDED: i64 = 14 * 1440;
/// So many things to come are listed.
const COMING: usize = 6;
/// So many of the viewer's own stand open, and so many more are folded.
const OPEN: usize = 5;
const FOLDED: usize = 12;
/// So many of each other agency are folded.
const OF_OTHERS: usize = 4;
/// So many entries, meetings and things done are shown.
const ENTRIES: usize = 12;
const MEETINGS: usize = 2;
const DONE: usize = 8;
/// So many entries, or meetings, are on a page of them.
const ENTRIES_OF_PAGE: usize = 20;
const MEETINGS_OF_PAGE: usize = 8;
/// So many things to look at are said.
const WARNINGS: usize = 5;
/// So many events are offered to be recorded.
const LIKELY: usize = 5;

/// An episode of a child, looked at.
struct Looked<'a> {
    lens: &'a Lens<'a>,
    record: &'a Record,
    names: Names<'a>,
    number: EpisodeNo,
    evaluated: Evaluated,
}

impl<'a> Looked<'a> {
    fn at(lens: &'a Lens<'a>, record: &'a Record, episode: &str) -> Option<Looked<'a>> {
        let number = EpisodeNo::at(record.case.episodes.iter().position(|e| e.id == episode)?);
        let names = Names::of(lens.rules, &record.case, lens.now);
        let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Episode(number));
        Some(Looked { lens, record, names, number, evaluated })
    }

    fn facts(&self) -> Facts<'_> {
        Facts { lens: self.lens, record: self.record, names: &self.names, number: self.number }
    }

    fn lines(&self, wanted: impl Fn(State) -> bool) -> Vec<DutyLine> {
        let of = Of::record(self.record);
        let lines = self.evaluated.lines.iter().filter(|line| wanted(line.state));
        lines.map(|line| duty_line::line(self.lens, of, &self.evaluated, line)).collect()
    }

    /// What is due, or may be, in order.
    fn open(&self) -> Vec<DutyLine> {
        ordered(self.lines(State::is_open))
    }

    /// Done, lapsed and waived, latest first.
    fn past(&self) -> Vec<DutyLine> {
        let mut past = self.lines(|s| !s.is_open() && s != State::Upcoming);
        past.sort_by_key(|l| std::cmp::Reverse(l.done.as_ref().map(|d| d.minutes)));
        past
    }
}

/// An episode of a child; none if there is no such episode.
pub fn episode(lens: &Lens<'_>, viewer: Viewer, record: &Record, episode: &str) -> Option<EpisodePage> {
    let looked = Looked::at(lens, record, episode)?;
    let Looked { names, number, evaluated, .. } = &looked;
    let strip = looked.facts().strip();
    let past = looked.past();
    let teller = Teller::new(lens, record, names);
    let order = teller.order(*number);
    let groups = menu::menu(lens, names, record, evaluated, strip.open);
    let all_meetings = meetings_of(&looked, &teller, &order, &groups);
    let mut warnings = teller.warnings_of(&order);
    warnings.truncate(WARNINGS);
    let hand = Hand { lens, record, names };
    let ahead = if strip.open { AHEAD_OPEN } else { AHEAD_ENDED };
    let (due, rest): (Vec<_>, Vec<_>) = looked.open().into_iter().partition(|line| part_of(line) == TodoPart::Due);
    let unknown = rest.iter().filter(|line| part_of(line) == TodoPart::Unknown).count();
    // The page of all that is due ends with what one may do; its link says how many lines it has.
    let (nothing_due, due_count) = (due.is_empty(), due.len() + rest.len() - unknown);
    // While it is not yet known whose call to the police it is, it is for whoever reads this.
    let is_mine = |line: &DutyLine| line.mine || line.alarm && line.owner.is_empty();
    let (mut mine, others): (Vec<_>, Vec<_>) = due.into_iter().partition(is_mine);
    let report = mine.iter().chain(&others).find(|line| line.alarm).and_then(|line| line.doing.clone());
    let mine_count = mine.len();
    let mut folded = mine.split_off(OPEN.min(mine.len()));
    folded.truncate(FOLDED);
    let last = order.iter().map(|(place, line)| line.recorded.max(record.file.chronology[place.place()].recorded));
    Some(EpisodePage {
        decides: gaps::decides(lens, record, evaluated, evaluated.lines.iter()),
        viewer,
        child: head(lens, record),
        half_filled: 0,
        episode: episode.into(),
        version: record.version,
        // What is due from others, whoever works with the child no more does not see.
        nothing_due: nothing_due && record.left.is_none(),
        due_count,
        mine,
        folded,
        mine_count,
        others: by_agency(names, others, &past),
        unknown,
        back: groups.iter().flat_map(|g| &g.events).find(|e| ends(names.vocabulary, e)).cloned(),
        report,
        silent_for: last.max().filter(|_| strip.open).map(|at| Clockface::between(at, lens.now)).unwrap_or_default(),
        pattern: pattern::pattern(lens, record),
        past_count: past.len(),
        past: past.into_iter().take(DONE).collect(),
        coming: coming(lens, record, *number, lens.now.plus_minutes(ahead)),
        warnings,
        ring: super::to_ring(lens, record, names),
        ringing: hand.ringing(evaluated, *number),
        offers: hand.offers(Some(*number), None),
        protocols: hand.protocols(),
        menu: menu::likely(&groups, LIKELY),
        meetings: all_meetings.into_iter().rev().take(MEETINGS).rev().collect(),
        rulebooks: names.books().iter().map(|b| format!("{}, edition {}", b.title, b.edition)).collect(),
        timeline_count: order.len(),
        timeline: order
            .iter()
            .take(ENTRIES)
            .map(|(place, _)| clipped(teller.told(*place).item, &timeline_of(&record.id, episode)))
            .collect(),
        strip,
    })
}

/// Does recording this end the episode?
fn ends(vocabulary: &Vocabulary, link: &EventLink) -> bool {
    vocabulary.event(&link.event).is_some_and(|id| vocabulary.event_at(id).episode == EpisodeEffect::Ends)
}

fn meetings_of(
    looked: &Looked<'_>,
    teller: &Teller<'_>,
    order: &[(LineNo, &EntryLine)],
    menu: &[crate::EventGroup],
) -> Vec<Meeting> {
    let vocabulary = looked.names.vocabulary;
    let of_meetings = order.iter().filter(|(_, line)| meetings::is_of(&vocabulary.event_at(line.event).id));
    let (child, episode) = (&looked.record.id, looked.facts().episode().id.clone());
    let told = |place| {
        let Told { line, item } = teller.told(place);
        Told { line, item: clipped(item, &timeline_of(child, &episode)) }
    };
    let told: Vec<Told<'_>> = of_meetings.map(|(place, _)| told(*place)).collect();
    Meetings { vocabulary, face: looked.lens.face, menu }.of(&told)
}

/// A part of an episode, page by page; `entry` asks for the page on which an entry stands. None if there is no such episode.
pub fn episode_part(
    lens: &Lens<'_>,
    viewer: Viewer,
    record: &Record,
    (episode, part): (&str, EpisodePart),
    (page, entry): (usize, &str),
) -> Option<EpisodePartPage> {
    let looked = Looked::at(lens, record, episode)?;
    let made = EpisodePartPage {
        viewer,
        child: head(lens, record),
        episode: episode.into(),
        part,
        title: title(part).into(),
        headline: looked.facts().strip().headline,
        ..EpisodePartPage::default()
    };
    if part == EpisodePart::Timeline {
        let teller = Teller::new(lens, record, &looked.names);
        let order = teller.order(looked.number);
        let (stretch, items) = entries_of_page(&teller, order, (page, entry), &timeline_of(&record.id, episode));
        return Some(EpisodePartPage { items, ..stretch.said(made) });
    }
    if part == EpisodePart::Meetings {
        let teller = Teller::new(lens, record, &looked.names);
        let order = teller.order(looked.number);
        let open = looked.facts().strip().open;
        let groups = menu::menu(lens, &looked.names, record, &looked.evaluated, open);
        let meetings: Vec<Meeting> = meetings_of(&looked, &teller, &order, &groups).into_iter().rev().collect();
        let stretch = Stretch::of(meetings.len(), page, MEETINGS_OF_PAGE);
        let meetings = stretch.cut(meetings);
        return Some(EpisodePartPage { meetings, ..stretch.said(made) });
    }
    let lines: Vec<DutyLine> = match part {
        EpisodePart::Done => looked.past(),
        EpisodePart::Unknown => looked.open().into_iter().filter(|l| part_of(l) == TodoPart::Unknown).collect(),
        _ => looked.open().into_iter().filter(|l| part_of(l) != TodoPart::Unknown).collect(),
    };
    let stretch = Stretch::of(lines.len(), page, PAGE);
    let lines = stretch.cut(lines);
    Some(EpisodePartPage { lines, ..stretch.said(made) })
}

/// The entries of a page of them; of the page with an entry that is looked for, where one is. Texts are clipped, but of that one.
pub(super) fn entries_of_page(
    teller: &Teller<'_>,
    order: Vec<(LineNo, &EntryLine)>,
    (page, entry): (usize, &str),
    address: &str,
) -> (Stretch, Vec<TimelineItem>) {
    let place = order.iter().position(|(place, _)| teller.record.file.chronology[place.place()].id == entry);
    let page = place.map_or(page, |place| place / ENTRIES_OF_PAGE + 1);
    let stretch = Stretch::of(order.len(), page, ENTRIES_OF_PAGE);
    let item = |place| {
        let item = teller.told(place).item;
        // Whoever looks for an entry reads the whole of it.
        if item.id == entry { item } else { clipped(item, address) }
    };
    let items = stretch.cut(order).into_iter().map(|(place, _)| item(place)).collect();
    (stretch, items)
}

fn title(part: EpisodePart) -> &'static str {
    match part {
        EpisodePart::Timeline => "Timeline",
        EpisodePart::Due => "Due now",
        EpisodePart::Unknown => "Not yet known whether it is due",
        EpisodePart::Done => "Done, and no longer due",
        EpisodePart::Meetings => "Strategy meetings",
    }
}

/// A stretch of a long list.
pub(crate) struct Stretch {
    pub(crate) page: usize,
    pub(crate) pages: usize,
    pub(crate) count: usize,
    size: usize,
}

impl Stretch {
    pub(crate) fn of(count: usize, page: usize, size: usize) -> Stretch {
        let pages = count.div_ceil(size).max(1);
        Stretch { page: page.clamp(1, pages), pages, count, size }
    }

    pub(crate) fn cut<T>(&self, all: Vec<T>) -> Vec<T> {
        all.into_iter().skip((self.page - 1) * self.size).take(self.size).collect()
    }

    fn said(&self, page: EpisodePartPage) -> EpisodePartPage {
        EpisodePartPage { page: self.page, pages: self.pages, count: self.count, ..page }
    }
}

/// What others must do, by agency, the most pressing first; with what each did last.
fn by_agency(names: &Names<'_>, lines: Vec<DutyLine>, past: &[DutyLine]) -> Vec<AgencyGroup> {
    let mut found: Vec<AgencyGroup> = Vec::new();
    for line in lines {
        let name = agency(names, &line.owner);
        let place = found.iter().position(|group| group.name == name).unwrap_or(found.len());
        if place == found.len() {
            let done = past.iter().filter(|one| matches!(one.state, State::Done | State::DoneLate));
            let last = done
                .filter_map(|one| Some((one, one.done.as_ref()?)))
                .find(|(one, _)| agency(names, &one.owner) == name);
            let latest = last.map(|(one, at)| format!("{}, {}", one.label, at.words)).unwrap_or_default();
            found.push(AgencyGroup { name, latest, ..AgencyGroup::default() });
        }
        let group = &mut found[place];
        group.count += 1;
        group.overdue += usize::from(line.state == State::Overdue && line.known_late.is_empty());
        if group.lines.len() < OF_OTHERS {
            group.lines.push(line);
        }
    }
    found
}

/// The agency of a role: the body that it is a part of, and that is a part of no other.
fn agency(names: &Names<'_>, role: &str) -> String {
    if role.is_empty() {
        return "Not yet known whose task it is".into();
    }
    let vocabulary = names.vocabulary;
    let is_part = |of: &str, body: &str| of != body && vocabulary.is_part_of(sym(of), sym(body));
    let is_whole = |body: &str| !vocabulary.roles.iter().any(|other| is_part(body, &other.id));
    let body = vocabulary.roles.iter().find(|body| is_part(role, &body.id) && is_whole(&body.id));
    labels::capital(&names.role(body.map_or(role, |body| &body.id)))
}

/// What will arise, and what is due by when, if nothing changes.
fn coming(lens: &Lens<'_>, record: &Record, number: EpisodeNo, until: Moment) -> Vec<Coming> {
    let asked = Asked::Episode(number);
    let evaluated: Evaluated = evaluate(lens.rules, &record.case, lens.now, until, asked);
    let mut found: Vec<(Moment, Coming)> = Vec::new();
    let mut repeated: Vec<(BookNo, RuleNo)> = Vec::new();
    let mut leading: Vec<&One> = evaluated.lines.iter().map(|l| &evaluated.duties[l.duties[0]]).collect();
    leading.sort_by_key(|one| one.duty.arises);
    for one in leading {
        if one.duty.episode != Some(number) || !one.duty.modality.binds() {
            continue;
        }
        let owner_name = one.view.owner_name.clone().unwrap_or_else(|| "not yet known".into());
        let mut add = |at: Moment, what: ComingWhat, words: String| {
            let coming = Coming {
                at: lens.face.when(at),
                what,
                words,
                label: one.view.label.clone(),
                owner_name: owner_name.clone(),
                key: one.key.clone(),
                mine: lens.owes(&one.view),
            };
            found.push((at, coming));
        };
        // Of what comes again and again, the next time is enough.
        let next = !repeated.contains(&(one.duty.book, one.duty.rule));
        if one.duty.state == State::Upcoming && next && one.duty.arises > lens.now && one.duty.arises <= until {
            repeated.push((one.duty.book, one.duty.rule));
            add(one.duty.arises, ComingWhat::Arises, arises(lens, one.duty.arises, one.duty.due));
        }
        if let Some(due) = one.duty.due.filter(|d| one.duty.state == State::Due && *d > lens.now && *d <= until) {
            add(due, ComingWhat::Limit, "Due".into());
        }
    }
    found.sort_by_key(|(at, coming)| (*at, coming.what));
    found.truncate(COMING);
    found.into_iter().map(|(_, coming)| coming).collect()
}

fn arises(lens: &Lens<'_>, arises: Moment, due: Option<Moment>) -> String {
    match due {
        Some(due) if due.minute() <= arises.minute() => "Will be due at once".into(),
        Some(due) => format!("Will be due by {}", lens.face.when(due).words),
        None => "Will be due, with no time set".into(),
    }
}
