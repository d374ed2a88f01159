//! The record of a child: writing on it, reading it, verifying it.

use super::Store;
use crate::chain::{Erasure, check};
use crate::db::Db;
use crate::error::{Result, StoreError};
use crate::known::{Known, Step};
use crate::model::{Appended, Derived, Joined, NewChild, NewRow, Record, Row, RowKind, Stands, Verified};
use crate::postgres;
use crate::prepare::Write;
use crate::trying::Mode;
use std::collections::HashMap;
use std::sync::Arc;

impl Store {
    /// Opens the record of a child with its first rows. With a `key` that was used before nothing is written, and the first answer,
    /// with the id that the child got then, is returned.
    pub async fn add_child(&self, child: &NewChild, rows: &[NewRow], derived: &Derived, key: &str) -> Result<Appended> {
        let created = Some(child.created_us);
        let write = self.write_of(&child.id, 0, rows, derived, key, created)?;
        let answer: Appended = transact!(self, append::append(&write))?;
        if answer.repeated {
            self.note_again();
        }
        Ok(answer)
    }

    /// Continues a record that the caller knows at `expected_version`. All rows are written, or none: `Stale` when somebody else wrote
    /// meanwhile. After `Unavailable` send it again with the same `key`, or ask `outcome_of`: the same key never writes twice.
    pub async fn append(
        &self,
        child: &str,
        expected_version: i64,
        rows: &[NewRow],
        derived: &Derived,
        key: &str,
    ) -> Result<Appended> {
        if rows.is_empty() {
            return Err(StoreError::Refused("there is nothing to write".to_owned()));
        }
        let write = Arc::new(self.write_of(child, expected_version, rows, derived, key, None)?);
        if let Some(answer) = self.in_one_step(&write).await? {
            return Ok(answer);
        }
        let whole = write.clone();
        let answer = transact!(self, append::append(&whole))?;
        if answer.repeated {
            self.note_again();
        } else {
            self.knowing.note(child, Arc::new(Known::after(answer.version, &answer.head, &write.derived)));
        }
        Ok(answer)
    }

    /// Continues a record by what is known of its lists, without asking first. None where that cannot be done; then nothing is written.
    async fn in_one_step(&self, write: &Write) -> Result<Option<Appended>> {
        let lately = self.knowing.of(&write.child).filter(|known| known.version == write.version);
        let asked = lately.is_none();
        let mut known = lately;
        for _ in 0..2 {
            let now = match known.take() {
                Some(known) => known,
                None => match self.known(&write.child).await? {
                    Some(known) => Arc::new(known),
                    None => return Ok(None),
                },
            };
            let Some((step, moves)) = Step::of(&now, write)? else { return Ok(None) };
            let answer = step.answer();
            match self.step(step).await {
                Ok(true) => {
                    self.knowing.go_on(write, &answer, now, &moves);
                    return Ok(Some(answer));
                }
                // Somebody was quicker, or sent the same key: it is found out step by step.
                Ok(false) | Err(StoreError::Taken(_)) => self.knowing.forget(&write.child),
                Err(error) => return Err(error),
            }
            if asked {
                break;
            }
        }
        Ok(None)
    }

    async fn known(&self, child: &str) -> Result<Option<Known>> {
        read!(self, quick::known(child))
    }

    async fn step(&self, step: Step) -> Result<bool> {
        match &*self.db {
            Db::Lite(lite) => {
                lite.write(move |conn| Box::pin(async move { crate::lite::sql::quick::step(conn, &step).await })).await
            }
            Db::Postgres(pool) if Mode::now() != Mode::Stands => {
                postgres::write(pool, move |conn| {
                    Box::pin(async move { postgres::sql::quick::step(conn, &step).await })
                })
                .await
            }
            Db::Postgres(pool) => {
                let mut conn = pool.acquire().await?;
                // A statement by itself is a transaction by itself.
                postgres::sql::quick::step(&mut conn, &step).await.map_err(postgres::unsure)
            }
        }
    }

    /// Merges one record into another: the rows and lists of both, with all that stands beside them, or nothing.
    pub async fn merge(&self, joined: Joined) -> Result<Appended> {
        let places: HashMap<String, String> = joined.places.iter().cloned().collect();
        let (one, two) = self.joining(&joined)?;
        transact!(self, join::merge(&one, &two, &places))
    }

    /// Takes apart what [`Store::merge`] made one.
    pub async fn part(&self, joined: Joined) -> Result<Appended> {
        let (one, two) = self.joining(&joined)?;
        transact!(self, join::part(&one, &two))
    }

    /// The record that this one was merged into; none for one that is by itself.
    pub async fn merged_into(&self, child: &str) -> Result<Option<String>> {
        read!(self, join::merged_into(child))
    }

    /// The agencies that work with a child, but for those that only the record of `other` brought.
    pub async fn agencies_without(&self, child: &str, other: &str) -> Result<Vec<String>> {
        read!(self, join::agencies_without(child, other))
    }

    /// Removes what some rows say, for good, and appends the row that tells so: its payload is `{ "erases": [seq, ...], ... }` with
    /// whatever else the law wants noted. The chain still verifies. What is derived must be worked out without the erased rows.
    /// `Unavailable` may also mean that the text is still in the database's log: send it again with the same key.
    pub async fn erase(
        &self,
        child: &str,
        expected_version: i64,
        row: &NewRow,
        derived: &Derived,
        key: &str,
    ) -> Result<Appended> {
        let seqs = erased_by(row)?;
        let write = self.write_of(child, expected_version, std::slice::from_ref(row), derived, key, None)?;
        let answer = transact!(self, erase::erase(&write, &seqs))?;
        self.settle().await?;
        Ok(answer)
    }

    /// Takes what was erased out of the files as well.
    pub(super) async fn settle(&self) -> Result<()> {
        match &*self.db {
            Db::Lite(lite) => lite.settle().await,
            Db::Postgres(pool) => postgres::settle(pool).await,
        }
    }

    /// The answer that was given to a write with this key; none if nothing was written with it. Right after `Unavailable`, PostgreSQL may
    /// still be at work on the commit: none is then not the last word. To send the write again with its key is always right.
    pub async fn outcome_of(&self, key: &str) -> Result<Option<Appended>> {
        let answer: Option<Appended> = read!(self, record::outcome_of(key))?;
        if answer.is_some() {
            self.note_again();
        }
        Ok(answer)
    }

    /// Where the record of a child stands; none if there is no such child.
    pub async fn stands(&self, child: &str) -> Result<Option<Stands>> {
        read!(self, record::stands(child))
    }

    /// The rows of a child from a place on, that one among them.
    pub async fn record_from(&self, child: &str, seq: i64) -> Result<Vec<Row>> {
        Ok(self.opened(child, read!(self, record::record_from(child, seq))?))
    }

    /// All rows of a child.
    pub async fn record(&self, child: &str) -> Result<Record> {
        let mut record: Record = read!(self, record::record(child))?;
        record.rows = self.opened(child, record.rows);
        Ok(record)
    }

    /// Replaces what is derived from a version because time has passed. False, and nothing written, if it is not the version any more.
    pub async fn refresh(&self, child: &str, version: i64, derived: &Derived) -> Result<bool> {
        let derived = self.prepared(child, derived)?;
        let child = child.to_owned();
        transact!(self, append::refresh(&child, version, &derived))
    }

    /// Children whose `next_change_us` has come, the longest waiting first.
    pub async fn children_to_refresh(&self, now_us: i64, limit: i64) -> Result<Vec<String>> {
        read!(self, record::children_to_refresh(now_us, limit))
    }

    /// Works the chain of a record out again.
    pub async fn verify(&self, child: &str) -> Result<Verified> {
        read!(self, record::verify(child))
    }

    /// The ids of the children that come after this one in order, to walk through them all; begin with an empty text.
    pub async fn children_after(&self, id: &str, limit: i64) -> Result<Vec<String>> {
        read!(self, record::children_after(id, limit))
    }

    fn joining(&self, joined: &Joined) -> Result<(Write, Write)> {
        let ((one, version, rows, derived), (two, after, back, left)) = (&joined.one, &joined.two);
        Ok((
            self.write_of(one, *version, rows, derived, &joined.key, None)?,
            self.write_of(two, *after, back, left, &format!("{}:other", joined.key), None)?,
        ))
    }

    /// A write, ready for the database.
    pub(super) fn write_of(
        &self,
        child: &str,
        version: i64,
        rows: &[NewRow],
        derived: &Derived,
        key: &str,
        created_us: Option<i64>,
    ) -> Result<Write> {
        check(rows)?;
        if key.is_empty() {
            return Err(StoreError::Refused("every write has a key".to_owned()));
        }
        let derived = self.prepared(child, derived)?;
        let rows = self.closed(child, rows);
        Ok(Write { child: child.to_owned(), version, rows, derived, key: key.to_owned(), created_us })
    }
}

/// The rows that the row of an erasure names.
pub(super) fn erased_by(row: &NewRow) -> Result<Vec<i64>> {
    match serde_json::from_str::<Erasure>(&row.payload) {
        Ok(erasure) if row.kind == RowKind::Erasure && !erasure.erases.is_empty() => Ok(erasure.erases),
        _ => Err(StoreError::Refused("the row of an erasure names the rows that it erases".to_owned())),
    }
}
