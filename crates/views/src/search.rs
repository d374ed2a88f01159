//! Finding a child.

use super::{ChildHead, Tag, Viewer};
use serde::Serialize;

/// The page.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SearchPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// What was asked; empty at first.
    pub asked: String,
    /// The children found, of those the viewer may see.
    pub rows: Vec<SearchRow>,
    /// There are more; ask for more of the name.
    pub more: bool,
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
