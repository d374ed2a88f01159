//! Until when a record is kept, beside what the law says.

use sqlx::FromRow;

/// The kind of the key in lists by which a record is found whose end has come: its value is the day, or `unknown`.
pub const KEPT_UNTIL: &str = "kept-until";

/// A record is held, or somebody says that it may be let go.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Keeping {
    /// The id.
    pub id: String,
    /// The child.
    pub child_id: String,
    /// `hold` or `release`.
    pub kind: String,
    /// Why, in words.
    pub reason: String,
    /// Who says so.
    pub by_person: String,
    /// When.
    pub at_us: i64,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// Why, in words.
    pub ended_why: Option<String>,
    /// When.
    pub ended_us: Option<i64>,
}

/// A record that was let go.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct LetGone {
    /// The child's id, which says nothing of who it was.
    pub child_id: String,
    /// When.
    pub at_us: i64,
    /// The row of the erasure: the kinds that the record was of, and who decided.
    pub payload: String,
}

/// A record that may be let go by a day.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Ending {
    /// The child.
    pub child_id: String,
    /// The name.
    pub name: String,
    /// The day: `2056-05-02`; `unknown` where it cannot be told.
    pub until: String,
}
