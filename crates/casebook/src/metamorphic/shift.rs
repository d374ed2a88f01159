//! Everything happens a minute later, or a week later: every answer is the same, a minute or a week later.

use super::ask::{Answers, World};
use super::compare::{Difference, shifted};
use super::{Change, Changes, Property, Subject, said};
use crate::case_file::{CaseFile, EntryLine};
use crate::chance::Chance;
use engine::calendar::Length;
use engine::time::Moment;
use engine::value::Value;
use std::sync::Arc;

pub(super) const MINUTE: Property = Property {
    name: "minute",
    says: "where everything happens a minute later, every answer is a minute later",
    changes: minute,
};

pub(super) const WEEK: Property = Property {
    name: "week",
    says: "where everything happens a week later, every answer is a week later",
    changes: week,
};

const DAY: i64 = 86_400;
/// Limits and occasions further off than this are not compared, in days.
const NEAR: i64 = 45;

fn minute(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let calendar = &world.vocabulary().calendar;
    let later = |at: Moment| at.plus_minutes(1);
    let moments = subject.some_moments(chance, |_| true);
    let asked = asked(world, subject, &moments);
    let arises = asked.iter().flat_map(|a| a.list.iter().map(|a| a.arises));
    let given: Vec<Moment> = times(&subject.case).into_iter().chain(moments.iter().copied()).collect();
    // What ends at midnight does not touch the day that begins then.
    if given.iter().any(|at| calendar.start_of(calendar.date(*at)) == *at) {
        return Changes::aside("something happens at midnight, and would touch another day");
    }
    let all: Vec<Moment> = given.into_iter().chain(arises).collect();
    if all.iter().any(|at| calendar.date(*at) != calendar.date(later(*at))) {
        return Changes::aside("something happens at 23:59, and would be on another day");
    }
    if all.iter().any(|at| crosses_the_clock(world, subject, *at)) {
        return Changes::aside("something happens a minute before offices open or close");
    }
    // The end of a day does not move with what happens in it.
    let due = move |world: &World<'_>, due: Moment| {
        let calendar = &world.vocabulary().calendar;
        let end = calendar.end_of(calendar.date(due)) == due;
        if end { vec![later(due), due] } else { vec![later(due)] }
    };
    let broken: super::Judge = Box::new(move |world, before: &Answers, after: &Answers| {
        shifted(world, before, after, &|_| true, &|at| due(world, at))
    });
    let case = moved(&subject.case, &|at| later(at), false);
    Changes { made: vec![change("a minute later".into(), case, &moments, later, broken)], aside: Vec::new() }
}

fn week(world: &World<'_>, subject: &Subject, chance: &mut Chance) -> Changes {
    let v = world.vocabulary();
    let later = |at: Moment| Moment(at.0 + 7 * DAY);
    let moments = subject.some_moments(chance, |_| true);
    let asked = asked(world, subject, &moments);
    let happened = subject.case.chronology.iter().flat_map(|e| [e.occurred, e.recorded]);
    let mut all: Vec<Moment> = happened.chain(moments.iter().copied()).collect();
    // What is far off, such as a birthday, is not looked at.
    let near = subject.last().0 + NEAR * DAY;
    let ends = asked.iter().flat_map(|a| a.list.iter().flat_map(|a| [Some(a.arises), a.due])).flatten();
    all.extend(ends.filter(|at| *at > Moment::EVER && at.0 <= near));
    let (Some(first), Some(last)) = (all.iter().min().copied(), all.iter().max().copied()) else {
        return Changes::aside("no moment");
    };
    let last = later(last);
    if let Some(why) = hindrance(world, subject, first, last) {
        return Changes::aside(why);
    }
    let broken: super::Judge = Box::new(move |world, before: &Answers, after: &Answers| -> Vec<Difference> {
        let is_near = |at: Moment| at.0 <= near + 7 * DAY;
        let weekly =
            |a: &super::Answer| !said::counts_in_months(world, a) && is_near(a.arises) && a.due.is_none_or(is_near);
        shifted(world, before, after, &weekly, &|at| vec![later(at)])
    });
    let case = moved(&subject.case, &|at| v.calendar.add(at, Length::Days(7)), true);
    Changes { made: vec![change("a week later".into(), case, &moments, later, broken)], aside: Vec::new() }
}

fn change(
    words: String,
    case: CaseFile,
    moments: &[Moment],
    later: impl Fn(Moment) -> Moment,
    broken: super::Judge,
) -> Change {
    let moments = moments.iter().map(|at| [*at, later(*at)]).collect();
    Change { words, before: None, after: case, books: None, moments, flags: false, broken }
}

fn asked(world: &World<'_>, subject: &Subject, moments: &[Moment]) -> Vec<Answers> {
    let known = world.known(&subject.case);
    moments.iter().map(|at| world.ask(&subject.books, &known, *at)).collect()
}

/// Why a week cannot be added to a stretch of time without anything else being different.
fn hindrance(world: &World<'_>, subject: &Subject, first: Moment, last: Moment) -> Option<&'static str> {
    let calendar = &world.vocabulary().calendar;
    let mut day = first;
    if last.0 - first.0 > 400 * DAY {
        return Some("the record is longer than a year");
    }
    while day <= last {
        let date = calendar.date(day);
        let weekend = date.weekday().to_monday_one_offset() > 5;
        if !weekend && !calendar.is_working_day(date) {
            return Some("a bank holiday lies in it");
        }
        day = Moment(day.0 + DAY);
    }
    let wall = |at: Moment| calendar.add(at, Length::Days(1)).0 - at.0;
    let mut at = Moment(first.0 - DAY);
    while at <= last {
        if wall(at) != DAY {
            return Some("the clocks change in it");
        }
        at = Moment(at.0 + DAY);
    }
    let (from, until) = (calendar.date(first), calendar.date(last));
    let turns = |book: &engine::rulebook::Rulebook| {
        [Some(book.in_force_from), book.in_force_until].into_iter().flatten().any(|day| from <= day && day <= until)
    };
    if subject.books.iter().any(|b| turns(world.book(*b))) {
        return Some("an edition begins or ends in it");
    }
    let leap =
        subject.case.facts.iter().any(|f| matches!(f.value, Value::Date(day) if day.month() == 2 && day.day() > 20));
    leap.then_some("a birthday near the 29th of February")
}

/// Would an office open or close, or a night begin or end, in the minute after?
fn crosses_the_clock(world: &World<'_>, subject: &Subject, at: Moment) -> bool {
    let local = world.vocabulary().calendar.local(at);
    let minute = |hour: i8, minute: i8| i64::from(hour) * 60 + i64::from(minute);
    let now = minute(local.hour(), local.minute());
    let books = || subject.books.iter().map(|b| world.book(*b));
    let hours = books().filter_map(|b| b.office_hours(&[], at)).flat_map(|h| h.edges().collect::<Vec<_>>());
    let nights = books().filter_map(|b| b.night).flat_map(|n| [n.from, n.until]);
    hours.chain(nights).any(|edge| now + 1 == minute(edge.hour(), edge.minute()))
}

/// Every moment that the case speaks of.
fn times(case: &CaseFile) -> Vec<Moment> {
    let mut found = Vec::new();
    let mut note = |at: Moment| {
        if at > Moment::EVER {
            found.push(at);
        }
    };
    for fact in &case.facts {
        [fact.from, fact.recorded].into_iter().chain(fact.value.moment()).for_each(&mut note);
    }
    for placement in &case.placements {
        [placement.from, placement.recorded].into_iter().chain(placement.until).for_each(&mut note);
    }
    for entry in &case.chronology {
        let fields = entry.fields.iter().filter_map(|(_, v)| v.moment());
        [entry.occurred, entry.recorded].into_iter().chain(fields).for_each(&mut note);
    }
    found
}

/// The case with every moment moved, and its dates too where days are moved.
fn moved(case: &CaseFile, to: &dyn Fn(Moment) -> Moment, dates: bool) -> CaseFile {
    let at = |at: Moment| if at > Moment::EVER { to(at) } else { at };
    let value = |value: Value| match value {
        Value::Moment(moment) => Value::Moment(at(moment)),
        Value::Date(day) if dates => {
            let mut day = day;
            for _ in 0..7 {
                day = day.tomorrow().unwrap_or(day);
            }
            Value::Date(day)
        }
        other => other,
    };
    let mut changed = case.clone();
    for fact in &mut changed.facts {
        (fact.from, fact.recorded, fact.value) = (at(fact.from), at(fact.recorded), value(fact.value));
    }
    for placement in &mut changed.placements {
        (placement.from, placement.recorded) = (at(placement.from), at(placement.recorded));
        placement.until = placement.until.map(at);
        placement.facts.iter_mut().for_each(|(_, v)| *v = value(*v));
    }
    let entry = |entry: &mut Arc<EntryLine>| {
        let entry = Arc::make_mut(entry);
        (entry.occurred, entry.recorded) = (at(entry.occurred), at(entry.recorded));
        entry.fields.iter_mut().for_each(|(_, v)| *v = value(*v));
    };
    changed.chronology.iter_mut().for_each(entry);
    changed.settings.iter_mut().for_each(|setting| setting.from = at(setting.from));
    changed
}
