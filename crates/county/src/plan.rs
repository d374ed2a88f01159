//! An episode before it is told: when the child was expected, when somebody noticed, how serious it was, and how it ended.

use engine::time::Moment;

/// How the return home interview went.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Interview {
    /// Offered, accepted, held in time.
    Held,
    /// The child said no.
    Declined,
    /// The child said no, and later yes.
    Second,
    /// Offered; the day is still to be found.
    Offered,
    /// Nobody has done anything about it.
    Forgotten,
}

/// An episode.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// When the child was due back.
    pub expected: Moment,
    /// When somebody noticed.
    pub noticed: Moment,
    /// missing, or away.
    pub status: &'static str,
    /// How long after the notice the report to the police was made, in minutes.
    pub reported_after: i64,
    /// Graded high from the beginning.
    pub high: bool,
    /// When the risk was raised to high, if it was.
    pub raised: Option<Moment>,
    pub back: Option<Moment>,
    pub interview: Interview,
    /// What is told ends here: later is still to come, or was not done.
    pub until: Moment,
    /// Of a thousand duties with a limit so many are forgotten.
    pub forgets: usize,
    /// A sighting was written down hours late.
    pub late_entry: bool,
    /// The time of the return was written down wrongly at first.
    pub corrected: bool,
}

impl Plan {
    /// An ordinary episode that is over, as far as a moment lets it be.
    pub fn missing(expected: Moment, noticed: Moment, until: Moment) -> Plan {
        Plan {
            expected,
            noticed,
            status: "missing",
            reported_after: 35,
            high: false,
            raised: None,
            back: None,
            interview: Interview::Held,
            until,
            forgets: 0,
            late_entry: false,
            corrected: false,
        }
    }

    /// The police's grade at a moment.
    pub fn risk(&self, at: Moment) -> &'static str {
        if self.high || self.raised.is_some_and(|raised| raised <= at) { "high" } else { "medium" }
    }

    pub fn hours(&self) -> i64 {
        (self.back.unwrap_or(self.until).minute() - self.expected.minute()) / 60
    }
}
