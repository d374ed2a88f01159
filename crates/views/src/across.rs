//! Somebody who is around several children: what each record says of them, among the records that the viewer may see.

use super::{ChildHead, Someone, Viewer};
use serde::Serialize;

/// The page of somebody around a child.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PersonPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// What the record of this child says of them.
    pub one: Someone,
    /// They are around the child now, and no mistake.
    pub stands: bool,
    /// They were around the child, and it is over.
    pub over: bool,
    /// The viewer may say what is different of them, and that they are somebody in another record.
    pub may_change: bool,
    /// What the other records say that hold them.
    pub elsewhere: Vec<Elsewhere>,
}

/// The same person in another record, or once more in this one.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct Elsewhere {
    /// The child of that record.
    pub child: ChildHead,
    /// What it says of them.
    pub one: Someone,
    /// It is this very record.
    pub here: bool,
    /// They are not around that child any more.
    pub over: bool,
    /// They pose a risk to that child.
    pub risk: bool,
    /// What it says otherwise.
    pub differs: Vec<Differs>,
    /// By what it can be taken back that the two are one; empty where a third stands between them.
    pub tie: String,
    /// `Said by Owen Pryce, 18:30 today`; may be empty.
    pub said: String,
    /// How it is known; may be empty.
    pub why: String,
}

/// Something that two records say otherwise of one person.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Differs {
    /// The word of its field.
    pub field: String,
    /// `Telephone`.
    pub label: String,
    /// What this record says; may be empty.
    pub here: String,
    /// What the other says.
    pub there: String,
}

/// The page on which somebody is found in another record.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct SamePersonPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// Who is looked for.
    pub one: Someone,
    /// Who they may be, the likeliest first.
    pub offers: Vec<PersonOffer>,
    /// Something was typed that they are looked for by.
    pub sought: bool,
}

/// Somebody who may be the same person.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct PersonOffer {
    /// The child whom they are around.
    pub child: ChildHead,
    /// What that record says of them.
    pub one: Someone,
    /// What speaks for it.
    pub reasons: Vec<String>,
}
