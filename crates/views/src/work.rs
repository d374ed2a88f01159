//! Work by name: return home interviews, and what each person of a team has to do.

use super::{ChildHead, DutyLine, Limit, Tag, Viewer, When};
use serde::Serialize;

/// The return home interviews, page by page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Interviews {
    /// Who is looking.
    pub viewer: Viewer,
    /// Which are listed: `owed`, `offered`, `accepted`, `declined`, `held`, `late`; empty for all.
    pub part: String,
    /// The parts, each with its word, its name and how many there are.
    pub parts: Vec<(String, String, usize)>,
    /// The lines of this page, what is due first.
    pub lines: Vec<InterviewLine>,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
}

/// A return home interview.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct InterviewLine {
    /// The child.
    pub child: ChildHead,
    /// The episode.
    pub episode: String,
    /// When the child came back.
    pub back: Option<When>,
    /// How far it is.
    pub state: Tag,
    /// It is open still.
    pub open: bool,
    /// By when it is due.
    pub due: Limit,
    /// When it was held.
    pub held: Option<When>,
    /// It was held after it was due.
    pub held_late: bool,
    /// Whose it is, by name; empty where it is nobody's.
    pub person: String,
    /// What the viewer may record of it: the event and what it says.
    pub doing: Vec<(String, String)>,
}

/// A team, as whoever manages it sees it.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct TeamPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The agency's name.
    pub agency: String,
    /// Its people, whoever has most that is overdue first.
    pub people: Vec<TeamPerson>,
    /// How many children are nobody's since somebody left.
    pub left: usize,
}

/// A person of a team, and what is theirs.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct TeamPerson {
    /// The person's id.
    pub id: String,
    /// `Owen Pryce`.
    pub name: String,
    /// `social worker`, and the team.
    pub role: String,
    /// How many children are theirs.
    pub children: usize,
    /// How many of them are gone now.
    pub gone: usize,
    /// How much is due from them.
    pub due: usize,
    /// How much of it is overdue.
    pub overdue: usize,
    /// There is more than was counted.
    pub more: bool,
}

/// What is a person's, to be handed over.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct TeamPersonPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The person.
    pub person: TeamPerson,
    /// Their children: id and name, and in which role.
    pub children: Vec<(String, String, String)>,
    /// The first of what is due from them, most pressing first.
    pub lines: Vec<DutyLine>,
    /// To whom they may be handed over: the id of a post, and `Owen Pryce, social worker`.
    pub people: Vec<(String, String)>,
}
