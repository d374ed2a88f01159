//! Facts: what is known of a child, a placement, an episode, the clock.

use super::event::{Answer, Class};
use crate::value::{Type, Value};

/// What a fact is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The child or the placement: one value at a time over the whole record.
    Child,
    /// One episode.
    Episode,
    /// The moment itself.
    Clock,
}

/// Facts that are worked out rather than recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is documented in rulebooks/vocabulary/facts.toml")]
pub enum Derived {
    Age,
    Turns18,
    EpisodeStart,
    EpisodeEnd,
    EpisodeOpen,
    MissingSince,
    WasMissing,
    WasAway,
    WasAbsent,
    FirstEpisode,
    MissingBefore,
    OfficeHours,
    Night,
    PlacedOutOfArea,
}

/// A fact about the child, the placement, the episode or the clock.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The word, such as `episode.risk`.
    pub id: String,
    /// What it is about, from the part before the dot.
    pub scope: Scope,
    /// Type of its values.
    pub kind: Type,
    /// What it means.
    pub doc: String,
    /// What people read before its value.
    pub label: String,
    /// A line of help for whoever answers; may be empty.
    pub hint: String,
    /// It lies ahead when it is recorded.
    pub planned: bool,
    /// The group in which it is asked for; empty for what entries, placements or the engine say.
    pub group: String,
    /// Its closed values, as people read them, in order.
    pub answers: Vec<Answer>,
    /// Who may see it.
    pub class: Class,
    /// The value when nothing is recorded; unknown if left out.
    pub if_silent: Value,
    /// Worked out, not recorded.
    pub derived: Option<Derived>,
    /// Where it is declared.
    pub place: crate::diagnostic::Place,
}

/// A section of the page on what is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactGroup {
    /// The word, as in the page's address.
    pub id: String,
    /// What people read.
    pub title: String,
}
