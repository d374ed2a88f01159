//! A child's record: rows of a hash chain, and what is found when the chain is worked out again.

use crate::error::StoreError;
use sqlx::FromRow;
use std::fmt;

/// Which part of the case file a row's payload belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKind {
    /// An entry of `chronology[]`.
    Entry,
    /// A line of `facts[]`.
    Fact,
    /// One of `placements[]`.
    Placement,
    /// One of `people[]`.
    Person,
    /// A place where the child goes, or was found. No part of the case file.
    Place,
    /// A setting: `{ "rulebook": { "setting": value } }`, laid over `settings`.
    Setting,
    /// `{ "erases": [seq, ...], ... }`: says which rows were lawfully erased, by whom and why. No part of the case file.
    Erasure,
    /// Which records are of one child: `{ "act": "holds", "child": ID, "rows": n }` and its like, as `actions` writes them. No part of the
    /// case file.
    Same,
}

impl RowKind {
    /// The word kept in the database, and hashed.
    pub fn word(self) -> &'static str {
        match self {
            RowKind::Entry => "entry",
            RowKind::Fact => "fact",
            RowKind::Placement => "placement",
            RowKind::Person => "person",
            RowKind::Place => "place",
            RowKind::Setting => "setting",
            RowKind::Erasure => "erasure",
            RowKind::Same => "same",
        }
    }

    /// The kind of a word.
    pub fn of(word: &str) -> Option<RowKind> {
        let all = [
            Self::Entry,
            Self::Fact,
            Self::Placement,
            Self::Person,
            Self::Place,
            Self::Setting,
            Self::Erasure,
            Self::Same,
        ];
        all.into_iter().find(|k| k.word() == word)
    }
}

impl TryFrom<String> for RowKind {
    type Error = StoreError;

    fn try_from(word: String) -> Result<RowKind, StoreError> {
        RowKind::of(&word).ok_or_else(|| StoreError::Refused(format!("`{word}` is no kind of row")))
    }
}

/// A child to be added. Name, date of birth and agencies come with `Derived`.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct NewChild {
    /// The id.
    pub id: String,
    /// When the record was opened.
    pub created_us: i64,
}

/// A row to be appended.
#[derive(Clone, PartialEq, Debug)]
pub struct NewRow {
    /// What the payload is.
    pub kind: RowKind,
    /// When it happened.
    pub occurred_us: i64,
    /// When it was written down.
    pub recorded_us: i64,
    /// The id of the person who wrote it.
    pub actor: String,
    /// One JSON object, exactly as in the case file.
    pub payload: String,
    /// At least 16 characters of chance, so that nobody can guess an erased payload from its commitment.
    pub salt: String,
    /// The picture that it puts on the record, by its id: there already, and kept from now on.
    pub photograph: Option<String>,
}

/// A row of the record.
#[derive(Clone, PartialEq, Debug, FromRow)]
pub struct Row {
    /// Position in the record, from 1.
    pub seq: i64,
    /// What the payload is.
    #[sqlx(try_from = "String")]
    pub kind: RowKind,
    /// When it happened.
    pub occurred_us: i64,
    /// When it was written down.
    pub recorded_us: i64,
    /// The id of the person who wrote it.
    pub actor: String,
    /// The JSON object; none once it was lawfully erased.
    pub payload: Option<String>,
    /// The hash of the row, in hexadecimal digits.
    pub hash: String,
}

/// All rows of a child, in order.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Record {
    /// The child.
    pub child: String,
    /// The number of rows, which is also the `seq` of the last.
    pub version: i64,
    /// The rows.
    pub rows: Vec<Row>,
}

/// The answer to a write; the same for every repetition of its key, but for `repeated` and `head`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Appended {
    /// The child: on a repeated `add_child`, the one that the first call made.
    pub child: String,
    /// The version after the write.
    pub version: i64,
    /// The `seq` of the first row written; `version + 1` if there was none.
    pub first_seq: i64,
    /// The hash of the last row written; empty where an earlier write is told again.
    pub head: String,
    /// The key had been used before: nothing was written now.
    pub repeated: bool,
}

/// Where a record stands: enough to tell whether what is known of it is still all of it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Stands {
    /// How many rows it has.
    pub version: i64,
    /// The hash of the last of them.
    pub head: String,
    /// The child's name.
    pub name: String,
    /// The agencies that are related to the child, by id.
    pub agencies: Vec<String>,
    /// How long the journal of what was changed beside the records is: while it is as long as before, no area has set anything.
    pub deeds: i64,
}

/// What came of working a chain out again.
#[derive(Clone, PartialEq, Debug)]
pub struct Verified {
    /// The child.
    pub child: String,
    /// How many rows there are.
    pub rows: i64,
    /// How many of them are erased.
    pub erased: i64,
    /// The hash of the last row. Kept elsewhere, it also shows that nobody rewrote the whole record.
    pub head: String,
    /// What is wrong, in order; nothing if the record is whole.
    pub faults: Vec<Fault>,
}

impl Verified {
    /// Nothing is wrong.
    pub fn is_whole(&self) -> bool {
        self.faults.is_empty()
    }
}

/// Something wrong in a chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Fault {
    /// A row is not where it should be: rows were taken out or put in before it.
    Gap { expected: i64, found: i64 },
    /// Times, person or kind were changed, or the row before it was exchanged.
    Altered { seq: i64 },
    /// The payload was changed.
    Payload { seq: i64 },
    /// Only one of payload and salt is there.
    HalfErased { seq: i64 },
    /// The payload is gone, and no erasure names the row.
    Unexplained { seq: i64 },
    /// A picture that the record names is not there, or is another.
    Picture { id: String },
    /// The child's version or head is not that of the last row: rows are missing at the end.
    End { version: i64, last: i64 },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Fault::Gap { expected, found } => write!(f, "row {expected} should follow, and row {found} does"),
            Fault::Altered { seq } => {
                write!(
                    f,
                    "the times, the person or the kind of row {seq} were changed, or the row before it was exchanged"
                )
            }
            Fault::Payload { seq } => write!(f, "what row {seq} says was changed"),
            Fault::HalfErased { seq } => {
                write!(f, "row {seq} is erased by half: its text or its salt is gone, not both")
            }
            Fault::Unexplained { seq } => {
                write!(f, "what row {seq} said is gone, and no erasure on the record names it")
            }
            Fault::Picture { id } => write!(f, "the picture {id} was removed or exchanged"),
            Fault::End { version, last } => {
                write!(f, "the record should end with row {version} and its hash; it ends with row {last}")
            }
        }
    }
}

/// Two records made one, or taken apart: what is appended to each, with what lists keep of it then.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The key: what is sent twice with one key is done once.
    pub key: String,
    /// The record that holds the other: its id, the version that the caller knows, the rows, what is derived.
    pub one: (String, i64, Vec<NewRow>, super::Derived),
    /// The record that is held.
    pub two: (String, i64, Vec<NewRow>, super::Derived),
    /// Places whose ids were written anew: the id in the other record, and the new one.
    pub places: Vec<(String, String)>,
}
