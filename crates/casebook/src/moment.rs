//! Moments as people write them: absolute with an offset, or, in scenarios, relative to the start: `+1d 2h30m`.

use engine::calendar::{Calendar, Length};
use engine::time::Moment;
use std::ops::RangeInclusive;

/// Years that a case can be about; anything else is a slip of the pen.
pub(crate) const YEARS: RangeInclusive<i16> = 1900..=2199;

/// Reads an absolute time with an offset.
///
/// # Errors
/// What is wrong, and what to write.
pub(crate) fn absolute(text: &str, calendar: &Calendar) -> Result<Moment, (String, String)> {
    let moment = Moment::parse(text).map_err(|message| match message.split_once("; ") {
        Some((what, help)) => (what.to_string(), help.to_string()),
        None => (message, String::new()),
    })?;
    let year = calendar.date(moment).year();
    if YEARS.contains(&year) {
        Ok(moment)
    } else {
        Err((
            format!("`{text}` is in the year {year}"),
            format!("write a year from {} to {}", YEARS.start(), YEARS.end()),
        ))
    }
}

/// Reads a time relative to a start. `h` and `m` are elapsed time; `d` is a calendar day to the same wall-clock time, stepped first.
/// A sign holds until the next one: `-30d +3h`.
///
/// # Errors
/// What is wrong, and what to write.
pub(crate) fn relative(text: &str, start: Moment, calendar: &Calendar) -> Result<Moment, (String, String)> {
    let wrong = || {
        let help = "write it like `+1d 2h30m`, or in full with an offset";
        (format!("`{}` is not a time", crate::reader::short(text)), help.to_string())
    };
    let (mut sign, mut days, mut minutes, mut parts) = (0, 0_i32, 0_i64, 0);
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        match rest.as_bytes().first() {
            None => break,
            Some(b'+') => (sign, rest) = (1, &rest[1..]),
            Some(b'-') => (sign, rest) = (-1, &rest[1..]),
            Some(_) => {}
        }
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let number: i32 = rest[..digits].parse().ok().filter(|n| *n <= 1_000_000).ok_or_else(wrong)?;
        match rest.as_bytes()[digits] {
            b'd' if number <= 40_000 => days += sign * number,
            b'h' => minutes += i64::from(sign * number) * 60,
            b'm' => minutes += i64::from(sign * number),
            _ => return Err(wrong()),
        }
        rest = &rest[digits + 1..];
        parts += 1;
    }
    if parts == 0 || parts > 3 || sign == 0 {
        return Err(wrong());
    }
    Ok(calendar.add(start, Length::Days(days)).plus_minutes(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relative_times_step_days_before_hours() {
        let calendar = Calendar::new([]);
        let start = Moment::parse("2026-03-28T18:00+00:00").unwrap();
        let at = |text: &str| relative(text, start, &calendar).map(|m| m.to_string());
        assert_eq!(at("+0h").unwrap(), "2026-03-28T18:00:00Z");
        // The day after is on summer time: the same wall-clock time is 23 hours later.
        assert_eq!(at("+1d").unwrap(), "2026-03-29T17:00:00Z");
        assert_eq!(at("+24h").unwrap(), "2026-03-29T18:00:00Z");
        assert_eq!(at("+1d 2h30m").unwrap(), "2026-03-29T19:30:00Z");
        assert_eq!(at("-2h").unwrap(), "2026-03-28T16:00:00Z");
        assert_eq!(at("-1d +3h").unwrap(), "2026-03-27T21:00:00Z");
        for wrong in ["", "+", "2h", "+2", "+2x", "+h", "+99999999999h", "+ä", "+1d1h1m1m", "+ 1h -"] {
            assert!(at(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn absolute_times_need_an_offset_and_a_likely_year() {
        let calendar = Calendar::new([]);
        let wrong = |text: &str| absolute(text, &calendar).unwrap_err().0;
        assert_eq!(wrong("2026-01-05T18:00"), "`2026-01-05T18:00` has no offset from UTC");
        assert_eq!(wrong("0206-01-05T18:00Z"), "`0206-01-05T18:00Z` is in the year 206");
        assert_eq!(wrong("yesterday"), "`yesterday` is not a time");
    }
}
