//! The directory: where an agency that cares for children is, and how it is reached.

use sqlx::FromRow;

/// An agency's line in the directory.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Listed {
    /// The agency's id.
    pub agency: String,
    /// Its registration number.
    pub registration: String,
    /// Who provides it.
    pub provider: String,
    /// Who manages it.
    pub manager: String,
    /// By day.
    pub phone_day: String,
    /// By night.
    pub phone_night: String,
    /// Where it is.
    pub address: String,
    /// `ordinary`, or `whereabouts` where few may know the address.
    pub address_class: String,
    /// The authority in whose area it lies, in its word; empty where that is not known.
    pub host: String,
    /// Whose own procedure it follows, in the word of its rulebook; empty where that is not known.
    pub procedure: String,
    /// How often it was written.
    pub version: i64,
    /// Who wrote it last, by id.
    pub changed_by: String,
    /// When.
    pub changed_us: i64,
}

/// A row that was brought in from elsewhere, by where it came from.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Brought {
    /// What the ids are ids of.
    pub source: String,
    /// What it is.
    pub kind: String,
    /// Its id there.
    pub id: String,
    /// The record that it is in.
    pub ours: String,
    /// A hash of what it said when it came.
    pub says: String,
}
