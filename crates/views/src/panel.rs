//! Panels, registers and duties of an area: who meets on whom, what is kept, what is asked that is about no child.

use super::{Cited, Limit, Viewer, When};
use serde::Serialize;

/// What an area keeps and asks, as far as it is somebody's.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AreaPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The area's name.
    pub area: String,
    /// The panels that the viewer takes part in.
    pub panels: Vec<PanelLink>,
    /// The registers that the viewer reads.
    pub registers: Vec<RegisterLink>,
    /// What is asked of the viewer for the area, and what panels agreed with them.
    pub asked: Vec<AreaLine>,
    /// The viewer changes the settings of the area.
    pub settles: bool,
    /// What was done of it of late.
    pub done: Vec<AreaLine>,
}

/// A panel in a list.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PanelLink {
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// The area's name.
    pub protocol: String,
    /// In a sentence.
    pub says: String,
    /// When it meets next.
    pub next: Option<When>,
}

/// A register in a list.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct RegisterLink {
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// In a sentence.
    pub says: String,
}

/// Where something stands that is asked for an area.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AreaState {
    /// Past its limit and not done.
    Overdue,
    /// To be done.
    #[default]
    Due,
    /// Done.
    Done,
}

/// Something asked of somebody that is about no child's record: a duty of the area, or what a panel agreed.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AreaLine {
    /// Unique on the page.
    pub id: String,
    /// What is to be done.
    pub title: String,
    /// Whose it is.
    pub owner: String,
    /// Of which panel or protocol.
    pub of: String,
    /// The page that it belongs to.
    pub href: String,
    /// The page on which it is recorded as done; empty where it is not the viewer's.
    pub doing: String,
    /// Where it stands.
    pub state: AreaState,
    /// By when.
    pub limit: Limit,
    /// When it was done.
    pub done: Option<When>,
    /// What was said of it; may be empty.
    pub note: String,
    /// The child that it is about, where the viewer may see the child: id and name.
    pub child: Option<(String, String)>,
    /// It is about a child whom the viewer does not see.
    pub hidden_child: bool,
    /// As an alert: by which rulebook and id it is acknowledged; empty where it is none.
    pub alert: (String, String),
    /// As an alert: `Dana Holt at 19:12 today`; empty while nobody has acknowledged it.
    pub seen: String,
    /// Provisions.
    pub cited: Cited,
}

/// A panel.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PanelPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// The protocol's short title, and its word in addresses.
    pub protocol: (String, String),
    /// In a sentence.
    pub says: String,
    /// Provisions.
    pub cited: Cited,
    /// Who is on it: the post, and who holds it in this area.
    pub members: Vec<Member>,
    /// The viewer keeps its meetings.
    pub keeps: bool,
    /// Whoever takes part signs a confidentiality agreement.
    pub confidentiality: bool,
    /// Who comes on the next agenda, and why.
    pub agenda: Vec<AgendaPart>,
    /// What is asked of the panel itself.
    pub asked: Vec<AreaLine>,
    /// Meetings to come, the next first.
    pub to_come: Vec<MeetingLink>,
    /// Meetings that were held or called off, the latest first.
    pub past: Vec<MeetingLink>,
    /// Actions that are open, the most pressing first.
    pub actions: Vec<AreaLine>,
    /// Its papers.
    pub papers: Vec<RegisterLink>,
}

/// A post on a panel.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Member {
    /// `Missing Children Co-ordinator`.
    pub post: String,
    /// It chairs.
    pub chairs: bool,
    /// `Priya Nair (Missing Children Team)`; none where nobody here holds it.
    pub people: Vec<String>,
}

/// A part of an agenda: one reason to be on it.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AgendaPart {
    /// `Repeatedly absent or missing`.
    pub says: String,
    /// Provisions.
    pub cited: Cited,
    /// The children, as far as the viewer may see them.
    pub children: Vec<AgendaLine>,
    /// So many more are on it whom the viewer does not see. Only of an agenda that was kept; of one drawn now it is not counted.
    pub hidden: usize,
}

/// A child on an agenda.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AgendaLine {
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub name: String,
    /// The episode's id; may be empty.
    pub episode: String,
    /// What is asked, or why the child was raised.
    pub says: String,
    /// By when.
    pub limit: Limit,
    /// The page on which what was decided is recorded; may be empty.
    pub doing: String,
}

/// A meeting in a list.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct MeetingLink {
    /// Its page.
    pub href: String,
    /// When.
    pub at: When,
    /// Where; may be empty.
    pub place: String,
    /// `Held`, `Called off`, `To come`, `To be recorded`.
    pub state: String,
}

/// A meeting of a panel.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct MeetingPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The panel's page and name.
    pub panel: (String, String),
    /// This meeting, as in lists.
    pub head: MeetingLink,
    /// The viewer keeps the panel's meetings.
    pub keeps: bool,
    /// It was held or called off.
    pub over: bool,
    /// Who comes on the agenda: as it was kept when it was held, before that as it stands now.
    pub agenda: Vec<AgendaPart>,
    /// Headings and what was written under them.
    pub record: Vec<RecordPart>,
    /// Papers of its own: title and text.
    pub papers: Vec<(String, String)>,
    /// Registers that are papers.
    pub registers: Vec<RegisterLink>,
    /// Actions that it agreed.
    pub actions: Vec<AreaLine>,
    /// Who wrote what of it, the latest first.
    pub history: Vec<HistoryLine>,
}

/// A part of a meeting's record.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct RecordPart {
    /// The heading.
    pub label: String,
    /// What was written; may be empty.
    pub text: String,
    /// Provisions.
    pub cited: Cited,
}

/// A line of a history: when, by whom, what.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct HistoryLine {
    /// When.
    pub at: When,
    /// By whom: name and post.
    pub by: String,
    /// What was done.
    pub says: String,
    /// Why; may be empty.
    pub why: String,
}

/// A register.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct RegisterPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// Its page.
    pub href: String,
    /// Its name.
    pub title: String,
    /// The protocol's short title, and its word in addresses.
    pub protocol: (String, String),
    /// In a sentence.
    pub says: String,
    /// The rule that says who is on it, in words.
    pub rule: String,
    /// Provisions.
    pub cited: Cited,
    /// The headings of its columns.
    pub columns: Vec<RecordPart>,
    /// Its rows.
    pub rows: Vec<RegisterRow>,
    /// It is drawn from the records: nobody writes on it.
    pub drawn: bool,
    /// The viewer writes on it.
    pub keeps: bool,
    /// The address of the rows before these; empty at the beginning.
    pub before: String,
    /// The address of the rows after these; empty at the end.
    pub after: String,
}

/// A row of a register.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct RegisterRow {
    /// What stands in each column, line by line.
    pub cells: Vec<Vec<String>>,
    /// The child's page; empty where it is about none.
    pub href: String,
    /// The page on which it is put right; may be empty.
    pub change: String,
    /// Who wrote it, and when; empty where it is drawn.
    pub by: String,
    /// It cannot be told whether the child is on it: what is not recorded.
    pub unsure: String,
}
