//! Actions, and the forms that some of them fill in.

use super::{Answer, EventId};
use crate::condition::Condition;
use crate::words::Sym;

/// The sort of act an action is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words say it; see rulebooks/vocabulary/actions/core.toml")]
pub enum ActionKind {
    Notify,
    Share,
    Meet,
    Decide,
    Record,
    Assess,
    Interview,
    Do,
}

impl ActionKind {
    /// Is the act that somebody is told something?
    pub fn tells(self) -> bool {
        matches!(self, ActionKind::Notify | ActionKind::Share)
    }
}

/// An event, and what must be true of the entry, for something to be met.
#[derive(Clone, Debug)]
pub struct Met {
    /// The event.
    pub event: EventId,
    /// Of the entry.
    pub when: Condition,
}

/// An act that rules ask for; the same word in every area.
#[derive(Clone, Debug)]
pub struct Action {
    /// The word, such as `return_home_interview.hold`.
    pub id: String,
    /// Its symbol.
    pub sym: Sym,
    /// Name for people.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// The sort of act.
    pub kind: ActionKind,
    /// For notify: about what. For share: what is shared.
    pub topic: Option<Sym>,
    /// Events that carry it out, beside `action.recorded`.
    pub met_by: Vec<Met>,
    /// As a decision: what its answer may be. Yes and no, and what the vocabulary has beside them.
    pub answers: Vec<Answer>,
    /// Only these roles may own it (empty: any).
    pub only_by: Vec<Sym>,
    /// As a decision: whose it is to say that it was made (empty: anybody's). Whoever else puts it down puts it down as told.
    pub said_by: Vec<Sym>,
    /// These roles may not own it.
    pub never_by: Vec<Sym>,
    /// Whom it tells by its nature, where no rule has to name them: whoever is reported to.
    pub tells: Vec<Sym>,
}

/// A form, plan or record that is filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// The word.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it means.
    pub doc: String,
}
