//! Alerts: limits that come near, and limits that have passed.

use super::{DutyKey, Viewer, When};
use serde::Serialize;

/// The list.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Alerts {
    /// Who is looking.
    pub viewer: Viewer,
    /// That nothing has been recorded of a child who is gone, the longest first.
    pub silent: Vec<SilenceLine>,
    /// What panels agreed that is the viewer's and overdue. It clears itself.
    pub late: Vec<super::AreaLine>,
    /// Not acknowledged, latest first.
    pub open: Vec<AlertLine>,
    /// Acknowledged, latest first; the last few.
    pub seen: Vec<AlertLine>,
    /// Which page it is, from 1.
    pub page: usize,
    /// How many pages there are.
    pub pages: usize,
    /// There are more than are read at once.
    pub more: bool,
}

/// That nothing has been recorded for long, and the viewer was told.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct SilenceLine {
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub child_name: String,
    /// The episode.
    pub episode: String,
    /// Since when.
    pub since: When,
    /// `4 h 10 min`.
    pub silent_for: String,
    /// When the viewer was told.
    pub raised: When,
    /// The viewer has said that they have seen it.
    pub seen: bool,
}

/// What an alert says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertKind {
    /// The limit comes near.
    #[default]
    Reminder,
    /// The limit has passed.
    Overdue,
}

/// An alert.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct AlertLine {
    /// Its id, for `/alerts/{id}/acknowledge`.
    pub id: String,
    /// Reminder or overdue.
    pub kind: AlertKind,
    /// The child's id.
    pub child: String,
    /// The child's name.
    pub child_name: String,
    /// The episode.
    pub episode: Option<String>,
    /// The act, in the area's own words.
    pub label: String,
    /// Who is still to be told, where it is telling and the label does not say it.
    pub to_tell: String,
    /// Whose it is.
    pub owner_name: String,
    /// The limit.
    pub due: Option<When>,
    /// When it was raised.
    pub raised: When,
    /// The key of the duty.
    pub duty: DutyKey,
    /// The duty is still asked; where it is not, say `since done`.
    pub still_open: bool,
    /// The viewer may acknowledge it: somebody who works with the child now.
    pub may_acknowledge: bool,
    /// `Dana Holt at 19:12 today`; empty while nobody has acknowledged it.
    pub acknowledged: String,
}
