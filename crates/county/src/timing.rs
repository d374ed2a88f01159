//! When people get round to things: at once or by day, before the limit or after it, once or again and again.

use crate::chance::Chance;
use crate::entry::Entry;
use engine::calendar::Calendar;
use engine::case::Case;
use engine::evaluate::Duty;
use engine::ids::EntryNo;
use engine::rulebook::{Repeat, Rule};
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use engine::words::sym;

/// Those who are there day and night, and do at once what they do.
const AT_ONCE: [&str; 11] = [
    "home_staff",
    "carer",
    "foster_carer",
    "activity_leader",
    "parent",
    "reporter",
    "police",
    "police_control_room",
    "police_officer",
    "police_missing_unit",
    "emergency_duty_team",
];
/// Those who can be reached at night. Everybody else works by day.
const ON_CALL: [&str; 5] =
    ["home_manager", "registered_person", "police_supervisor", "detective_inspector", "detective_chief_inspector"];
/// What nobody gives a time for and is done again and again is done every so many minutes.
const NOW_AND_THEN: i64 = 9 * 60;
/// So often is somebody said to have done a repeated duty in one go, at most.
const TRAIN: usize = 40;
/// Of a thousand duties so many are done late.
const LATE: usize = 25;
const DAY: i64 = 1440;

/// When somebody gets round to a duty. Nobody does anything before somebody has noticed.
pub(crate) fn when(
    calendar: &Calendar,
    rule: &Rule,
    duty: &Duty,
    noticed: Moment,
    owner: &str,
    luck: &mut Chance,
) -> Moment {
    let from = duty.arises.max(duty.counts_from()).max(noticed);
    let share = luck.between(20, 85);
    // What belongs to a day cannot be done on another.
    let late = luck.below(1000) < LATE && !matches!(rule.repeat, Repeat::Days(_) | Repeat::Month);
    let there = AT_ONCE.contains(&owner);
    let Some(due) = duty.due else {
        let (least, most) = if there { (4, 30) } else { (45, 300) };
        return by_day(calendar, from.plus_minutes(luck.between(least, most)), owner, None);
    };
    if late {
        return due.max(from).plus_minutes(luck.between(10, 300));
    }
    let minutes = (due.minute() - from.minute()).max(0);
    // Whoever is there does not wait for the limit.
    let soon = if there { minutes.min(DAY / 2) } else { minutes };
    by_day(calendar, from.plus_minutes(soon * share / 100), owner, Some(due))
}

/// The same moment, or the next working morning for those who work by day, if the limit leaves time for it.
fn by_day(calendar: &Calendar, at: Moment, owner: &str, due: Option<Moment>) -> Moment {
    // What has days of time is done by day by everybody.
    let pressing = due.is_none_or(|due| due.minute() - at.minute() < DAY);
    let here = calendar.local(at);
    let mut day = here.date();
    let works = calendar.is_working_day(day) && (9..17).contains(&here.hour());
    if works || pressing && (AT_ONCE.contains(&owner) || ON_CALL.contains(&owner)) {
        return at;
    }
    // Somebody stands in where the next working day is far off.
    let mut mornings = Vec::with_capacity(2);
    while mornings.len() < 2 {
        let morning = calendar.start_of(day).plus_minutes(9 * 60 + 10 + i64::from(here.minute()));
        if morning >= at {
            mornings.push((morning, calendar.is_working_day(day)));
        }
        let Ok(next) = day.tomorrow() else { break };
        day = next;
    }
    let working = mornings.iter().find(|(_, works)| *works).or(mornings.first());
    working.map(|(morning, _)| *morning).filter(|morning| due.is_none_or(|due| *morning <= due)).unwrap_or(at)
}

/// The minutes between one doing and the next, where a duty is done again and again: because its rule says so, or because doing it
/// asks for it again.
pub(crate) fn step(vocabulary: &Vocabulary, case: &Case, rule: &Rule, duty: &Duty, entry: &Entry) -> Option<i64> {
    let minutes = match (&rule.repeat, duty.due) {
        (Repeat::Every(length, _), _) => length.rough_minutes(),
        (Repeat::Once, due) if duty.entry.is_some_and(|before| is_again(vocabulary, case, before, entry)) => {
            due.map_or(NOW_AND_THEN, |due| due.minute() - duty.arises.minute())
        }
        _ => return None,
    };
    let step = (minutes * 9 / 10).max(10);
    // Whole days, where it is days: nobody does such a thing at another hour each time.
    Some(if step > 2 * DAY { step / DAY * DAY } else { step })
}

/// Is an entry the same act as the one that asked for it?
fn is_again(vocabulary: &Vocabulary, case: &Case, before: EntryNo, entry: &Entry) -> bool {
    let before = case.entry(before);
    let same = |key: &str| match (entry.word(key), vocabulary.field(key)) {
        (Some(word), Some(field)) => before.has(field, sym(word)),
        _ => true,
    };
    vocabulary.event_at(before.event).id == entry.event
        && ["form", "action", "decision", "meeting", "about", "what", "review"].into_iter().all(same)
}

/// What is done again and again, for as long as it is asked.
pub(crate) fn train(entry: Entry, step: Option<i64>, end: Moment) -> Vec<Entry> {
    let Some(step) = step else { return vec![entry] };
    let mut times = vec![entry.at];
    while let Some(next) = times.last().map(|at| at.plus_minutes(step)).filter(|next| *next < end) {
        times.push(next);
    }
    // Of a long row the first and the latest are told.
    if times.len() > TRAIN {
        times.drain(1..times.len() - TRAIN);
    }
    times.into_iter().map(|at| Entry { at: Moment(at.minute() * 60), ..entry.clone() }).collect()
}
