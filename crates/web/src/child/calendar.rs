//! A year as a picture: a row for each month, a square for each day, darker the longer the child was gone.

use std::fmt::Write as _;
use views::CalendarDay;

/// Room at the left for the months' names.
const LEFT: u32 = 64;
/// Room on top for the days' numbers.
const TOP: u32 = 16;
/// From one day to the next, and from one month to the next.
const STEP: u32 = 11;
const ROW: u32 = 15;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// The picture.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Calendar {
    pub width: u32,
    pub height: u32,
    /// Names of months, and how far down they stand.
    pub months: Vec<(String, u32)>,
    /// Numbers of days, and how far right they stand.
    pub numbers: Vec<(u32, u32)>,
    /// All days at once, as a path.
    pub ground: String,
    pub days: Vec<Square>,
}

/// A day on which the child was gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Square {
    pub x: u32,
    pub y: u32,
    pub shade: u8,
    pub words: String,
}

impl Calendar {
    /// From one day to another, both written `2026-01-05`. Without sense in them there is nothing to draw.
    pub fn new(from: &str, until: &str, gone: &[CalendarDay]) -> Calendar {
        let (Some(from), Some(until)) = (parts(from), parts(until)) else { return Calendar::default() };
        let (first, last) = (month_number(from), month_number(until));
        let mut calendar = Calendar { width: LEFT + 31 * STEP, ..Calendar::default() };
        for (row, number) in (first..=last).enumerate().take(14) {
            let (year, month) = (number / 12, number % 12 + 1);
            let y = TOP + row as u32 * ROW;
            let name = MONTHS[(month - 1) as usize];
            let label = if row == 0 || month == 1 { format!("{name} {year}") } else { name.to_string() };
            calendar.months.push((label, y + 10));
            let start = if number == first { from.2 } else { 1 };
            let end = if number == last { until.2 } else { length(year, month) };
            for day in start..=end {
                let _ = write!(calendar.ground, "M{} {y}h9v12h-9z", LEFT + (day - 1) * STEP);
            }
            calendar.height = y + ROW;
        }
        calendar.numbers = [1, 5, 10, 15, 20, 25, 30].map(|day| (day, LEFT + (day - 1) * STEP + 4)).to_vec();
        calendar.days = gone.iter().filter_map(|day| square(day, first, last)).collect();
        calendar
    }
}

fn square(day: &CalendarDay, first: u32, last: u32) -> Option<Square> {
    let date = parts(&day.date)?;
    let number = month_number(date);
    let shade = match day.hours {
        0..=3 => 1,
        4..=11 => 2,
        _ => 3,
    };
    let (x, y) = (LEFT + (date.2 - 1) * STEP, TOP + number.checked_sub(first)? * ROW);
    (number <= last).then(|| Square { x, y, shade, words: day.words.clone() })
}

/// Year, month and day.
fn parts(date: &str) -> Option<(u32, u32, u32)> {
    let mut parts = date.split('-').map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let sense = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    sense.then_some((year, month, day))
}

fn month_number((year, month, _): (u32, u32, u32)) -> u32 {
    year * 12 + month - 1
}

fn length(year: u32, month: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gone(date: &str, hours: u8) -> CalendarDay {
        CalendarDay { date: date.into(), hours, ..CalendarDay::default() }
    }

    #[test]
    fn a_year_is_thirteen_rows_that_begin_and_end_with_its_days() {
        let calendar = Calendar::new("2025-01-07", "2026-01-06", &[gone("2025-01-07", 1), gone("2026-01-06", 24)]);
        assert_eq!(calendar.months.len(), 13);
        assert_eq!(calendar.ground.matches('M').count(), 365);
        assert_eq!(calendar.months[0].0, "Jan 2025");
        assert_eq!(calendar.months[1].0, "Feb");
        assert_eq!(calendar.months[12].0, "Jan 2026");
        let [first, last] = &calendar.days[..] else { panic!("two days") };
        assert_eq!((first.x, first.y, first.shade), (LEFT + 6 * STEP, TOP, 1));
        assert_eq!((last.x, last.y, last.shade), (LEFT + 5 * STEP, TOP + 12 * ROW, 3));
    }

    #[test]
    fn a_leap_year_has_its_day_more() {
        assert_eq!(Calendar::new("2024-02-01", "2024-02-29", &[]).ground.matches('M').count(), 29);
        assert_eq!(Calendar::new("2023-02-01", "2023-03-01", &[]).ground.matches('M').count(), 29);
    }

    #[test]
    fn what_makes_no_sense_is_not_drawn() {
        assert_eq!(Calendar::new("", "2026-01-06", &[]), Calendar::default());
        assert_eq!(Calendar::new("2026-13-01", "2026-01-06", &[]), Calendar::default());
        let days = [gone("yesterday", 2), gone("2024-01-01", 2), gone("2027-01-01", 2)];
        assert!(Calendar::new("2025-01-07", "2026-01-06", &days).days.is_empty());
    }
}
