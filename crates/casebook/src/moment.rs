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
        Err((format!("`{text}` is in the year {year}"), format!("write a year from {} to {}", YEARS.start(), YEARS.end())))
    }
}

/// Reads a time relative to a start. `h` and `m` are elapsed time; `d` is a calendar day to the same wall-clock time, stepped first.
///
/// # Errors
/// What is wrong, and what to write.
pub(crate) fn relative(text: &str, start: Moment, calendar: &Calendar) -> Result<Moment, (String, String)> {
    let wrong = || (format!("`{text}` is not a time"), "write it like `+1d 2h30m`, or in full with an offset".to_string());
    let (sign, mut rest) = match text.as_bytes().first() {
        Some(b'+') => (1, &text[1..]),
        Some(b'-') => (-1, &text[1..]),
        _ => return Err(wrong()),
    };
    let (mut days, mut minutes, mut parts) = (0_i32, 0_i64, 0);
    while !rest.trim_start().is_empty() {
        rest = rest.trim_start();
        let digits = rest.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
        let number: i32 = rest[..digits].parse().ok().filter(|n| *n <= 1_000_000).ok_or_else(wrong)?;
        match rest.as_bytes()[digits] {
            b'd' if number <= 40_000 => days += number,
            b'h' => minutes += i64::from(number) * 60,
            b'm' => minutes += i64::from(number),
            _ => return Err(wrong()),
        }
        rest = &rest[digits + 1..];
        parts += 1;
    }
    if parts == 0 || parts > 3 {
        return Err(wrong());
    }
    Ok(calendar.add(start, Length::Days(sign * days)).plus_minutes(i64::from(sign) * minutes))
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
        for wrong in ["", "+", "2h", "+2", "+2x", "+h", "+99999999999h", "+ä", "+1d1h1m1m"] {
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
