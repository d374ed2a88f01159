//! What a post may: the answers of the policies.

use crate::words::{Acts, Classes, Tie, Ties};

/// What somebody may see of a child, and do about it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct May {
    /// The classes that may be seen.
    pub see: Classes,
    /// The classes that may be recorded, as one's own side's statement.
    pub record: Classes,
    /// The classes that may be put down as told by another side.
    pub tell: Classes,
    /// What may be done, but for what depends on an entry.
    pub acts: Acts,
}

impl May {
    /// What one of two posts may.
    #[must_use]
    pub fn or(self, other: May) -> May {
        May {
            see: self.see.or(other.see),
            record: self.record.or(other.record),
            tell: self.tell.or(other.tell),
            acts: self.acts.or(other.acts),
        }
    }

    /// May anything be seen or done?
    pub fn is_nothing(self) -> bool {
        self == May::default()
    }
}

/// How somebody stands to an entry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub struct Hold {
    /// They wrote it.
    pub mine: bool,
    /// Somebody of their agency wrote it.
    pub ours: bool,
    /// It was told on behalf of their side.
    pub said_here: bool,
    /// It was told on behalf of a side that does not use Whereabouts.
    pub absent: bool,
    /// It says something about them.
    pub concerns_me: bool,
}

/// Whoever answers for the policies: Cedar itself, or the table of its answers.
pub trait Answers {
    /// What a post may, with these ties to a child; with none, what it may do on the site.
    fn may(&self, role: &str, ties: Ties) -> May;
    /// What a post may do about an entry.
    fn entry(&self, role: &str, ties: Ties, hold: Hold) -> Acts;
}

/// The ties that somebody may have, each by itself, and none: what the matrix has lines for.
pub(crate) fn each_tie() -> impl Iterator<Item = (&'static str, Ties)> {
    let none = std::iter::once(("-", Ties::default()));
    none.chain(Tie::ALL.iter().map(|tie| (tie.word(), Ties::default().with(*tie))))
}

/// The ways to stand to an entry that the matrix has columns for.
pub(crate) fn each_hold() -> [(&'static str, Hold); 6] {
    let none = Hold::default();
    [
        ("own", Hold { mine: true, ours: true, ..none }),
        ("agency", Hold { ours: true, ..none }),
        ("quoted", Hold { said_here: true, ..none }),
        ("absent", Hold { absent: true, ..none }),
        ("other", none),
        ("of-me", Hold { ours: true, concerns_me: true, ..none }),
    ]
}
