//! Europe/London: lengths of time, calendar steps, working days, bank holidays, and times in words.
//! Hours are elapsed hours; days, weeks and months are steps to the same wall-clock time.

use crate::time::Moment;
/// A day.
pub use jiff::civil::Date;
use jiff::civil::{DateTime, Weekday, time};
use jiff::tz::{TimeZone, TimeZoneDatabase};
use jiff::{Span, Timestamp, Zoned};
use std::collections::BTreeSet;
use std::fmt;

/// A length of time as a protocol states it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Length {
    /// Elapsed minutes, whatever the clocks do.
    Minutes(i64),
    /// Calendar days to the same wall-clock time (weeks are seven).
    Days(i32),
    /// Calendar months; a month that lacks the day uses its last day.
    Months(i32),
    /// Working days: not Saturday, Sunday or a bank holiday in England.
    WorkingDays(i32),
}

impl Length {
    /// Reads `30m`, `72h`, `7 days`, `2 weeks`, `3 months`, `5 working days`.
    ///
    /// # Errors
    /// What to write instead.
    pub fn parse(text: &str) -> Result<Length, String> {
        let text = text.trim();
        let digits = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        let wrong = || {
            format!(
                "`{text}` is not a length of time; write `30m`, `72h`, `7 days`, `2 weeks`, `3 months` or `5 working days`"
            )
        };
        let number: i32 = text[..digits].parse().map_err(|_| wrong())?;
        if number > 100_000 {
            return Err(format!("`{text}` is too long"));
        }
        match text[digits..].trim() {
            "m" => Ok(Length::Minutes(number.into())),
            "h" => Ok(Length::Minutes(i64::from(number) * 60)),
            "day" | "days" => Ok(Length::Days(number)),
            "week" | "weeks" => Ok(Length::Days(number * 7)),
            "month" | "months" => Ok(Length::Months(number)),
            "working day" | "working days" => Ok(Length::WorkingDays(number)),
            _ => Err(wrong()),
        }
    }

    /// This length so many times over.
    #[must_use]
    pub fn times(self, n: u32) -> Length {
        let many = |length: i32| length.saturating_mul(i32::try_from(n).unwrap_or(i32::MAX));
        match self {
            Length::Minutes(m) => Length::Minutes(m.saturating_mul(n.into())),
            Length::Days(d) => Length::Days(many(d)),
            Length::Months(m) => Length::Months(many(m)),
            Length::WorkingDays(d) => Length::WorkingDays(many(d)),
        }
    }

    /// A rough size in minutes, only for ordering lengths in messages and static checks.
    pub fn rough_minutes(self) -> i64 {
        match self {
            Length::Minutes(m) => m,
            Length::Days(d) => i64::from(d) * 1440,
            Length::Months(m) => i64::from(m) * 43_800,
            Length::WorkingDays(d) => i64::from(d) * 2016,
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = |n: i32| if n == 1 { "" } else { "s" };
        match *self {
            Length::Minutes(m) if m % 60 == 0 => write!(f, "{} h", m / 60),
            Length::Minutes(m) => write!(f, "{m} min"),
            Length::Days(d) if d != 0 && d % 7 == 0 => write!(f, "{} week{}", d / 7, plural(d / 7)),
            Length::Days(d) => write!(f, "{d} day{}", plural(d)),
            Length::Months(m) => write!(f, "{m} month{}", plural(m)),
            Length::WorkingDays(d) => write!(f, "{d} working day{}", plural(d)),
        }
    }
}

/// The birthday in a year; whoever was born on 29 February has it on 1 March in the years that lack the day. None beyond the calendar.
pub fn birthday(born: Date, year: i16) -> Option<Date> {
    Date::new(year, born.month(), born.day()).or_else(|_| Date::new(year, 3, 1)).ok()
}

/// The calendar of England: time zone and bank holidays.
#[derive(Clone, Debug)]
pub struct Calendar {
    zone: TimeZone,
    /// From each moment (seconds UTC) on, seconds ahead of UTC: looked up without asking the time zone each time.
    offsets: Vec<(i64, i64)>,
    bank_holidays: BTreeSet<Date>,
}

impl Calendar {
    /// A calendar with these bank holidays, given as dates.
    pub fn new(bank_holidays: impl IntoIterator<Item = Date>) -> Calendar {
        // The time zone data is compiled in, so looking up London reads nothing and cannot fail.
        let zone = TimeZoneDatabase::bundled().get("Europe/London").unwrap_or(TimeZone::UTC);
        let offsets = offsets(&zone);
        Calendar { zone, offsets, bank_holidays: bank_holidays.into_iter().collect() }
    }

    /// Seconds ahead of UTC at a moment, where the table reaches.
    fn offset(&self, at: i64) -> Option<i64> {
        let first = self.offsets.first().filter(|(first, _)| *first <= at)?.0;
        // Clocks change twice a year: it is this one, or one nearby.
        let mut index = usize::try_from((at - first) / HALF_A_YEAR).ok()?.min(self.offsets.len() - 1);
        while self.offsets[index].0 > at {
            index -= 1;
        }
        while self.offsets.get(index + 1)?.0 <= at {
            index += 1;
        }
        Some(self.offsets[index].1)
    }

    /// The moment of a wall clock that shows so many seconds since 1970, as [`Calendar::moment`] takes it.
    fn at_wall(&self, wall: i64) -> Option<Moment> {
        // The earlier of two readings is the one under the greater offset; in the gap of spring neither fits, and it goes forward.
        let summer = self.offset(wall - 3600)? == 3600;
        self.offset(wall)?;
        Some(Moment(if summer { wall - 3600 } else { wall }))
    }

    /// `from` plus a length.
    pub fn add(&self, from: Moment, length: Length) -> Moment {
        match length {
            Length::Minutes(minutes) => from.plus_minutes(minutes),
            Length::Days(days) => self
                .add_days(from, days)
                .unwrap_or_else(|| self.step(from, |day| day.checked_add(Span::new().try_days(days)?))),
            Length::Months(months) => self.step(from, |day| day.checked_add(Span::new().try_months(months)?)),
            Length::WorkingDays(days) => self.step(from, |day| Ok(self.add_working_days(day, days))),
        }
    }

    fn add_days(&self, from: Moment, days: i32) -> Option<Moment> {
        let wall = from.0 + self.offset(from.0)?;
        self.at_wall(wall.checked_add(i64::from(days) * 86_400)?)
    }

    fn step(&self, from: Moment, next: impl Fn(Date) -> Result<Date, jiff::Error>) -> Moment {
        let here = self.local(from);
        match next(here.date()) {
            Ok(day) => self.moment(day.to_datetime(here.time())),
            Err(_) => Moment::NEVER,
        }
    }

    fn add_working_days(&self, from: Date, days: i32) -> Date {
        let mut day = from;
        let mut left = days;
        while left > 0 {
            let Ok(next) = day.tomorrow() else { return day };
            day = next;
            if self.is_working_day(day) {
                left -= 1;
            }
        }
        day
    }

    /// Is this a working day in England?
    pub fn is_working_day(&self, day: Date) -> bool {
        !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !self.bank_holidays.contains(&day)
    }

    /// The moment of a wall-clock time in London. In the gap of spring it is taken forward, in the fold of autumn as the first.
    pub fn moment(&self, at: DateTime) -> Moment {
        self.zone.to_ambiguous_zoned(at).compatible().map_or(Moment::NEVER, |z| Moment(z.timestamp().as_second()))
    }

    /// The wall clock in London.
    pub fn local(&self, at: Moment) -> Zoned {
        at.zoned(&self.zone)
    }

    /// The local date.
    pub fn date(&self, at: Moment) -> Date {
        let quick = self.offset(at.0).and_then(|offset| date_of((at.0 + offset).div_euclid(86_400)));
        quick.unwrap_or_else(|| self.local(at).date())
    }

    /// Midnight at the start of a local date.
    pub fn start_of(&self, day: Date) -> Moment {
        if let Some(at) = self.at_wall(day_number(day) * 86_400) {
            return at;
        }
        self.moment(day.to_datetime(time(0, 0, 0, 0)))
    }

    /// 23:59 on a local date.
    pub fn end_of(&self, day: Date) -> Moment {
        self.moment(day.to_datetime(time(23, 59, 0, 0)))
    }

    /// In words: `Mon 5 Jan 2026 18:00`. In the hour that comes twice in autumn the offset is added.
    pub fn words(&self, at: Moment) -> String {
        if at <= Moment::EVER {
            return "always".into();
        }
        let here = self.local(at);
        let text = here.strftime("%a %-d %b %Y %H:%M").to_string();
        let twice = self.zone.to_ambiguous_zoned(here.datetime()).is_ambiguous();
        if twice { format!("{text} {}", here.strftime("%Z")) } else { text }
    }

    /// RFC 3339 with London's offset, to the second: `2026-07-05T18:00:00+01:00`.
    pub fn stamp(&self, at: Moment) -> String {
        self.local(at).strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()
    }
}

/// The changes of a time zone's offset from 1975 to 2099, with the last one as an end that is not asked beyond.
fn offsets(zone: &TimeZone) -> Vec<(i64, i64)> {
    const FIRST: i64 = 157_766_400; // 1 January 1975
    const LAST: i64 = 4_070_908_800; // 1 January 2099
    let Ok(start) = Timestamp::from_second(FIRST) else { return Vec::new() };
    let mut found = vec![(FIRST, i64::from(zone.to_offset(start).seconds()))];
    let changes = zone.following(start).map(|t| (t.timestamp().as_second(), i64::from(t.offset().seconds())));
    found.extend(changes.take_while(|(at, _)| *at < LAST));
    found
}

/// Days since 1970-01-01 of a date (the civil calendar's usual arithmetic, with the year beginning in March).
fn day_number(day: Date) -> i64 {
    let (year, month, day) = (i64::from(day.year()), i64::from(day.month()), i64::from(day.day()));
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year - era * 400;
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date so many days after 1970-01-01.
fn date_of(number: i64) -> Option<Date> {
    let days = number + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days - era * 146_097;
    let year_of_era = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted + 2) / 5 + 1;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// In seconds.
const HALF_A_YEAR: i64 = 15_778_800;

/// The local day of a moment, for those who have no calendar at hand.
pub(crate) fn local_day(at: Moment) -> Date {
    static ZONE: std::sync::LazyLock<TimeZone> =
        std::sync::LazyLock::new(|| TimeZoneDatabase::bundled().get("Europe/London").unwrap_or(TimeZone::UTC));
    let stamp = Timestamp::from_second(at.0).unwrap_or_default();
    ZONE.to_datetime(stamp).date()
}
