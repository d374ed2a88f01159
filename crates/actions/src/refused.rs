//! Why something was not done, in the user's words. Nothing that was typed is lost by a refusal: whoever asked still has it.

use casebook::command::FieldProblem;
use store::StoreError;
use views::{Changes, TimelineItem};

/// A refusal.
#[derive(Clone, PartialEq, Debug)]
pub enum Refused {
    /// The person may not do or see this. The words are the same whether or not there is such a thing.
    NotAllowed(String),
    /// The person has to show again who they are before they go on.
    SignInAgain(String),
    /// There is no such page: an unknown event, entry, draft or duty of a child that the person may see.
    NotFound,
    /// Some answers are wrong.
    Invalid(Vec<FieldProblem>),
    /// A rulebook, or the record itself, does not let it be recorded.
    RuleRefuses(Vec<Objection>),
    /// Something was recorded since the page was made. What is newer is shown; sent again with this version, the entry is recorded.
    Stale {
        /// What was recorded since, latest first.
        newer: Vec<TimelineItem>,
        /// The version to send with the next attempt.
        version: i64,
    },
    /// It would change what is asked. Sent again with the mark of what it says, it is saved.
    Changes(Box<Changes>),
    /// It is not known whether it was saved, or the record cannot be read: try again with the same key, which never saves twice.
    Unavailable(String),
}

impl Refused {
    /// Why not, in one line, for whoever stands at a command line.
    pub fn says(&self) -> String {
        match self {
            Refused::NotAllowed(says) | Refused::SignInAgain(says) | Refused::Unavailable(says) => says.clone(),
            Refused::NotFound => "there is no such thing".into(),
            Refused::Invalid(problems) => problems.iter().map(|p| p.message.as_str()).collect::<Vec<_>>().join("; "),
            Refused::RuleRefuses(objections) => {
                objections.iter().map(|o| o.says.as_str()).collect::<Vec<_>>().join("; ")
            }
            Refused::Stale { .. } => "somebody changed it meanwhile".into(),
            Refused::Changes(_) => "it changes what is asked: read that first".into(),
        }
    }
}

/// Why an entry may not be recorded.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Objection {
    /// What is wrong.
    pub says: String,
    /// What to do instead.
    pub instead: String,
    /// Provisions; empty where the record itself objects.
    pub provisions: String,
    /// The rulebook's title; empty where the record itself objects.
    pub rulebook: String,
    /// The entry that is in the way, if one is.
    pub entry: Option<String>,
}

/// The answer of a form that brings back the mark of what its writer read of what it changes.
pub const READ_CHANGES: &str = "changes-read";

/// The result of whatever a person does.
pub type Result<T> = std::result::Result<T, Refused>;

pub(crate) const TRY_AGAIN: &str =
    "We could not reach the record just now. Nothing you typed is lost. Try again; it is never saved twice.";

/// What is said while the disk of the database takes nothing.
pub const NOTHING_SAVED: &str = "Nothing can be saved just now: the disk of the server is full or does not take what is written. Whoever runs \
     this service has to see to it. Nothing you typed is lost. Try again later; it is never saved twice.";

/// What is said where the program itself is at fault: the database is there, and everything else goes on.
pub const FAULT: &str = "This page cannot be shown: the program is at fault, and whoever runs it can read why in its log. Everything else goes on.";

/// What is said of a form that was refused before, is looked at again, and could be saved now.
pub const NOT_SENT: &str =
    "What you typed here before was not saved. Look through it, and send it again if it is still right.";

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Refused {
        match error {
            StoreError::NoSuchChild(_) => not_related(),
            StoreError::Disk(_) => {
                tracing::error!(%error, "the store");
                Refused::Unavailable(NOTHING_SAVED.into())
            }
            StoreError::Fault(_) => {
                tracing::error!(%error, "the store");
                Refused::Unavailable(FAULT.into())
            }
            StoreError::Tried => Refused::Unavailable(NOT_SENT.into()),
            StoreError::Stale { current_version } => Refused::Stale { newer: Vec::new(), version: current_version },
            other => {
                // Whoever runs the system reads this; the person is told what to do.
                tracing::error!(error = %other, "the store");
                Refused::Unavailable(TRY_AGAIN.into())
            }
        }
    }
}

/// The words for a child that does not exist, and for one that the person may not see.
pub const NO_SUCH_CHILD: &str = "There is no such child among those that your agency works with.";

/// The answer for a child that does not exist, and for one that the person may not see.
pub(crate) fn not_related() -> Refused {
    Refused::NotAllowed(NO_SUCH_CHILD.into())
}
