//! The home page: what must I do now?

use super::{BoardLine, DutyLine, Viewer};
use serde::Serialize;

/// A person's home page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Home {
    /// Who is looking.
    pub viewer: Viewer,
    /// `Good morning, Dana`.
    pub greeting: String,
    /// One sentence: `2 things are overdue, the next limit is at 19:30.`, `Nothing is asked of you at this moment.`
    pub summary: String,
    /// The first of everything, if anything has a limit: for the big panel.
    pub next: Option<DutyLine>,
    /// Sections that are not empty, most pressing first.
    pub sections: Vec<HomeSection>,
    /// What is asked of the viewer that is about no child: duties of the area, and what panels agreed.
    pub area: Vec<super::AreaLine>,
    /// Open episodes among the children the viewer sees, most pressing first; at most five. All are on the board.
    pub missing_now: Vec<BoardLine>,
    /// What the viewer has to be told beside the duties.
    pub notices: Vec<HomeNotice>,
    /// What is said of a cover; may be empty.
    pub cover: String,
    /// How many open episodes there are.
    pub missing_count: usize,
    /// The same in words, as on the board: `4 children are gone: 3 missing, 1 absent.`
    pub missing_words: String,
    /// A report or a form begun and not finished: address and words, `Report of Riley Marsh, begun at 18:40 today`.
    pub unfinished: Vec<(String, String)>,
}

/// What somebody has to be told beside the duties.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct HomeNotice {
    /// The id.
    pub id: i64,
    /// What is told.
    pub says: String,
    /// The page on which it is seen to.
    pub link: String,
}

/// Duties under one heading.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct HomeSection {
    /// `overdue`, `known-late`, `today`, `later`, `no-limit`, `standing`, `optional`, `cannot-tell`, `upcoming`.
    pub id: String,
    /// `Overdue`.
    pub title: String,
    /// A sentence under it; may be empty.
    pub hint: String,
    /// Sorted by time left.
    pub lines: Vec<DutyLine>,
    /// How many more there are than are listed.
    pub more: usize,
    /// How many there are.
    pub count: usize,
}
