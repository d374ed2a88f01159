//! The episode: what is so, who must do what, what happened, what will come.

use super::protocol::Cited;
use super::{
    ChildHead, Doing, DutyKey, DutyLine, Gap, Meeting, Offer, PowerRunning, ProtocolLink, Ringing, Tag, ToRing, Viewer,
    When,
};
use serde::Serialize;

/// The episode's page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct EpisodePage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// So many forms about the child lie half filled in by the viewer.
    pub half_filled: usize,
    /// The episode's id.
    pub episode: String,
    /// The version of the record; goes into forms.
    pub version: i64,
    /// What is so now.
    pub strip: Strip,
    /// What the viewer must do now, most pressing first: the first lines.
    pub mine: Vec<DutyLine>,
    /// The lines after them, folded.
    pub folded: Vec<DutyLine>,
    /// How many the viewer has to do in all.
    pub mine_count: usize,
    /// What the others must do, by agency.
    pub others: Vec<AgencyGroup>,
    /// How much may be due once more is known.
    pub unknown: usize,
    /// How much is due of anybody.
    pub due_count: usize,
    /// Where it is recorded that the child is back; none once it is, or for whoever may not.
    pub back: Option<EventLink>,
    /// Where the report to the police is recorded, while it is due.
    pub report: Option<Doing>,
    /// Where nothing is due from anybody: what comes next.
    pub nothing_due: bool,
    /// How long nothing has been recorded; empty once the child is back.
    pub silent_for: String,
    /// How the child goes missing, in one sentence; empty for a first time.
    pub pattern: String,
    /// The facts that decide most of what is not yet known, at most seven.
    pub decides: Vec<Gap>,
    /// Done, lapsed and waived, latest first: the first lines.
    pub past: Vec<DutyLine>,
    /// How many there are.
    pub past_count: usize,
    /// Strategy meetings, in order of time.
    pub meetings: Vec<Meeting>,
    /// What happened, latest first: the first entries.
    pub timeline: Vec<TimelineItem>,
    /// How many there are.
    pub timeline_count: usize,
    /// What will arise and what limits come if nothing changes, soonest first.
    pub coming: Vec<Coming>,
    /// What somebody should look at: the rulebooks' warnings, contradictions and odd times.
    pub warnings: Vec<Warning>,
    /// Whom to ring, the home first.
    pub ring: Vec<ToRing>,
    /// Whom to ring for this child at this hour, and what to say.
    pub ringing: Ringing,
    /// What the viewer may do though nobody asks it.
    pub offers: Vec<Offer>,
    /// The protocols that were asked, for links.
    pub protocols: Vec<ProtocolLink>,
    /// What is likely to be recorded now.
    pub menu: Vec<EventLink>,
    /// Which protocols were asked: `Exampleshire: children who run away ..., edition 2018`.
    pub rulebooks: Vec<String>,
}

/// What one agency must do.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AgencyGroup {
    /// `The police`.
    pub name: String,
    /// How much is due.
    pub count: usize,
    /// How much of it is overdue.
    pub overdue: usize,
    /// The first lines, most pressing first.
    pub lines: Vec<DutyLine>,
    /// What they did last: `Grade the risk, 03:05 today`; may be empty.
    pub latest: String,
}

/// A part of an episode on a page of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum EpisodePart {
    /// Everything that happened.
    #[default]
    Timeline,
    /// Everything that is due, of anybody.
    Due,
    /// Everything that may be due, once more is known.
    Unknown,
    /// What is done, and what is no longer due.
    Done,
    /// The strategy meetings.
    Meetings,
}

/// A page of a part of an episode.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct EpisodePartPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The episode's id.
    pub episode: String,
    /// Which part.
    pub part: EpisodePart,
    /// `Timeline`.
    pub title: String,
    /// `Missing for 14 h 20 min`.
    pub headline: String,
    /// The duties of this page.
    pub lines: Vec<DutyLine>,
    /// The entries of this page.
    pub items: Vec<TimelineItem>,
    /// The meetings of this page.
    pub meetings: Vec<Meeting>,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// How many there are in all.
    pub count: usize,
}

/// The page on which somebody says what they want to record.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct RecordMenu {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The episode that it is opened from; may be empty.
    pub episode: String,
    /// What was typed.
    pub asked: String,
    /// What is likely now.
    pub likely: Vec<EventLink>,
    /// What fits what was typed, or belongs to the group that was chosen.
    pub found: Vec<EventLink>,
    /// More would fit.
    pub more: bool,
    /// The names of the groups, to look through.
    pub groups: Vec<String>,
    /// The event that was chosen and that stands for many acts; else empty.
    pub of: String,
    /// `Which decision?`, where such an event was chosen.
    pub which: String,
    /// The acts that it may be about: first those that the child's protocols speak of, then all others.
    pub acts: Vec<EventGroup>,
}

/// The strip across the top.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Strip {
    /// The child is not back.
    pub open: bool,
    /// Missing, absent, away, returned.
    pub status: Tag,
    /// `Missing for 14 h 20 min`, `Returned after 2 h 50 min`.
    pub headline: String,
    /// Since when the child is gone.
    pub since: When,
    /// When the child came back.
    pub returned: Option<When>,
    /// The police grade.
    pub risk: Tag,
    /// `since 19:10 today, graded by police`; empty when not graded.
    pub risk_note: String,
    /// The latest assessment by anybody else: `High, by the social worker at 19:40 today`; may be empty.
    pub assessed: String,
    /// Reported to the police.
    pub reported: Option<When>,
    /// `NP-20260105-311`, or empty.
    pub incident_number: String,
    /// The return home interview: `Declined`, or empty while the child is gone.
    pub interview: String,
    /// What is told on somebody's behalf and not confirmed, where it is otherwise: `Police risk: Medium by the police, 04:10 today`.
    pub told: Vec<String>,
    /// Legal powers that run.
    pub powers: Vec<PowerRunning>,
}

/// An entry, as it stands now.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct TimelineItem {
    /// The entry's id; also the anchor to link to.
    pub id: String,
    /// The event, such as `return.recorded`.
    pub event: String,
    /// `The child came back`.
    pub title: String,
    /// When it happened.
    pub occurred: When,
    /// When it was recorded, if not within a few minutes: `recorded 40 min later`; else empty.
    pub late: String,
    /// When it was recorded.
    pub recorded: When,
    /// `Dana Holt, children's home staff`.
    pub by: String,
    /// What was recorded, field by field.
    pub fields: Vec<FieldLine>,
    /// Free text.
    pub note: String,
    /// Why what it said before was put right; empty where nothing was.
    pub why: String,
    /// Not all of what was written is here: where it is read whole, on the page of the timeline; else empty.
    pub whole: String,
    /// The checklist of the duty that it did, as it was answered.
    pub checklist: Vec<CheckedLine>,
    /// The title of the form that it keeps; may be empty.
    pub form: String,
    /// What it leaves open: `not said: who chaired`, `complete, 7 of 19 factors not graded`; empty where it is whole.
    pub left_open: String,
    /// It was taken back, and counts no more.
    pub withdrawn: bool,
    /// What it said before, latest first; empty if it was never corrected.
    pub versions: Vec<Version>,
    /// What somebody should look at in this entry.
    pub warnings: Vec<Warning>,
    /// `Told by the police, and not confirmed yet`; empty for what is the statement of whoever put it down.
    pub told: String,
    /// Who disputes it, and why; latest first.
    pub disputes: Vec<Version>,
    /// The viewer may correct and withdraw it.
    pub can_correct: bool,
    /// The viewer may dispute it.
    pub can_dispute: bool,
    /// The viewer may confirm it, or accept it for a side that does not use Whereabouts.
    pub can_confirm: bool,
}

/// A line of a checklist, as it was answered.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct CheckedLine {
    /// What was asked.
    pub asked: String,
    /// `Yes`, `No`, `Not applicable`, `Left open`.
    pub answer: String,
    /// Why, of a no; may be empty.
    pub why: String,
    /// It was left open.
    pub open: bool,
    /// Provisions.
    pub cited: Cited,
}

/// A field of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct FieldLine {
    /// The field's word.
    pub field: String,
    /// `Back to where`.
    pub label: String,
    /// In words.
    pub value: String,
    /// The child's own words: set off as a quotation.
    pub quoted: bool,
    /// A photograph to be shown in the place of words.
    pub photograph: Option<PhotographOf>,
}

/// A photograph, by its child and its id.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct PhotographOf {
    /// The child.
    pub child: String,
    /// The photograph.
    pub id: String,
}

/// What an entry said before it was corrected, or what a withdrawal said.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Version {
    /// The entry's or the correction's own id.
    pub id: String,
    /// When it was recorded.
    pub recorded: When,
    /// Who recorded it.
    pub by: String,
    /// When it said it happened.
    pub occurred: When,
    /// What it said.
    pub fields: Vec<FieldLine>,
    /// Free text; of a withdrawal, why.
    pub note: String,
    /// Of a correction, why what stood before it was put right; else empty.
    pub why: String,
    /// The checklist of the duty that it did, as it was answered.
    pub checklist: Vec<CheckedLine>,
    /// The title of the form that it keeps; may be empty.
    pub form: String,
    /// It takes the entry back.
    pub withdrawal: bool,
}

/// Something that somebody should look at.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Warning {
    /// What is wrong.
    pub says: String,
    /// What to do; may be empty.
    pub instead: String,
    /// Provisions; may be empty.
    pub provisions: String,
    /// The entry it is about.
    pub entry: Option<String>,
}

/// What comes at a moment ahead.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ComingWhat {
    /// A duty arises.
    #[default]
    Arises,
    /// The limit of one that is due already.
    Limit,
}

/// Something to come.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Coming {
    /// When.
    pub at: When,
    /// What comes.
    pub what: ComingWhat,
    /// `Will be due by 18:00 tomorrow`, `Due`.
    pub words: String,
    /// The act, in the area's own words.
    pub label: String,
    /// Whose.
    pub owner_name: String,
    /// The key of the duty.
    pub key: DutyKey,
    /// The viewer's own.
    pub mine: bool,
}

/// What may be recorded, under a heading.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct EventGroup {
    /// `Asked for now`, `The absence`, `Police`.
    pub title: String,
    /// The events.
    pub events: Vec<EventLink>,
}

/// Where an event is recorded: `/children/{child}/record/{event}`.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct EventLink {
    /// The event.
    pub event: String,
    /// The act that it says was done, where one event stands for many; else empty.
    pub act: String,
    /// `The child came back`.
    pub title: String,
    /// A sentence.
    pub hint: String,
}
