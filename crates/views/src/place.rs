//! Places of a child: where the child goes, why, with what risk, who goes there, and when the child was found there.

use super::{ChildHead, Said, Viewer, When};
use serde::Serialize;

/// The places of a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Places {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The viewer may see places.
    pub may_see: bool,
    /// The viewer may add and change.
    pub may_change: bool,
    /// Where the child goes now.
    pub now: Vec<Place>,
    /// Where the child went.
    pub past: Vec<Place>,
    /// What was entered by mistake.
    pub mistaken: Vec<Place>,
    /// Where the child was found that is written down as no place yet; each once, the latest first.
    pub unnamed: Vec<FoundThere>,
}

/// A place of a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Place {
    /// Its id.
    pub id: String,
    /// `The bus station in Corby`.
    pub name: String,
    /// As written; may be empty.
    pub address: String,
    /// Nobody should go there alone.
    pub not_alone: bool,
    /// Labels and values of all else.
    pub lines: Vec<(String, String)>,
    /// Who goes there, of the people around the child: the id and the name.
    pub who: Vec<(String, String)>,
    /// How often the child was found there.
    pub times: usize,
    /// When last.
    pub last: Option<When>,
    /// The viewer may put right what is said of it.
    pub may_correct: bool,
    /// What was said of it, the last first.
    pub history: Vec<Said>,
}

/// The page of a place.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PlacePage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The place.
    pub one: Place,
    /// It was no mistake.
    pub stands: bool,
    /// The child does not go there any more.
    pub over: bool,
    /// The viewer may add and change.
    pub may_change: bool,
    /// When the child was found there, the latest first.
    pub found: Vec<FoundThere>,
    /// Other children who go there or were found there, of those whom the viewer sees.
    pub others: Vec<OtherThere>,
}

/// The child was found somewhere.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FoundThere {
    /// When.
    pub at: When,
    /// What was recorded: `The child came back`.
    pub what: String,
    /// Where, as it was written.
    pub place: String,
    /// The entry.
    pub entry: String,
    /// Its episode; may be empty.
    pub episode: String,
}

/// Another child at the same place.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct OtherThere {
    /// The child.
    pub child: ChildHead,
    /// The id of the place in the record of that child.
    pub place: String,
    /// What that record calls it.
    pub name: String,
    /// `at the same address`, `a place of the same name`.
    pub why: &'static str,
    /// How often that child was found there.
    pub times: usize,
    /// When last.
    pub last: Option<When>,
}
