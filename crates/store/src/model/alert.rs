//! Alerts, and the changes that live pages follow.

use crate::error::StoreError;
use sqlx::FromRow;

/// What an alert says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AlertKind {
    /// The limit is near.
    Reminder,
    /// The limit has passed.
    Overdue,
}

impl AlertKind {
    /// The word kept in the database.
    pub fn word(self) -> &'static str {
        match self {
            AlertKind::Reminder => "reminder",
            AlertKind::Overdue => "overdue",
        }
    }
}

impl TryFrom<String> for AlertKind {
    type Error = StoreError;

    fn try_from(word: String) -> Result<AlertKind, StoreError> {
        let kind = [AlertKind::Reminder, AlertKind::Overdue].into_iter().find(|k| k.word() == word);
        kind.ok_or_else(|| StoreError::Refused(format!("`{word}` is no kind of alert")))
    }
}

/// An alert, raised once for each limit of a duty.
#[derive(Clone, PartialEq, Debug, FromRow)]
pub struct Alert {
    /// The id.
    pub id: i64,
    /// The child.
    pub child_id: String,
    /// The child's name, as it is now.
    pub child_name: String,
    /// The duty.
    pub duty_key: String,
    /// Reminder or overdue.
    #[sqlx(try_from = "String")]
    pub kind: AlertKind,
    /// The episode.
    pub episode_id: Option<String>,
    /// Whose duty it is: a role.
    pub owner: Option<String>,
    /// What the duty says, in the area's own words.
    pub label: String,
    /// The limit.
    pub due_us: i64,
    /// When the alert was raised.
    pub raised_us: i64,
    /// When somebody acknowledged it.
    pub acknowledged_us: Option<i64>,
    /// The person who did.
    pub acknowledged_by: Option<String>,
    /// The duty is still open.
    pub duty_open: bool,
}

/// Why pages that show a child should be drawn again.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ChangeKind {
    /// Something was written on the record.
    Record,
    /// Time passed, and what is asked changed.
    Derived,
    /// An alert was raised or acknowledged.
    Alert,
}

impl ChangeKind {
    /// The word kept in the database, and sent to pages.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Record => "record",
            ChangeKind::Derived => "derived",
            ChangeKind::Alert => "alert",
        }
    }
}

impl TryFrom<String> for ChangeKind {
    type Error = StoreError;

    fn try_from(word: String) -> Result<ChangeKind, StoreError> {
        let kind = [ChangeKind::Record, ChangeKind::Derived, ChangeKind::Alert].into_iter().find(|k| k.word() == word);
        kind.ok_or_else(|| StoreError::Refused(format!("`{word}` is no kind of change")))
    }
}

/// A change that live pages may want to show.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Change {
    /// Where to go on from: give the greatest one seen to `changes_since`. Several changes may share one.
    pub seq: i64,
    /// The child.
    pub child_id: String,
    /// What happened.
    #[sqlx(try_from = "String")]
    pub kind: ChangeKind,
    /// The place of the first row that was written; 0 where none was.
    pub first_row: i64,
}
