//! Who is related to a child, who asked to be, and what is withheld.

use sqlx::FromRow;

/// A relation of an agency or a person to a child.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Relation {
    /// The id.
    pub id: String,
    /// The child.
    pub child_id: String,
    /// The agency, if it is one.
    pub agency_id: Option<String>,
    /// The person, if it is one.
    pub person_id: Option<String>,
    /// A tie of the policies, `usual`, or `barred`.
    pub kind: String,
    /// From when.
    pub from_us: i64,
    /// Until when; none while it lasts.
    pub until_us: Option<i64>,
    /// So long after its end what is still owed can be seen and done.
    pub grace_us: i64,
    /// Why, in words.
    pub reason: String,
    /// Who made it.
    pub made_by: String,
    /// When it was made.
    pub made_us: i64,
    /// Who ended it.
    pub ended_by: Option<String>,
    /// When somebody said that it ends.
    pub ended_us: Option<i64>,
}

/// A tie of somebody to a child at a moment.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct TieRow {
    /// As in [`Relation`].
    pub kind: String,
    /// What the agency is; empty for a person.
    pub agency_kind: String,
    /// It has ended, and is in its grace.
    pub ended: bool,
    /// When it ended or will.
    pub until_us: Option<i64>,
}

/// What ties somebody to one of many children.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct TieOf {
    /// The child.
    pub child_id: String,
    /// The tie.
    #[sqlx(flatten)]
    pub tie: TieRow,
}

/// How somebody stands to one of several children at a moment: a row for each tie, or one without a tie.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct RegardRow {
    /// The child.
    pub child_id: String,
    /// The record was merged into another.
    pub merged: bool,
    /// A place of the child is withheld, from whomever.
    pub withholds: bool,
    /// The open episode that is on their board, by its id.
    pub listed: Option<String>,
    /// The child is on lists of theirs.
    pub near: bool,
    /// As in [`TieRow`]; none where nothing ties them.
    pub kind: Option<String>,
    /// As in [`TieRow`].
    pub agency_kind: String,
    /// As in [`TieRow`].
    pub ended: bool,
    /// As in [`TieRow`].
    pub until_us: Option<i64>,
}

impl RegardRow {
    /// The tie, if there is one.
    pub fn tie(&self) -> Option<TieRow> {
        let (agency_kind, ended, until_us) = (self.agency_kind.clone(), self.ended, self.until_us);
        Some(TieRow { kind: self.kind.clone()?, agency_kind, ended, until_us })
    }
}

/// Somebody asked for access, broke the glass, or wants a withheld place opened.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Request {
    /// The id.
    pub id: String,
    /// The child.
    pub child_id: String,
    /// Who asks.
    pub person_id: String,
    /// For which agency.
    pub agency_id: String,
    /// `ask`, `glass` or `second`.
    pub kind: String,
    /// What it is about: a withheld place, or nothing.
    pub what: String,
    /// Why, in their own words.
    pub reason: String,
    /// When.
    pub at_us: i64,
    /// Until when what was asked for lasts.
    pub until_us: i64,
    /// What came of it.
    pub answer: Option<String>,
    /// With which words.
    pub words: Option<String>,
    /// Who answered.
    pub answered_by: Option<String>,
    /// When.
    pub answered_us: Option<i64>,
}

/// A place that is withheld.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct Withheld {
    /// The child.
    pub child_id: String,
    /// The placement, by its id in the record.
    pub place: String,
    /// Why.
    pub reason: String,
    /// Who decided so.
    pub by_person: String,
    /// When.
    pub at_us: i64,
    /// Who lifted it.
    pub lifted_by: Option<String>,
    /// When.
    pub lifted_us: Option<i64>,
}
