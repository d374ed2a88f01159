//! Strategy meetings of an episode: each as it was arranged, as it was held, and its minutes.

use super::{EventLink, When};
use serde::Serialize;

/// A strategy meeting.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Meeting {
    /// The id of the entry that stands first in it; makes the anchor.
    pub id: String,
    /// `Held 10:00 on Wed 7 Jan`, `Arranged for 14:00 tomorrow`.
    pub title: String,
    /// How far it has come.
    pub state: MeetingState,
    /// What was recorded of it: arranged, held, minutes; in this order.
    pub parts: Vec<MeetingPart>,
    /// The entry that it was held, which `next` is about.
    pub held: Option<String>,
    /// What the viewer can record of it next.
    pub next: Option<EventLink>,
}

/// How far a meeting has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum MeetingState {
    /// Arranged.
    #[default]
    ToCome,
    /// Its time has passed, and nobody recorded that it was held.
    Passed,
    /// Held, and no minutes yet.
    Held,
    /// Minutes were issued.
    Minuted,
}

/// One entry of a meeting, as it stands now.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct MeetingPart {
    /// The entry's id: its place in the timeline, and where it is corrected.
    pub entry: String,
    /// `Arranged`, `Held`, `Minutes issued`.
    pub title: String,
    /// When.
    pub occurred: When,
    /// `Helen Oduya, team manager`.
    pub by: String,
    /// What was recorded, field by field.
    pub facts: Vec<MeetingFact>,
    /// What it leaves open: `not said: who chaired`; empty where it is whole.
    pub left_open: String,
    /// Free text.
    pub note: String,
    /// It was corrected: what it said before stands in the timeline.
    pub corrected: bool,
    /// The viewer may correct it.
    pub can_correct: bool,
}

/// A field of such an entry.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct MeetingFact {
    /// The field's word.
    pub field: String,
    /// `Who attended`.
    pub label: String,
    /// In words, with its line breaks; empty where it is a list.
    pub value: String,
    /// Actions, and questions to consider: one a line.
    pub items: Vec<String>,
}
