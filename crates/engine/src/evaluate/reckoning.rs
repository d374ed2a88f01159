//! The calendar, while a rule is judged: the only way to it. The moments that it gives are noted, since they are compared with now; and what
//! is asked of it about now itself is noted as what turns with time.

use super::reads::Recorder;
use crate::calendar::{Calendar, Date, Length};
use crate::rulebook::{Night, OfficeHours};
use crate::time::Moment;

/// A day has so many seconds, unless the clocks change.
const DAY: i64 = 86_400;

/// The calendar, with whoever notes what it is asked.
#[derive(Clone, Copy)]
pub(crate) struct Reckoning<'a> {
    calendar: &'a Calendar,
    recorder: Option<&'a Recorder>,
}

impl<'a> Reckoning<'a> {
    pub fn new(calendar: &'a Calendar, recorder: Option<&'a Recorder>) -> Reckoning<'a> {
        Reckoning { calendar, recorder }
    }

    /// A moment that was come across, however it was reckoned.
    #[inline]
    pub fn came_across(&self, at: Moment) -> Moment {
        if let Some(recorder) = self.recorder {
            recorder.moment(at);
        }
        at
    }

    /// A length after a moment.
    pub fn add(&self, from: Moment, length: Length) -> Moment {
        if let Some(recorder) = self.recorder
            && recorder.is_close(from)
        {
            // What is counted from now moves with now.
            recorder.changes();
        }
        self.came_across(self.calendar.add(from, length))
    }

    /// The local day of a moment.
    pub fn date(&self, at: Moment) -> Date {
        let day = self.calendar.date(at);
        if let Some(recorder) = self.recorder
            && recorder.is_close(at)
        {
            self.day_turns(recorder, day);
        }
        day
    }

    /// When a day begins.
    pub fn start_of(&self, day: Date) -> Moment {
        self.came_across(self.calendar.start_of(day))
    }

    /// When a day ends: its last minute.
    pub fn end_of(&self, day: Date) -> Moment {
        self.came_across(self.calendar.end_of(day))
    }

    /// Do office hours cover a moment?
    pub fn is_open(&self, hours: &OfficeHours, at: Moment) -> bool {
        self.clock(at, hours.edges());
        hours.cover(self.calendar, at)
    }

    /// Is a moment in the night?
    pub fn is_night(&self, night: &Night, at: Moment) -> bool {
        self.clock(at, [night.from, night.until].into_iter());
        night.covers(self.calendar, at)
    }

    /// A moment in words.
    pub fn words(&self, at: Moment) -> String {
        self.said(at);
        self.calendar.words(at)
    }

    /// A moment as JSON says it.
    pub fn stamp(&self, at: Moment) -> String {
        self.said(at);
        self.calendar.stamp(at)
    }

    /// What says what time it is now says something else later.
    fn said(&self, at: Moment) {
        if let Some(recorder) = self.recorder
            && recorder.is_close(at)
        {
            recorder.changes();
        }
    }

    /// The time of day is asked for: of now, it changes at these times, and with the day.
    fn clock(&self, at: Moment, times: impl Iterator<Item = jiff::civil::Time>) {
        let Some(recorder) = self.recorder.filter(|recorder| recorder.is_close(at)) else { return };
        let day = self.calendar.date(at);
        if self.day_turns(recorder, day) {
            times.for_each(|time| recorder.moment(self.calendar.moment(day.to_datetime(time))));
        }
    }

    /// The day of now is asked for: it changes as the day begins and ends. On a day on which the clocks change, whatever hangs on the day
    /// is asked anew each time. Says whether it is a day like others.
    fn day_turns(&self, recorder: &Recorder, day: Date) -> bool {
        let begins = self.calendar.start_of(day);
        let ends = day.tomorrow().map_or(begins, |tomorrow| self.calendar.start_of(tomorrow));
        recorder.moment(begins);
        recorder.moment(ends);
        let plain = ends.0 - begins.0 == DAY;
        if !plain {
            recorder.changes();
        }
        plain
    }
}
