//! The log of looks.

use serde::Serialize;
use sqlx::FromRow;

/// Something to be put on the log of looks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct NewLook {
    /// Who; for a sign-in that failed, nobody.
    pub person_id: String,
    /// In which role.
    pub post: String,
    /// For which agency.
    pub agency_id: String,
    /// Whose record; none for what is about no child.
    pub child_id: Option<String>,
    /// What they looked at, or what was refused.
    pub what: String,
    /// The classes of information that they could see, in words.
    pub class: String,
    /// What for.
    pub purpose: String,
    /// The session, by a hash that is of no use to anybody else.
    pub session: String,
}

/// A line of the log of looks.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow, Serialize)]
pub struct Look {
    /// Its place.
    pub seq: i64,
    /// When.
    pub at_us: i64,
    /// As in [`NewLook`].
    pub person_id: String,
    /// As in [`NewLook`].
    pub post: String,
    /// As in [`NewLook`].
    pub agency_id: String,
    /// As in [`NewLook`].
    pub child_id: Option<String>,
    /// As in [`NewLook`].
    pub what: String,
    /// As in [`NewLook`].
    pub class: String,
    /// As in [`NewLook`].
    pub purpose: String,
    /// As in [`NewLook`].
    pub session: String,
    /// The hash of this line and all before it; empty for what was noted before there was a chain.
    pub hash: String,
}

/// Somebody's looks of one kind at one child within an hour, summed up.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct LookSum {
    /// Who.
    pub person_id: String,
    /// In which role.
    pub post: String,
    /// Whose record.
    pub child_id: String,
    /// `listed` (the child stood on a list, or its portrait was shown), `opened` or `refused`.
    pub kind: String,
    /// Was the glass broken for it? 1 or 0.
    pub glass: i64,
    /// When the first was.
    pub first_us: i64,
    /// When the last was.
    pub last_us: i64,
    /// How many.
    pub looks: i64,
    /// The place of the last.
    pub last_seq: i64,
}
