//! What is kept of an area, and lists for its panels.

use super::Store;
use crate::error::Result;
use crate::model::{AreaRow, BoardRow, DutyRow, Late, Scope};

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

    /// Raises what is overdue: area, subject and limit of each. Gives how many nobody had raised before.
    pub async fn late_raise(&self, overdue: &[(String, String, i64)], now_us: i64) -> Result<u64> {
        let overdue = overdue.to_vec();
        transact!(self, late::raise(&overdue, now_us))
    }

    /// All that was raised of an area, with who has seen it.
    pub async fn late_of(&self, area: &str) -> Result<Vec<Late>> {
        read!(self, late::of_area(area))
    }

    /// The last that was raised anywhere, by its number; 0 where nothing ever was.
    pub async fn late_last(&self) -> Result<i64> {
        read!(self, late::last())
    }

    /// Somebody has seen that an action is overdue; whoever was first stays noted.
    pub async fn late_seen(&self, of: (&str, &str, i64), person: &str, now_us: i64) -> Result<()> {
        let (area, subject, due_us) = (of.0.to_owned(), of.1.to_owned(), of.2);
        let person = person.to_owned();
        transact!(self, late::seen((&area, &subject, due_us), &person, now_us))
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
