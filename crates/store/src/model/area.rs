//! What is kept of an area, and about no child.

use sqlx::FromRow;

/// That an action of a panel is overdue, raised once for its limit.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Late {
    /// The action.
    pub subject: String,
    /// The limit that has passed.
    pub due_us: i64,
    /// When it was raised.
    pub raised_us: i64,
    /// When somebody has seen it.
    pub seen_us: Option<i64>,
    /// Who, by name.
    pub seen_by: Option<String>,
}

/// A row of an area. The last of an area, kind and subject is what holds; those before it are its history.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct AreaRow {
    /// The id.
    pub id: String,
    /// The area, in the rulebooks' word.
    pub area: String,
    /// What it is: the caller's word.
    pub kind: String,
    /// Which of them.
    pub subject: String,
    /// Its number in the history of the subject, from 1.
    pub n: i64,
    /// What it says; the caller's form.
    pub payload: String,
    /// Who wrote it, by id; empty for whoever runs the server.
    pub by_person: String,
    /// In which role.
    pub by_role: String,
    /// When.
    pub at_us: i64,
    /// What is sent twice with one key is kept once.
    pub key: String,
}
