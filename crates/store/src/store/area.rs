//! What is kept of an area, and lists for its panels.

use super::Store;
use crate::error::Result;
use crate::model::{AreaRow, BoardRow, DutyRow, Scope};

impl Store {
    /// Appends a row of an area. `Stale` unless its number is the next of its subject.
    pub async fn area_add(&self, row: &AreaRow) -> Result<()> {
        let row = row.clone();
        transact!(self, area::add(&row))
    }

    /// What holds of a kind: the last row of each subject, in the order in which they were begun.
    pub async fn area_latest(&self, area: &str, kind: &str) -> Result<Vec<AreaRow>> {
        read!(self, area::latest(area, kind))
    }

    /// Every row of a kind, in the order in which they were written.
    pub async fn area_history(&self, area: &str, kind: &str) -> Result<Vec<AreaRow>> {
        read!(self, area::history(area, kind))
    }

    /// What holds of a kind, of every area.
    pub async fn area_everywhere(&self, kind: &str) -> Result<Vec<AreaRow>> {
        read!(self, area::everywhere(kind))
    }

    /// When anything was first kept of an area, or anybody first came in, in microseconds.
    pub async fn area_begun(&self, area: &str) -> Result<Option<i64>> {
        read!(self, area::begun(area))
    }

    /// Has every list worked out anew by the worker.
    pub async fn all_to_refresh(&self, now_us: i64) -> Result<()> {
        transact!(self, area::all_to_refresh(now_us))
    }

    /// The open duties of rules of a rulebook, of the children somebody sees; at most so many of each rule.
    pub async fn duties_of_rules(
        &self,
        who: &Scope,
        rulebook: &str,
        rules: &[String],
        limit: i64,
    ) -> Result<Vec<DutyRow>> {
        read!(self, area::duties_of_rules(who, rulebook, rules, limit))
    }

    /// Episodes, open or ended, of the children somebody sees, the latest first: so many from a place on.
    pub async fn episodes_listed(&self, who: &Scope, from: i64, limit: i64) -> Result<Vec<BoardRow>> {
        read!(self, area::episodes(who, from, limit))
    }
}
