//! What putting something right would change in what is asked: told before it is saved.

use crate::{ChildHead, Viewer};

/// The page between a correction and its saving.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Changes {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// What would be otherwise, part by part; none of them is empty.
    pub parts: Vec<ChangePart>,
    /// Who would hear that a time was corrected; empty where nobody would.
    pub told: String,
    /// Something that is late would not have to be done any more, though nobody did it.
    pub ends_late: bool,
    /// Stands for all of it: whoever sends it back has read this, and nothing else.
    pub mark: String,
}

impl Changes {
    /// Would nothing be otherwise?
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.told.is_empty()
    }
}

/// Changes of one kind.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangePart {
    /// Of which kind.
    pub what: Change,
    /// Each of them.
    pub lines: Vec<ChangeLine>,
}

/// What would be otherwise.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Change {
    /// Whether the child is gone, and which absences there are.
    Gone,
    /// What was recorded of an absence, and would stand before its start.
    Stranded,
    /// It would have to be done.
    Due,
    /// It would have to be done later on.
    ToCome,
    /// It would not have to be done.
    NoLonger,
    /// Its limit would be another.
    Moved,
    /// It would be somebody else's.
    Owner,
    /// It could not be told any more.
    Unknown,
    /// It was done, and would count as late.
    Late,
    /// It was done, and would not count as late.
    InTime,
}

/// One of them.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChangeLine {
    /// The act, or what would be so.
    pub act: String,
    /// `by 19:30 today, not 18:30 today`; may be empty.
    pub when: String,
    /// Whose it is, or would be; may be empty.
    pub whose: String,
    /// Of which absence, where there are several; may be empty.
    pub of: String,
}
