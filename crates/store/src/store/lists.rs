//! Lists, each answered from an index.

use super::Store;
use crate::error::Result;
use crate::model::{Agency, BoardRow, Change, ChildRow, DutyRow, EpisodeRow, Scope};

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
        read!(self, lists::duties_of_roles(who, roles, now_us, limit))
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

    /// A child as lists show it.
    pub async fn child_row(&self, child: &str) -> Result<Option<ChildRow>> {
        read!(self, lists::child_row(child))
    }

    /// The agencies related to a child.
    pub async fn agencies_of_child(&self, child: &str) -> Result<Vec<Agency>> {
        read!(self, agencies::agencies_of_child(child))
    }

    /// Whether a child is there and among those that the person sees.
    pub async fn is_related(&self, who: &Scope, child: &str) -> Result<bool> {
        read!(self, lists::is_related(who, child))
    }

    /// Children with every word of the text at the start of a part of their name, by name; all of them for an empty text.
    pub async fn search_children(&self, who: &Scope, text: &str, limit: i64) -> Result<Vec<ChildRow>> {
        read!(self, lists::search_children(who, text, limit))
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
