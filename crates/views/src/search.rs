//! Finding a child.

use super::{ChildHead, Tag, Viewer};
use serde::Serialize;

/// What somebody knows of the child whom they look for. It takes two facts, or an incident number.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Sought {
    /// The name, or a part of it.
    pub name: String,
    /// The day of the date of birth, as typed.
    pub day: String,
    /// The month.
    pub month: String,
    /// The year.
    pub year: String,
    /// A number: of the police incident, or any by which others know the child; or a telephone number.
    pub incident: String,
    /// The home where the child lives or lived, or a part of its address.
    pub home: String,
}

impl Sought {
    /// Nothing was asked yet.
    pub fn is_empty(&self) -> bool {
        [&self.name, &self.day, &self.month, &self.year, &self.incident, &self.home]
            .iter()
            .all(|text| text.trim().is_empty())
    }
}

impl From<&str> for Sought {
    fn from(name: &str) -> Sought {
        Sought { name: name.into(), ..Sought::default() }
    }
}

/// The page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SearchPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// What was asked; empty at first.
    pub asked: Sought,
    /// What more has to be known; empty where it was enough.
    pub too_little: String,
    /// The children found, of those the viewer may see.
    pub rows: Vec<SearchRow>,
    /// There are more; ask with more facts.
    pub more: bool,
    /// Records of exactly this name and date of birth that the viewer has no relation to: they can ask for access.
    pub others: Vec<String>,
    /// The viewer may bring records in by a file.
    pub brings: bool,
}

/// A child found.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SearchRow {
    /// The child.
    pub child: ChildHead,
    /// Status of the open episode; none when there is none.
    pub status: Option<Tag>,
    /// The open episode.
    pub episode: Option<String>,
}
