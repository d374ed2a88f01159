//! Times as people read them: the clock, the day, and how long from now.

use crate::{Limit, Urgency, When};
use engine::calendar::Calendar;
use engine::time::Moment;

/// What is due at once is not late to the eye before so many minutes have passed: somebody is doing it, and writes it down afterwards. What
/// was kept and what was not goes by the rulebook alone.
pub const AT_ONCE_GRACE_MINUTES: i64 = 10;

/// Shows times as seen from a moment.
#[derive(Clone, Copy)]
pub struct Clockface<'a> {
    pub calendar: &'a Calendar,
    pub now: Moment,
}

impl Clockface<'_> {
    /// A moment.
    pub fn when(&self, at: Moment) -> When {
        let (clock, day) = (self.clock(at), self.day(at));
        let minutes = at.minute() - self.now.minute();
        let apart = match minutes {
            0 => "now".to_string(),
            1.. => format!("in {}", span(minutes)),
            _ => format!("{} ago", span(minutes)),
        };
        let words = if day.contains(' ') { format!("{clock} on {day}") } else { format!("{clock} {day}") };
        When { iso: self.calendar.stamp(at), clock, day, words, apart, minutes }
    }

    /// Since when something is so: from the start of a day, which is how a day is kept of which no time is known, the day alone.
    pub fn since(&self, at: Moment) -> When {
        let when = self.when(at);
        if when.clock == "00:00" { When { words: when.day.clone(), ..when } } else { when }
    }

    /// How an absence is told from others, behind a word: `from 18:30 on Mon 5 Jan to 02:00 on Tue 6 Jan`, `since 18:30 today`.
    pub fn lasted(&self, (start, end): (Moment, Option<Moment>)) -> String {
        let start = self.when(start).words;
        end.map_or_else(|| format!("since {start}"), |end| format!("from {start} to {}", self.when(end).words))
    }

    /// A limit, or that there is none.
    pub fn limit(&self, due: Option<Moment>) -> Limit {
        let Some(due) = due else {
            return Limit { at: None, left: "no time set".into(), ..Limit::default() };
        };
        let (left, urgency) = match due.minute() - self.now.minute() {
            0 => ("due now".to_string(), Urgency::Soon),
            minutes @ 1..=60 => (format!("{} left", span(minutes)), Urgency::Soon),
            minutes if minutes > 0 => (format!("{} left", span(minutes)), Urgency::Later),
            minutes => (format!("{} late", span(minutes)), Urgency::Overdue),
        };
        Limit { at: Some(self.when(due)), left, urgency, at_once: false }
    }

    /// By when something is due that came up at a moment. What is due at once has some minutes before it is late.
    pub fn due(&self, arises: Moment, due: Option<Moment>) -> Limit {
        let mut limit = self.limit(due);
        limit.at_once = due.is_some_and(|due| due.minute() <= arises.minute());
        let late = limit.at.as_ref().map_or(0, |at| -at.minutes);
        if limit.at_once && (0..=AT_ONCE_GRACE_MINUTES).contains(&late) {
            limit.left = "at once".into();
            limit.urgency = Urgency::Soon;
        }
        limit
    }

    /// `18:30`; in the hour that comes twice in autumn with the name of the time: `01:30 BST`.
    pub fn clock(&self, at: Moment) -> String {
        // The calendar's words end with the clock, and then with the time's name where the hour comes twice.
        let words = self.calendar.words(at);
        let start = words.rfind(':').map_or(0, |colon| colon.saturating_sub(2));
        words.get(start..).unwrap_or_default().to_string()
    }

    /// `today`, `yesterday`, `tomorrow`, `Mon 5 Jan`, `Mon 5 Jan 2025`.
    pub fn day(&self, at: Moment) -> String {
        let (day, today) = (self.calendar.date(at), self.calendar.date(self.now));
        if day == today {
            return "today".into();
        }
        if today.yesterday().is_ok_and(|d| d == day) {
            return "yesterday".into();
        }
        if today.tomorrow().is_ok_and(|d| d == day) {
            return "tomorrow".into();
        }
        self.date(at)
    }

    /// `Mon 5 Jan`, with the year where it is another.
    pub fn date(&self, at: Moment) -> String {
        let words = self.calendar.words(at);
        let date = words.rfind(':').and_then(|colon| words.get(..colon.saturating_sub(3))).unwrap_or_default();
        let year = format!(" {}", self.calendar.date(self.now).year());
        date.strip_suffix(&year).unwrap_or(date).to_string()
    }

    /// How long from one moment to another: `14 h 20 min`.
    pub fn between(from: Moment, to: Moment) -> String {
        span(to.minute() - from.minute())
    }
}

/// `2 d 3 h`, `14 h 20 min`, `45 min`: a length of time at a glance.
pub fn span(minutes: i64) -> String {
    let minutes = minutes.abs();
    match (minutes / 1440, minutes % 1440 / 60, minutes % 60) {
        (0, 0, m) => format!("{m} min"),
        (0, h, 0) => format!("{h} h"),
        (0, h, m) => format!("{h} h {m} min"),
        (d, 0, _) => format!("{d} d"),
        (d, h, _) => format!("{d} d {h} h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn a_time_is_said_from_where_one_stands() {
        let calendar = Calendar::new([]);
        let face = Clockface { calendar: &calendar, now: at("2026-01-06T03:12+00:00") };
        let when = face.when(at("2026-01-05T18:30+00:00"));
        assert_eq!((when.words.as_str(), when.apart.as_str()), ("18:30 yesterday", "8 h 42 min ago"));
        assert_eq!(face.when(at("2026-01-06T04:00+00:00")).words, "04:00 today");
        assert_eq!(face.when(at("2026-01-09T04:00+00:00")).words, "04:00 on Fri 9 Jan");
        assert_eq!(face.when(at("2025-12-24T04:00+00:00")).words, "04:00 on Wed 24 Dec 2025");
        assert_eq!(face.when(at("2026-10-25T00:30+00:00")).clock, "01:30 BST");
        assert_eq!(face.when(at("2026-10-25T01:30+00:00")).words, "01:30 GMT on Sun 25 Oct");
    }

    #[test]
    fn what_is_due_at_once_has_some_minutes() {
        let calendar = Calendar::new([]);
        let face = Clockface { calendar: &calendar, now: at("2026-01-06T03:12+00:00") };
        let said = |arises: &str, due: &str| {
            let limit = face.due(at(arises), Some(at(due)));
            (limit.left, limit.urgency)
        };
        let at_once = |time: &str| said(time, time);
        assert_eq!(at_once("2026-01-06T03:12+00:00"), ("at once".into(), Urgency::Soon));
        assert_eq!(at_once("2026-01-06T03:02+00:00"), ("at once".into(), Urgency::Soon));
        assert_eq!(at_once("2026-01-06T03:01+00:00"), ("11 min late".into(), Urgency::Overdue));
        let given_time = said("2026-01-06T02:00+00:00", "2026-01-06T03:11+00:00");
        assert_eq!(given_time, ("1 min late".into(), Urgency::Overdue));
        assert!(!face.due(at("2026-01-06T03:12+00:00"), None).at_once);
    }

    #[test]
    fn a_limit_says_how_much_time_is_left() {
        let calendar = Calendar::new([]);
        let face = Clockface { calendar: &calendar, now: at("2026-01-06T03:12+00:00") };
        let left = |text: &str| face.limit(Some(at(text))).left;
        assert_eq!(left("2026-01-06T03:12:59+00:00"), "due now");
        assert_eq!(left("2026-01-06T05:22+00:00"), "2 h 10 min left");
        assert_eq!(left("2026-01-06T02:27+00:00"), "45 min late");
        assert_eq!(face.limit(None).left, "no time set");
        assert_eq!(face.limit(Some(at("2026-01-06T04:12+00:00"))).urgency, Urgency::Soon);
        assert_eq!(face.limit(Some(at("2026-01-06T04:13+00:00"))).urgency, Urgency::Later);
    }
}
