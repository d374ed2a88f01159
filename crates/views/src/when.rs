//! Times, limits and states as they are shown.

use serde::Serialize;

/// A moment, in London's time.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct When {
    /// For `<time datetime>`: `2026-01-05T18:30:00+00:00`.
    pub iso: String,
    /// `18:30`; in the hour that comes twice in autumn `01:30 BST`.
    pub clock: String,
    /// `today`, `yesterday`, `tomorrow`, else `Mon 5 Jan`, with the year where it is another.
    pub day: String,
    /// `18:30 today`, `18:30 on Mon 5 Jan`.
    pub words: String,
    /// `in 2 h 10 min`, `now`, `45 min ago`.
    pub apart: String,
    /// Minutes from now; negative is past.
    pub minutes: i64,
}

/// How pressing a limit is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Urgency {
    /// Past.
    Overdue,
    /// Within the hour.
    Soon,
    /// Later.
    Later,
    /// The protocol gives no limit, or it cannot be told.
    #[default]
    None,
}

/// A limit.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Limit {
    /// When it is; none where the protocol gives none.
    pub at: Option<When>,
    /// `2 h 10 min left`, `due now`, `at once`, `45 min late`, `no time set`.
    pub left: String,
    /// How pressing it is.
    pub urgency: Urgency,
    /// Due in the minute in which it came up; it is not late to the eye before some minutes have passed.
    pub at_once: bool,
}

/// A state or a grade: a word for a class or a test, a text for people, and a colour of the design system's tags.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tag {
    /// `overdue`, `missing`, `high`.
    pub word: String,
    /// `Overdue`.
    pub text: String,
    /// `red`, `orange`, `yellow`, `green`, `turquoise`, `blue`, `purple`, `grey`.
    pub colour: &'static str,
}
