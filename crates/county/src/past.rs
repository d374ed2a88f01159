//! Earlier episodes: for most children none, for a few many.

use crate::chance::Chance;
use crate::child::Child;
use crate::plan::{Interview, Plan};
use engine::calendar::Calendar;
use engine::time::Moment;

/// Between a return and the next absence lie so many days at least.
const APART: i64 = 5;

/// How many episodes in a year: weight, least, most.
const IN_A_YEAR: [(usize, (i64, i64)); 5] = [(64, (0, 0)), (17, (1, 1)), (11, (2, 3)), (6, (4, 7)), (2, (8, 16))];
/// The same for the years before the last, of which the record says less.
const IN_EARLIER_YEARS: [(usize, (i64, i64)); 3] = [(82, (0, 0)), (13, (1, 1)), (5, (2, 3))];

/// Hours away: weight, least, most.
const HOURS: [(usize, (i64, i64)); 6] =
    [(28, (1, 3)), (36, (3, 8)), (24, (8, 22)), (8, (22, 50)), (3, (50, 110)), (1, (110, 260))];

/// The hour of the day at which the child was expected.
const EXPECTED: [(usize, i64); 13] = [
    (3, 1),
    (2, 8),
    (3, 13),
    (6, 15),
    (9, 16),
    (9, 17),
    (10, 18),
    (12, 19),
    (13, 20),
    (14, 21),
    (12, 22),
    (5, 23),
    (2, 3),
];

/// The episodes up to a moment, in order. At most the last one is still open.
pub(crate) fn episodes(child: &Child, years: u32, now: Moment, calendar: &Calendar, chance: &mut Chance) -> Vec<Plan> {
    // Where something is told of a child, the time just before it is quiet.
    let quiet = if child.situation.is_some() { 20 } else { 0 };
    let mut days: Vec<i64> = Vec::new();
    for year in 0..i64::from(years) {
        let (least, most) = chance.weighted(if year == 0 { &IN_A_YEAR[..] } else { &IN_EARLIER_YEARS[..] });
        let count = chance.between(least, most);
        days.extend((0..count).map(|_| 365 * year + chance.between(quiet, 364)));
    }
    days.sort_unstable_by(|a, b| b.cmp(a));
    let mut plans: Vec<Plan> = Vec::new();
    for ago in days {
        let plan = one(child, now.plus_minutes(-1440 * ago), now, calendar, chance);
        let free = plans.last().is_none_or(|p| p.back.is_some_and(|b| b.plus_minutes(APART * 1440) < plan.expected));
        let room = child.situation.is_none_or(|s| plans.len() < s.earlier());
        if free
            && room
            && plan.expected > child.known_since
            && plan.noticed < now
            && (quiet == 0 || plan.back.is_some())
        {
            plans.push(plan);
        }
    }
    plans
}

fn one(child: &Child, day: Moment, now: Moment, calendar: &Calendar, chance: &mut Chance) -> Plan {
    let start = calendar.start_of(calendar.date(day));
    let expected = start.plus_minutes(chance.weighted(&EXPECTED) * 60 + 5 * chance.between(0, 11));
    let noticed = expected.plus_minutes(chance.between(5, 50));
    let (least, most) = chance.weighted(&HOURS);
    let back = noticed.plus_minutes(chance.between(least * 60, most * 60));
    let long = back.minute() - noticed.minute() > 20 * 60;
    let high = chance.percent(if child.vulnerable.exploitation { 45 } else { 10 });
    let raised = (!high && long && chance.percent(40)).then(|| noticed.plus_minutes(60 * chance.between(10, 18)));
    let away = child.stay(noticed).living != crate::stays::Living::Family && !long && chance.percent(14);
    Plan {
        status: if away { "away" } else { "missing" },
        reported_after: chance.between(15, 50),
        high: high && !away,
        raised,
        back: (back < now).then_some(back),
        interview: chance.weighted(&[(74, Interview::Held), (17, Interview::Declined), (9, Interview::Second)]),
        corrected: chance.percent(3),
        late_entry: chance.percent(4),
        ..Plan::missing(expected, noticed, now)
    }
}
