//! A moment in time, to the second, in UTC. Limits are compared by the minute: the due minute itself is still due.
//! Calendar steps and wall-clock times are in `calendar`.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use std::fmt;

/// Seconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Moment(pub i64);

impl Moment {
    /// The far past: facts with no date are known from here.
    pub const EVER: Moment = Moment(i64::MIN / 4);
    /// The far future.
    pub const NEVER: Moment = Moment(i64::MAX / 4);

    /// Reads an RFC 3339 time with an offset, such as `2026-01-05T18:00+00:00` or `...Z`.
    ///
    /// # Errors
    /// Says what is wrong and what to write; a time without an offset is refused, since it is ambiguous at a clock change.
    pub fn parse(text: &str) -> Result<Moment, String> {
        match text.parse::<Timestamp>() {
            Ok(stamp) => Ok(Moment(stamp.as_second())),
            Err(_) if text.parse::<jiff::civil::DateTime>().is_ok() => Err(format!(
                "`{text}` has no offset from UTC; write `{text}+00:00` in winter time or `{text}+01:00` in summer time"
            )),
            Err(_) => Err(format!("`{text}` is not a time; write it like `2026-01-05T18:00+00:00`")),
        }
    }

    /// Minutes since 1970; two moments in the same minute are equally late.
    pub fn minute(self) -> i64 {
        self.0.div_euclid(60)
    }

    /// This moment plus a number of minutes.
    #[must_use]
    pub fn plus_minutes(self, minutes: i64) -> Moment {
        Moment(self.0.saturating_add(minutes.saturating_mul(60)))
    }

    /// This moment on the wall clock of a time zone; moments out of range are clamped.
    pub fn zoned(self, zone: &TimeZone) -> Zoned {
        let clamped = self.0.clamp(Timestamp::MIN.as_second(), Timestamp::MAX.as_second());
        Timestamp::from_second(clamped).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone())
    }
}

impl fmt::Display for Moment {
    /// RFC 3339 in UTC, to the second.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_second(self.0) {
            Ok(stamp) => write!(f, "{stamp}"),
            Err(_) => write!(f, "out of range"),
        }
    }
}
