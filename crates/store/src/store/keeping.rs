//! Until when records are kept, and letting them go.

use super::Store;
use super::children::erased_by;
use crate::error::Result;
use crate::model::{Appended, Derived, Ending, Keeping, LetGone, NewRow, Scope};

impl Store {
    /// Keeps a hold or a release. The same id again does nothing.
    pub async fn keeping_put(&self, one: &Keeping) -> Result<()> {
        let one = one.clone();
        transact!(self, keeping::put(&one))
    }

    /// Ends it; false if it had ended.
    pub async fn keeping_end(&self, id: &str, by: &str, why: &str, now_us: i64) -> Result<bool> {
        let (id, by, why) = (id.to_owned(), by.to_owned(), why.to_owned());
        transact!(self, keeping::end(&id, &by, &why, now_us))
    }

    /// Who has begun to report this child, and has not sent it yet: names.
    pub async fn typing_of(&self, child: &str) -> Result<Vec<String>> {
        read!(self, keeping::typing(child))
    }

    /// Everything that was said of a child, the first first.
    pub async fn keepings_of_child(&self, child: &str) -> Result<Vec<Keeping>> {
        read!(self, keeping::of_child(child))
    }

    /// The records in scope that may be let go by a day (`2026-12-29`), the first first; those of which it cannot be told, for `unknown`.
    pub async fn ending(&self, who: &Scope, by: &str, limit: i64) -> Result<Vec<Ending>> {
        read!(self, keeping::ending(who, by, limit))
    }

    /// The records that people of an agency let go, the last first.
    pub async fn let_gone(&self, agency: &str, limit: i64) -> Result<Vec<LetGone>> {
        read!(self, keeping::let_gone(agency, limit))
    }

    /// The children whose records come to their end after one day and by another.
    pub async fn ending_between(&self, after: &str, by: &str) -> Result<Vec<String>> {
        read!(self, keeping::coming(after, by))
    }

    /// Lets a whole record go: as [`Store::erase`], of all its rows, with photographs, drafts, alerts, search words, what was typed and not
    /// sent, and the reasons of relations; and nobody is related to it any more. The chain still verifies.
    pub async fn let_go(
        &self,
        child: &str,
        expected_version: i64,
        row: &NewRow,
        derived: &Derived,
        key: &str,
    ) -> Result<Appended> {
        let seqs = erased_by(row)?;
        let write = self.write_of(child, expected_version, std::slice::from_ref(row), derived, key, None)?;
        let (by, now_us) = (row.actor.clone(), row.recorded_us);
        let answer = transact!(self, keeping::let_go(&write, &seqs, &by, now_us))?;
        self.settle().await?;
        Ok(answer)
    }
}
