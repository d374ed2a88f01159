//! The child: summary, placements, people, what is known, earlier episodes.

use super::{BoardLine, DutyLine, EventLink, FieldLine, Gap, Lives, Ring, Tag, TimelineItem, Viewer, When};
use serde::Serialize;

/// A child, as shown at the top of a page or in a list.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ChildHead {
    /// The child's id.
    pub id: String,
    /// `Riley Marsh`.
    pub name: String,
    /// `RM`.
    pub initials: String,
    /// The id of the photograph that is shown; empty where there is none.
    pub photograph: String,
    /// `14`, or empty when the date of birth is not recorded.
    pub age: String,
    /// `2 May 2011`, or empty. Where two dates are disputed, both; the age then goes by the later one.
    pub born: String,
    /// `18 tomorrow`: that the 18th birthday is today or comes within four weeks; else empty, and in lists.
    pub coming_of_age: String,
    /// Where the child lives: `Larkfield House`, or empty.
    pub placement: String,
    /// Others of this name whom the viewer sees; on the pages on which the wrong one of them would do harm.
    pub namesakes: Vec<Namesake>,
    /// What a banner says to whoever sees the record for a while only: broke the glass, or works with the child no more; else empty.
    pub access: String,
}

/// Another child of the same name.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Namesake {
    /// The child's id.
    pub id: String,
    /// `Sam Okoro`.
    pub name: String,
    /// What tells this one from the others: `known as Sammy; born 2 May 2011`.
    pub words: String,
}

/// Somebody around the child who poses a risk.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Danger {
    /// The person, in this record.
    pub person: String,
    /// The name.
    pub name: String,
    /// The children by whose records they do; empty where this record says it.
    pub by: Vec<String>,
}

/// The child's page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ChildPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The viewer works with the child no more, and finishes what they owe.
    pub left: bool,
    /// Who around the child poses a risk, by this record or by that of another child whom the viewer sees.
    pub dangers: Vec<Danger>,
    /// So many forms about the child lie half filled in by the viewer.
    pub half_filled: usize,
    /// The photograph that is shown, if there is one.
    pub photograph: Option<PhotographLine>,
    /// The version of the record; goes into forms.
    pub version: i64,
    /// The open episode, if there is one.
    pub open: Option<BoardLine>,
    /// Duties that do not belong to the open episode, and all if none is open; the first, most pressing first.
    pub duties: Vec<DutyLine>,
    /// Those after them, folded.
    pub folded: Vec<DutyLine>,
    /// How many there are.
    pub duty_count: usize,
    /// Whose they are, where not all are the viewer's: `None of it is yours.`; else empty. Each line says for whom it is.
    pub duty_whose: String,
    /// How many may be due once more is known.
    pub unknown: usize,
    /// The facts that decide most of what is not yet known, at most seven.
    pub decides: Vec<Gap>,
    /// Legal status, who is responsible, social care, education: what matters first, always in this order.
    pub summary: Vec<FactLine>,
    /// What makes the child vulnerable: only what is so, or was not recorded.
    pub vulnerabilities: Vec<FactLine>,
    /// Everything else that is recorded.
    pub facts: Vec<FactLine>,
    /// The last of them, latest first.
    pub placements: Vec<PlacementLine>,
    /// May the viewer know where the child lives?
    pub lives: Lives,
    /// How many there are.
    pub placement_count: usize,
    /// People around the child.
    pub people: Vec<PersonLine>,
    /// Who the child is: names, numbers, looks, health and all else that is kept.
    pub particulars: Vec<(String, String)>,
    /// Places where the child was last seen, found or returned to, latest first: words and when.
    pub places: Vec<(String, When)>,
    /// The last of them, latest first, the open one included.
    pub episodes: Vec<EarlierEpisode>,
    /// How many there are.
    pub episode_count: usize,
    /// How the child goes missing, in one sentence; may be empty.
    pub pattern: String,
    /// `5 episodes in the last 12 months, the longest 2 d 3 h.`
    pub episodes_summary: String,
    /// The latest of what was recorded outside every episode, in few words, and when.
    pub outside: Vec<(String, When)>,
    /// So many entries there are outside every episode.
    pub outside_count: usize,
    /// Each day of the last 365 that an episode touched, oldest first.
    pub calendar: Vec<CalendarDay>,
    /// First and last day of the calendar, `2025-01-06`.
    pub calendar_from: String,
    /// See `calendar_from`.
    pub calendar_until: String,
    /// In which hour of the day episodes began: always 24.
    pub hours: Vec<HourCount>,
    /// What is likely to be recorded now.
    pub menu: Vec<EventLink>,
}

/// A part of what is shown of a child, on a page of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ChildPart {
    /// Every episode.
    #[default]
    Episodes,
    /// Everything that is due.
    Due,
    /// Everything that may be due, once more is known.
    Unknown,
    /// What was recorded outside every episode.
    Outside,
}

/// A page of a part of what is shown of a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct ChildPartPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// Which part.
    pub part: ChildPart,
    /// `Episodes`.
    pub title: String,
    /// The duties of this page.
    pub lines: Vec<DutyLine>,
    /// The episodes of this page.
    pub episodes: Vec<EarlierEpisode>,
    /// The entries of this page.
    pub items: Vec<TimelineItem>,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many there are in all.
    pub count: usize,
}

/// The photograph of a child.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PhotographLine {
    /// Its id.
    pub id: String,
    /// The entry that adds it, to be corrected or withdrawn.
    pub entry: String,
    /// `Taken on 3 May 2026`, or that nobody recorded when.
    pub words: String,
    /// So old that the child may look different: `14 months ago`; empty where it is not, or nobody knows.
    pub old: String,
}

/// The page of a photograph.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PhotographPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// What is shown.
    pub line: PhotographLine,
    /// Who added it, when: `Added on Tue 3 Mar 10:00 by Owen Pryce, social worker`.
    pub by: String,
    /// What else was recorded of it.
    pub fields: Vec<FieldLine>,
    /// Free text.
    pub note: String,
    /// It is the one that is shown.
    pub shown: bool,
    /// The viewer may correct and withdraw what is said of it.
    pub may_correct: bool,
}

/// The page on which a photograph is chosen.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PhotographForm {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The photograph that is shown now.
    pub before: Option<PhotographLine>,
}

/// A fact about the child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FactLine {
    /// The word, such as `child.legal_status`.
    pub fact: String,
    /// `Legal status`.
    pub label: String,
    /// `Care order`, `Yes`, `Not recorded`.
    pub value: String,
    /// Recorded at all.
    pub known: bool,
    /// Since when.
    pub since: Option<When>,
    /// The entry that says so, for a link into the timeline.
    pub entry: Option<String>,
}

/// Where the child lives or lived.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PlacementLine {
    /// `Larkfield House`.
    pub name: String,
    /// `Children's home`.
    pub kind: String,
    /// The address, or empty.
    pub address: String,
    /// `Exampleshire`.
    pub host: String,
    /// From when.
    pub from: When,
    /// Until when; none while it lasts.
    pub until: Option<When>,
    /// The present one.
    pub current: bool,
}

/// Somebody around the child.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PersonLine {
    /// `Owen Pryce`.
    pub name: String,
    /// `social worker`.
    pub role: String,
    /// The numbers to ring, with whose they are.
    pub rings: Vec<Ring>,
    /// As written; may be empty.
    pub email: String,
    /// As written; may be empty.
    pub address: String,
    /// Anything else, key by key.
    pub more: Vec<(String, String)>,
}

/// An episode in a list.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct EarlierEpisode {
    /// Its id.
    pub id: String,
    /// When it began.
    pub started: When,
    /// When the child came back.
    pub ended: Option<When>,
    /// `2 h 50 min`.
    pub lasted: String,
    /// The status at its end, or now: missing, absent, away.
    pub status: Tag,
    /// The highest risk graded in it.
    pub risk: Tag,
    /// `Own accord`, or empty.
    pub how_back: String,
    /// The return home interview: `Held`, `Declined`, `Not offered`.
    pub interview: String,
}

/// A day on which the child was gone.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CalendarDay {
    /// `2026-01-05`.
    pub date: String,
    /// Hours gone on this day, 1 to 24 (25 on the long day).
    pub hours: u8,
    /// The episodes, by id.
    pub episodes: Vec<String>,
    /// `Mon 5 Jan: gone for 3 hours`.
    pub words: String,
}

/// How many episodes began in an hour of the day.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct HourCount {
    /// 0 to 23.
    pub hour: u8,
    /// How many.
    pub count: u32,
}
