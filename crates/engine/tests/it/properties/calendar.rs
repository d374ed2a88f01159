//! The calendar: hours are elapsed, days and months keep the wall clock, working days are working days.

use crate::story::calendar;
use engine::calendar::Length;
use engine::time::Moment;
use jiff::civil::{Weekday, date};
use proptest::prelude::*;

/// Any minute from 2020 to 2030.
fn moments() -> impl Strategy<Value = Moment> {
    (1_577_836_800_i64 / 60..1_893_456_000 / 60).prop_map(|minute| Moment(minute * 60))
}

/// The hour that the clocks leave out in spring: a step into it is taken forward.
fn is_gap(at: jiff::civil::DateTime) -> bool {
    let (day, hour) = (at.date(), at.time().hour());
    let last_sunday = day.weekday() == Weekday::Sunday && day.month() == 3 && day.day() > 24;
    last_sunday && hour == 1
}

/// The hour that comes twice in autumn.
fn is_fold(at: jiff::civil::DateTime) -> bool {
    let day = at.date();
    day.weekday() == Weekday::Sunday && day.month() == 10 && day.day() > 24 && at.time().hour() == 1
}

proptest! {
    #[test]
    fn minutes_are_elapsed(from in moments(), minutes in 0_i64..1_000_000) {
        let to = calendar().add(from, Length::Minutes(minutes));
        prop_assert_eq!(to.0 - from.0, minutes * 60);
    }

    #[test]
    fn days_keep_the_wall_clock(from in moments(), days in 0_i32..800) {
        let here = calendar().local(from).datetime();
        let to = calendar().local(calendar().add(from, Length::Days(days))).datetime();
        prop_assert_eq!(to.date(), here.date().checked_add(jiff::Span::new().days(days)).unwrap());
        if !is_gap(to.date().to_datetime(here.time())) {
            prop_assert_eq!(to.time(), here.time());
        }
    }

    #[test]
    fn months_keep_the_wall_clock_and_the_day_if_there_is_one(from in moments(), months in 0_i32..60) {
        let here = calendar().local(from).datetime();
        let to = calendar().local(calendar().add(from, Length::Months(months))).datetime();
        prop_assert_eq!(to.date().day(), here.date().day().min(to.date().days_in_month()));
        let steps = (i32::from(to.year()) * 12 + i32::from(to.month())) - (i32::from(here.year()) * 12 + i32::from(here.month()));
        prop_assert_eq!(steps, months);
        if !is_gap(to.date().to_datetime(here.time())) {
            prop_assert_eq!(to.time(), here.time());
        }
    }

    #[test]
    fn working_days_end_on_a_working_day_with_so_many_after_the_start(from in moments(), days in 1_i32..40) {
        let calendar = calendar();
        let to = calendar.add(from, Length::WorkingDays(days));
        let (first, last) = (calendar.date(from), calendar.date(to));
        prop_assert!(calendar.is_working_day(last));
        let between = first.series(jiff::Span::new().days(1)).skip(1).take_while(|d| *d <= last);
        prop_assert_eq!(between.filter(|d| calendar.is_working_day(*d)).count() as i32, days);
    }

    #[test]
    fn longer_is_never_sooner(from in moments(), n in 0_i32..400) {
        for length in [Length::Days, Length::Months, Length::WorkingDays] {
            prop_assert!(calendar().add(from, length(n)) <= calendar().add(from, length(n + 1)));
        }
        prop_assert!(calendar().add(from, Length::Minutes(n.into())) < calendar().add(from, Length::Minutes(n as i64 + 1)));
    }

    #[test]
    fn so_many_times_a_length_is_the_length_of_so_many(from in moments(), n in 1_i32..30, times in 1_u32..12) {
        for length in [Length::Days, Length::Months, Length::WorkingDays] {
            prop_assert_eq!(length(n).times(times), length(n * times as i32));
        }
        let hours = Length::Minutes(i64::from(n) * 60);
        let repeated = (0..times).fold(from, |at, _| calendar().add(at, hours));
        prop_assert_eq!(calendar().add(from, hours.times(times)), repeated);
    }

    #[test]
    fn a_printed_length_reads_the_same_again(n in 0_i32..5000) {
        for length in [Length::Minutes(n.into()), Length::Days(n), Length::Months(n), Length::WorkingDays(n)] {
            let printed = length.to_string().replace(" h", "h").replace(" min", "m");
            prop_assert_eq!(Length::parse(&printed), Ok(length), "{}", printed);
        }
    }

    #[test]
    fn any_text_is_a_length_or_an_error(text in ".{0,20}") {
        if let Ok(length) = Length::parse(&text) {
            prop_assert!(length.rough_minutes() >= 0);
        }
    }

    #[test]
    fn a_day_runs_from_midnight_to_a_minute_before_the_next(at in moments()) {
        let calendar = calendar();
        let day = calendar.date(at);
        prop_assert!(calendar.start_of(day) <= at);
        prop_assert_eq!(calendar.start_of(day.tomorrow().unwrap()), calendar.end_of(day).plus_minutes(1));
        prop_assert!(at <= calendar.end_of(day));
    }

    #[test]
    fn a_stamp_reads_as_the_same_moment(at in moments()) {
        prop_assert_eq!(Moment::parse(&calendar().stamp(at)), Ok(at));
        prop_assert_eq!(Moment::parse(&at.to_string()), Ok(at));
        let doubled = calendar().words(at).ends_with("GMT") || calendar().words(at).ends_with("BST");
        prop_assert_eq!(doubled, is_fold(calendar().local(at).datetime()));
    }
}

#[test]
fn what_is_out_of_range_stays_there() {
    let calendar = calendar();
    for length in
        [Length::Minutes(100_000), Length::Days(700_000), Length::Months(100_000), Length::WorkingDays(100_000)]
    {
        for from in [Moment::EVER, Moment::NEVER, Moment(0)] {
            let _ = calendar.add(from, length.times(u32::MAX));
            let _ = calendar.add(from, length);
        }
    }
    assert_eq!(calendar.add(Moment(0), Length::Days(700_000).times(1000)), Moment::NEVER);
    assert_eq!(calendar.date(Moment(0)), date(1970, 1, 1));
    assert!(Length::parse("100001 days").is_err());
    assert!(Length::parse("99999999999999999999h").is_err());
    assert_eq!(
        Moment::parse("2026-01-05T18:00").unwrap_err(),
        "`2026-01-05T18:00` has no offset from UTC; write `2026-01-05T18:00+00:00` in winter time or `2026-01-05T18:00+01:00` in summer time"
    );
}
