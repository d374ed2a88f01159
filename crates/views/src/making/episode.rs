//! The episode: what is so, who must do what, what happened, what will come.

use super::at_hand::Hand;
use super::duty_line::{self, Of};
use super::meetings::Meetings;
use super::strip::Facts;
use super::timeline::Teller;
use super::{gaps, head, menu};
use crate::asked::{Asked, Evaluated, One, evaluate, evaluate_for};
use crate::words::Names;
use crate::{Coming, ComingWhat, DutyLine, EpisodePage, Lens, Record, TimelineItem, Viewer};
use engine::evaluate::State;
use engine::ids::{BookNo, EpisodeNo, RuleNo};
use engine::time::Moment;

/// How far ahead is looked, in minutes: two days of an open episode, two weeks of one that has ended.
const AHEAD_OPEN: i64 = 2 * 1440;
const AHEAD_ENDED: i64 = 14 * 1440;
/// So much of what cannot be told stands among what is asked.
const FEW: usize = 5;
/// So many things to come are listed.
const COMING: usize = 20;

/// An episode of a child; none if there is no such episode.
pub fn episode(lens: &Lens<'_>, viewer: Viewer, record: &Record, episode: &str) -> Option<EpisodePage> {
    let number = EpisodeNo::at(record.case.episodes.iter().position(|e| e.id == episode)?);
    let names = Names::of(lens.rules, &record.case, lens.now);
    let facts = Facts { lens, record, names: &names, number };
    let strip = facts.strip();
    let evaluated = evaluate_for(lens.rules, record, &lens.who.own, (lens.now, lens.now), Asked::Episode(number));
    let of = Of::record(record);
    let lines = |wanted: &dyn Fn(State) -> bool| {
        let lines = evaluated.lines.iter().filter(|l| wanted(l.state));
        lines.map(|l| duty_line::line(lens, of, &evaluated, l)).collect::<Vec<_>>()
    };
    let mut past = lines(&|s| !s.is_open() && s != State::Upcoming);
    past.sort_by_key(|l| std::cmp::Reverse(l.done.as_ref().map(|d| d.minutes)));
    let teller = Teller::new(lens, record, &names);
    let told = teller.told(Some(number));
    let menu = menu::menu(lens, &names, record, &evaluated, strip.open);
    let meetings = Meetings { vocabulary: names.vocabulary, face: lens.face, menu: &menu }.of(&told);
    let timeline: Vec<TimelineItem> = told.into_iter().map(|told| told.item).collect();
    let warnings = teller.warnings_of(&timeline);
    let hand = Hand { lens, record, names: &names };
    let ringing = hand.ringing(&evaluated, number);
    let offers = hand.offers(Some(number), None);
    let protocols = hand.protocols();
    let ahead = if strip.open { AHEAD_OPEN } else { AHEAD_ENDED };
    let (untold, asked) = set_aside(lines(&State::is_open));
    let decides = gaps::decides(lens, record, &evaluated, evaluated.lines.iter());
    Some(EpisodePage {
        decides,
        viewer,
        child: head(lens, record),
        half_filled: 0,
        episode: episode.into(),
        version: record.version,
        groups: duty_line::groups(asked),
        untold: duty_line::groups(untold),
        past,
        coming: coming(lens, record, number, lens.now.plus_minutes(ahead)),
        warnings,
        ring: super::to_ring(lens, record, &names),
        ringing,
        offers,
        protocols,
        menu,
        meetings,
        rulebooks: names.books().iter().map(|b| format!("{}, edition {} ({})", b.title, b.edition, b.hash)).collect(),
        timeline,
        strip,
    })
}

/// What cannot be told yet and is not the viewer's own is set aside where there is much of it; what is asked comes second.
fn set_aside(lines: Vec<DutyLine>) -> (Vec<DutyLine>, Vec<DutyLine>) {
    let aside = |line: &DutyLine| line.state == State::CannotTell && !line.mine;
    if lines.iter().filter(|line| aside(line)).count() <= FEW {
        (Vec::new(), lines)
    } else {
        lines.into_iter().partition(aside)
    }
}

/// What will arise, and what limits come, if nothing changes.
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
        let owner_name = one.view.owner_name.clone().unwrap_or_else(|| "cannot be told yet".into());
        let mut add = |at: Moment, what: ComingWhat, words: String| {
            let coming = Coming {
                at: lens.face.when(at),
                what,
                words,
                label: one.view.label.clone(),
                owner_name: owner_name.clone(),
                key: one.key.clone(),
                mine: lens.is_own(one.view.owner.as_deref()),
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
            add(due, ComingWhat::Limit, "Its limit".into());
        }
    }
    found.sort_by_key(|(at, coming)| (*at, coming.what));
    found.truncate(COMING);
    found.into_iter().map(|(_, coming)| coming).collect()
}

fn arises(lens: &Lens<'_>, arises: Moment, due: Option<Moment>) -> String {
    match due {
        Some(due) if due.minute() <= arises.minute() => "Will be asked, at once".into(),
        Some(due) => format!("Will be asked, due at {}", lens.face.when(due).words),
        None => "Will be asked, without a limit".into(),
    }
}
