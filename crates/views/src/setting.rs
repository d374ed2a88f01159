//! The settings of an area: what its people decided where the protocol leaves it open, and what has changed since it was printed.

use super::{Cited, HistoryLine, Viewer};
use serde::Serialize;

/// The page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SettingsPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The area's name.
    pub area: String,
    /// The rulebooks in force.
    pub rulebooks: Vec<InForce>,
    /// What may be set, under its headings.
    pub sections: Vec<SettingSection>,
    /// What waits for a second person.
    pub waiting: Vec<SettingWaiting>,
    /// Who changed what, the latest first.
    pub history: Vec<HistoryLine>,
}

/// A rulebook in force.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct InForce {
    /// Its word in addresses.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Edition, from when until when, and the hash of what it says.
    pub says: String,
}

/// Settings under one heading.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SettingSection {
    /// `Limits that the protocol leaves open`.
    pub title: String,
    /// A sentence; may be empty.
    pub says: String,
    /// Its settings.
    pub lines: Vec<SettingLine>,
    /// The page of all of them, where only some stand here; may be empty.
    pub more: String,
}

/// A setting.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SettingLine {
    /// What it is.
    pub label: String,
    /// What it is for; may be empty.
    pub says: String,
    /// What holds now.
    pub value: String,
    /// What would hold if nobody had set anything, or what is printed; may be empty.
    pub printed: String,
    /// Since when and from whom; empty where nobody has set it.
    pub from: String,
    /// The page on which it is changed; empty where the viewer does not.
    pub change: String,
    /// Provisions.
    pub cited: Cited,
}

/// A change that waits for a second person.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SettingWaiting {
    /// The setting's word, for the form.
    pub subject: String,
    /// What is to be changed, from what to what.
    pub says: String,
    /// Who proposes it, when, and why.
    pub by: String,
    /// The viewer may decide.
    pub may_decide: bool,
    /// Its number, for the form.
    pub version: i64,
}
