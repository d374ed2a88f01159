//! Who is missing now.

use super::{ChildHead, Limit, Tag, Viewer, When};
use serde::Serialize;

/// The board of open episodes.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Board {
    /// Who is looking.
    pub viewer: Viewer,
    /// `4 children are gone: 3 missing, 1 absent.`
    pub summary: String,
    /// Reports that were begun in the viewer's home or team and are not sent: address and words.
    pub unsent: Vec<(String, String)>,
    /// Those of this page, most pressing first: what is overdue, then high risk, then longest away.
    pub lines: Vec<BoardLine>,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// An open episode.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct BoardLine {
    /// The child.
    pub child: ChildHead,
    /// The episode's id.
    pub episode: String,
    /// Missing, absent or away.
    pub status: Tag,
    /// Since when the child is gone.
    pub since: When,
    /// `14 h 20 min`.
    pub gone_for: String,
    /// The risk: the police grade, or else not graded.
    pub risk: Tag,
    /// Since when the risk is so.
    pub risk_since: Option<When>,
    /// Reported to the police.
    pub reported: bool,
    /// The next limit of anybody.
    pub next_limit: Limit,
    /// What the next limit is for, and whose: `Review the risk (Exampleshire Police)`; may be empty.
    pub next_label: String,
    /// When something was last recorded.
    pub last_entry: Option<When>,
    /// What was last recorded: `The police graded the risk`.
    pub last_entry_words: String,
    /// How long nothing has been recorded: `3 h 20 min`; empty where nobody knows, or the viewer may not.
    pub silent_for: String,
    /// That is too long, by the setting.
    pub silent: bool,
    /// Who was told of it, by name; may be empty.
    pub told: String,
}
