//! What a follower asks for: everything, or what was written since. Each answer is read as of one moment.

use super::outbox::{self, SERVER};
use super::table::Table;
use super::{End, FORM, Opening, whole};
use crate::error::{Result, StoreError};
use crate::lite::Conn;
use crate::lite::sql::audit::hash_at;
use crate::lite::sql::dump::{self, Head, catalogue};
use crate::model::{DEEDS, LOOKS};
use serde::{Deserialize, Serialize};
use sqlx::{Connection as _, sqlite::SqlitePool};
use tokio::sync::mpsc::Sender;

/// So many keys are looked up at once.
const KEYS: usize = 500;

/// What a follower says of itself when it asks.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub struct Asked {
    /// Which follower it is.
    pub follower: String,
    /// Which succession of places it follows.
    pub line: String,
    /// It has everything up to here.
    pub position: i64,
    /// The end of its log of looks: place and hash.
    pub looks: (i64, String),
    /// The end of its journal.
    pub deeds: (i64, String),
    /// The row of a record that it took last: child, place and hash.
    pub row: (String, i64, String),
}

/// Why a follower gets no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TurnedAway {
    /// In words, with what to do.
    pub says: String,
    /// The two copies are not one history any more: somebody has to look.
    pub alarm: bool,
}

fn turned(says: impl Into<String>, alarm: bool) -> TurnedAway {
    TurnedAway { says: says.into(), alarm }
}

/// Whether a follower can go on from where it is; none if it can.
pub(crate) async fn cannot_go_on(pool: &SqlitePool, asked: &Asked) -> Result<Option<TurnedAway>> {
    let mut reading = pool.begin().await?;
    let Some(own) = outbox::standing(&mut reading).await?.filter(|own| own.side == SERVER) else {
        return Ok(Some(turned("this server has no follower", false)));
    };
    if own.line != asked.line {
        return Ok(Some(turned(
            "the server's database is not the one that this copy follows: it was restored, or has been without a follower since. Keep this copy \
             as it is, and have the follower take a new one into another file",
            false,
        )));
    }
    if own.follower != asked.follower {
        return Ok(Some(turned("another follower took the place of this one when it took its first copy", false)));
    }
    let last = outbox::last(&mut reading).await?;
    let first: Option<i64> = sqlx::query_scalar("select min(seq) from to_follow").fetch_one(&mut *reading).await?;
    if asked.position > last {
        return Ok(Some(turned(
            format!(
                "the follower has everything up to place {}, and the server's database ends at {last}: the server has lost what it had \
                 saved, or an older file was put in its place. The follower's copy is the one to keep",
                asked.position
            ),
            true,
        )));
    }
    if asked.position + 1 < first.unwrap_or(last + 1) {
        return Ok(Some(turned(
            format!(
                "a gap: the follower has everything up to place {}, and the server can send what came after {} only. Have the follower take a \
                 new first copy, into another file",
                asked.position,
                first.unwrap_or(last + 1) - 1
            ),
            true,
        )));
    }
    drop(reading);
    let (child, seq, hash) = &asked.row;
    let of_child = format!("the record of child {child}");
    for (name, what, seq, hash) in [
        (LOOKS, "the log of looks", asked.looks.0, &asked.looks.1),
        (DEEDS, "the journal", asked.deeds.0, &asked.deeds.1),
        (child.as_str(), of_child.as_str(), *seq, hash),
    ] {
        let own = if seq == 0 || hash.is_empty() { continue } else { hash_at(pool, name, seq).await? };
        if own.as_ref() != Some(hash) {
            return Ok(Some(turned(
                format!(
                    "a fork: line {seq} of {what} is another at the server than at the follower. One of the two was made anew or restored: \
                     stop both, keep both files, and `whereabouts verify` each against the checkpoints"
                ),
                true,
            )));
        }
    }
    Ok(None)
}

async fn send(to: &Sender<String>, line: String) -> Result<()> {
    let gone = |_| StoreError::Unavailable("the follower is gone".to_owned());
    to.send(line).await.map_err(gone)
}

fn line(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Refused(e.to_string()))
}

/// Sends what was written after a place, and gives the place up to which.
pub(crate) async fn news(pool: &SqlitePool, after: i64, with_whole: bool, to: &Sender<String>) -> Result<i64> {
    let mut reading = pool.begin().await?;
    let opening = opening(&mut reading, Some(after), with_whole).await?;
    send(to, line(&opening)?).await?;
    let tables = catalogue(&mut reading).await?;
    let mut lines = 0;
    for (name, keys) in outbox::keys(&mut reading, after, opening.until).await? {
        let Some(columns) = tables.get(&name) else { continue };
        let table = Table::of(&mut reading, &name, columns).await?;
        let names = columns.iter().map(|(name, _)| name.clone()).collect();
        send(to, line(&Head { table: name.clone(), columns: names })?).await?;
        // What is there is taken out first and put in as it stands, so that no row is in the way of another.
        if !table.only_added_to() {
            for key in &keys {
                send(to, format!("{{\"key\":{key},\"row\":null}}")).await?;
                lines += 1;
            }
        }
        for keys in keys.chunks(KEYS) {
            let keys = format!("[{}]", keys.join(","));
            let found: Vec<(String, Option<String>)> =
                sqlx::query_as(table.select()).bind(keys).fetch_all(&mut *reading).await?;
            for (key, row) in found {
                if row.is_some() || table.only_added_to() {
                    send(to, format!("{{\"key\":{key},\"row\":{}}}", row.as_deref().unwrap_or("null"))).await?;
                    lines += 1;
                }
            }
        }
    }
    send(to, line(&End { lines })?).await?;
    Ok(opening.until)
}

/// Sends everything, as a backup has it, after a line that says up to which place it goes. Gives that place.
pub(crate) async fn everything(conn: &mut Conn, to: &Sender<String>) -> Result<i64> {
    let mut reading = conn.begin().await?;
    let opening = opening(&mut reading, None, false).await?;
    send(to, line(&opening)?).await?;
    dump::dump_in(&mut reading, to).await?;
    Ok(opening.until)
}

async fn opening(conn: &mut Conn, after: Option<i64>, with_whole: bool) -> Result<Opening> {
    let none = || StoreError::Refused("this server has no follower".to_owned());
    let own = outbox::standing(conn).await?.ok_or_else(none)?;
    let until = outbox::last(conn).await?;
    let whole = if with_whole { Some(whole(conn).await?) } else { None };
    Ok(Opening { follow: FORM, line: own.line, after, until, migration: dump::migration(conn).await?, whole })
}
