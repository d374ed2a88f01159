//! Lists, each answered from an index.

use super::Store;
use crate::error::Result;
use crate::model::{Agency, BoardRow, Change, ChildRow, DutyRow, EpisodeRow, InterviewRow, Scope, Sought, Stretch};

/// The kind of the keys that are words of addresses.
const PLACE: &str = "place";

impl Store {
    /// What these roles have to do now, the most pressing first, with the states as of `now_us`. A duty whose owner cannot be told is in
    /// everybody's list; one that has not arisen yet is in nobody's.
    pub async fn duties_of_roles(
        &self,
        who: &Scope,
        roles: &[String],
        now_us: i64,
        limit: i64,
    ) -> Result<Vec<DutyRow>> {
        read!(self, lists::duties_of_roles(who, roles, None, now_us, limit))
    }

    /// The same, of these children alone.
    pub async fn duties_of_roles_and_children(
        &self,
        who: &Scope,
        roles: &[String],
        children: &[String],
        now_us: i64,
        limit: i64,
    ) -> Result<Vec<DutyRow>> {
        if children.is_empty() {
            return Ok(Vec::new());
        }
        read!(self, lists::duties_of_roles(who, roles, Some(children), now_us, limit))
    }

    /// What will be next of what is foreseen for these roles, and is not due yet.
    pub async fn next_of_roles(&self, who: &Scope, roles: &[String]) -> Result<Option<DutyRow>> {
        read!(self, lists::next_of_roles(who, roles))
    }

    /// Every duty of a child, in whatever state; see `DutyRow::state_at`.
    pub async fn duties_of_child(&self, child: &str) -> Result<Vec<DutyRow>> {
        read!(self, lists::duties_of_child(child))
    }

    /// Every episode of a child, the first one first.
    pub async fn episodes_of_child(&self, child: &str) -> Result<Vec<EpisodeRow>> {
        read!(self, lists::episodes_of_child(child))
    }

    /// The open episodes, the nearest limit first.
    pub async fn board(&self, who: &Scope) -> Result<Vec<BoardRow>> {
        read!(self, lists::board(who))
    }

    /// A stretch of the open episodes: what is overdue first, where `by_limit`; then by the risk; then who is gone longest.
    pub async fn board_stretch(&self, who: &Scope, by_limit: bool, stretch: Stretch) -> Result<Vec<BoardRow>> {
        read!(self, lists::board_stretch(who, by_limit, stretch))
    }

    /// The open episodes of these children.
    pub async fn board_of(&self, who: &Scope, children: &[String]) -> Result<Vec<BoardRow>> {
        read!(self, lists::board_of(who, children))
    }

    /// The open episodes of a child, whoever looks: who may see one is said by [`Store::regards`].
    pub async fn open_of(&self, child: &str) -> Result<Vec<BoardRow>> {
        read!(self, lists::open_of(child))
    }

    /// The children with an open episode who share one of these keys (kind and value), with their names, whoever looks.
    pub async fn open_marked(&self, marks: &[(String, String)]) -> Result<Vec<(String, String)>> {
        let marks = self.marks(marks);
        read!(self, lists::open_marked(&marks))
    }

    /// How many open episodes there are, by status.
    pub async fn board_counts(&self, who: &Scope) -> Result<Vec<(Option<String>, i64)>> {
        read!(self, lists::board_counts(who))
    }

    /// A stretch of the return home interviews that are open, or of episodes that ended since a moment: what is due first. `part`: how far
    /// they are, `late`, or empty for all.
    pub async fn interviews(
        &self,
        who: &Scope,
        part: &str,
        since_us: i64,
        stretch: Stretch,
    ) -> Result<Vec<InterviewRow>> {
        read!(self, lists::interviews(who, part, since_us, stretch))
    }

    /// How many of them there are by how far they are, and how many of each were due before now.
    pub async fn interview_counts(&self, who: &Scope, since_us: i64) -> Result<Vec<(String, i64, i64)>> {
        read!(self, lists::interview_counts(who, since_us))
    }

    /// A child as lists show it.
    pub async fn child_row(&self, child: &str) -> Result<Option<ChildRow>> {
        read!(self, lists::child_row(child))
    }

    /// The agencies related to a child.
    pub async fn agencies_of_child(&self, child: &str) -> Result<Vec<Agency>> {
        read!(self, agencies::agencies_of_child(child))
    }

    /// Children of whom all this is so, of those that the person sees, by name: each word of the name begins a part of theirs. All of
    /// them for nothing.
    pub async fn search_children(&self, who: &Scope, sought: &Sought, limit: i64) -> Result<Vec<ChildRow>> {
        let places: Vec<String> = sought.home.iter().map(|word| self.mark(PLACE, word)).collect();
        read!(self, lists::search_children(who, sought, &places, limit))
    }

    /// Children in scope who share one of these keys (kind and value), those first who share the most telling ones.
    pub async fn children_marked(&self, who: &Scope, marks: &[(String, String)], limit: i64) -> Result<Vec<String>> {
        let marks = self.marks(marks);
        read!(self, lists::children_marked(who, &marks, limit))
    }

    /// Children of exactly this name and date of birth, whoever works with them, but for those whom the person must not see.
    pub async fn children_called(&self, who: &Scope, name: &str, born: &str) -> Result<Vec<String>> {
        read!(self, lists::children_called(who, name, born))
    }

    /// What changed after `seq`. Every change is returned to whoever goes on from the greatest `seq` seen, none twice.
    pub async fn changes_since(&self, seq: i64) -> Result<Vec<Change>> {
        read!(self, upkeep::changes_since(seq))
    }

    /// Where a page that is drawn now goes on from.
    pub async fn last_change(&self) -> Result<i64> {
        read!(self, upkeep::last_change())
    }
}
