//! The home page: what must I do now? And the lists of what is to do, part by part.

use super::{BoardLine, DutyLine, SilenceLine, Urgency, Viewer, When};
use serde::Serialize;

/// A person's home page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Home {
    /// Who is looking.
    pub viewer: Viewer,
    /// `Good morning, Dana`.
    pub greeting: String,
    /// One sentence: `2 things are overdue. The next is due by 19:30 today.`
    pub summary: String,
    /// The one answer to what now: the police first, then what is late, then what is due next.
    pub next: Option<DutyLine>,
    /// What is asked of the viewer that is about no child: duties of the area, and what panels agreed.
    pub area: Vec<super::AreaLine>,
    /// What else is to do: the viewer's own children first, then those of the team. Lists that are empty are left out.
    pub lists: Vec<TodoList>,
    /// There is more than is counted here, from this one on.
    pub more: Option<i64>,
    /// Where nothing is due: what will be next.
    pub quiet: Quiet,
    /// Open episodes among the children the viewer sees, most pressing first; at most five. All are on the board.
    pub missing_now: Vec<BoardLine>,
    /// That nothing has been recorded for long of children who are gone, and the viewer was told.
    pub silences: Vec<SilenceLine>,
    /// What the viewer has to be told beside the duties.
    pub notices: Vec<HomeNotice>,
    /// That nobody holds a post of which protocols ask something; empty where somebody does.
    pub unheld: String,
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

/// Whose duties are on a list.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Whose {
    /// All that are the viewer's post's.
    #[default]
    All,
    /// Those of the children allocated to the viewer.
    Mine,
    /// The others of the viewer's post.
    Team,
}

/// A part of a list of what is to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TodoPart {
    /// What is due.
    #[default]
    Due,
    /// What may be due, once more is known.
    Unknown,
    /// What one may do, or may be asked.
    May,
}

/// What is to do, most pressing first, in parts: a few lines open, some folded, the rest on a page of its own.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct TodoList {
    /// Whose.
    pub whose: Whose,
    /// `To do`, `Your children`, `Your team`.
    pub title: String,
    /// How many there are.
    pub count: usize,
    /// The first of them, what is about the same child and hour together.
    pub bundles: Vec<Bundle>,
    /// Those that are folded.
    pub folded: Vec<DutyLine>,
    /// How many are on the page of the list alone.
    pub rest: usize,
    /// How many may be due once more is known.
    pub unknown: usize,
    /// How many one may do.
    pub may: usize,
}

/// What is about the same child and hour.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Bundle {
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub child_name: String,
    /// Initials, for a picture.
    pub initials: String,
    /// The episode.
    pub episode: Option<String>,
    /// `Overdue`, `Due by 19:30 today`, `No time set`.
    pub when: String,
    /// How pressing the first of them is.
    pub urgency: Urgency,
    /// The lines.
    pub lines: Vec<DutyLine>,
}

/// Where nothing is due.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Quiet {
    /// When something will be, and what: `Hold the return home interview`, of whom.
    pub next: Option<(When, String, String)>,
    /// How long nothing has been recorded of a child who is gone: name, words and episode's address; the longest first.
    pub silent: Vec<(String, String, String)>,
}

/// A part of the list of what is to do, on a page of its own.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct TodoPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// Whose.
    pub whose: Whose,
    /// Which part.
    pub part: TodoPart,
    /// `Your team: due`.
    pub title: String,
    /// The lines of this page.
    pub lines: Vec<DutyLine>,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many lines there are.
    pub count: usize,
    /// There are more than are read at once, from this one on.
    pub more: Option<i64>,
    /// Those that press more, from this one on.
    pub before: Option<i64>,
}
