//! What a follower is still to be sent. Triggers note the key of each row that any program writes; they are made when a server is told to have a
//! follower, and taken away when one is told to have none.

use super::table::Table;
use crate::error::{Result, StoreError};
use crate::lite::Conn;
use crate::lite::sql::dump::{catalogue, is_taken};
use sqlx::{AssertSqlSafe, Connection as _, FromRow};
use std::collections::{BTreeMap, BTreeSet};

/// How the triggers are named, before the table.
const PREFIX: &str = "follow ";
/// At most so many keys wait for a follower that is away: about a hundred megabytes, and weeks of a county's work. One that stays away for
/// longer takes a new first copy.
const KEPT: i64 = 1_000_000;

/// What the database says of following.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub(crate) struct Standing {
    pub(crate) side: String,
    pub(crate) line: String,
    pub(crate) follower: String,
    pub(crate) position: i64,
    pub(crate) alone_since_us: Option<i64>,
    pub(crate) taken_us: Option<i64>,
}

/// This database has a follower.
pub(crate) const SERVER: &str = "server";
/// This database is the copy of one.
pub(crate) const COPY: &str = "copy";

/// What the database says of following, where it says anything.
pub(crate) async fn standing(conn: &mut Conn) -> Result<Option<Standing>> {
    let select = "select side, line, follower, position, alone_since_us, taken_us from following where id = 1";
    Ok(sqlx::query_as(select).fetch_optional(conn).await?)
}

/// The last place.
pub(crate) async fn last(conn: &mut Conn) -> sqlx::Result<i64> {
    let select = "select coalesce((select seq from sqlite_sequence where name = 'to_follow'), 0)";
    sqlx::query_scalar(select).fetch_one(conn).await
}

/// From now on what is written is noted for a follower. `line` names this succession of places, if none is noted yet.
pub(crate) async fn begin(conn: &mut Conn, line: &str) -> Result<Standing> {
    let mut writing = conn.begin_with("begin immediate").await?;
    let known = standing(&mut writing).await?;
    if known.as_ref().is_some_and(|known| known.side == COPY) {
        return Err(StoreError::Refused(IS_COPY.to_owned()));
    }
    let wanted = wanted(&mut writing).await?;
    let there = there(&mut writing).await?;
    for (name, sql) in &there {
        if wanted.get(name) != Some(sql) {
            sqlx::query(AssertSqlSafe(format!("drop trigger \"{name}\""))).execute(&mut *writing).await?;
        }
    }
    for (name, sql) in &wanted {
        if there.get(name) != Some(sql) {
            sqlx::query(AssertSqlSafe(sql.clone())).execute(&mut *writing).await?;
        }
    }
    if known.is_none() {
        let insert = "insert into following (id, side, line, follower, position) values (1, $1, $2, '', -1)";
        sqlx::query(insert).bind(SERVER).bind(line).execute(&mut *writing).await?;
    }
    let now = standing(&mut writing).await?;
    writing.commit().await?;
    now.ok_or_else(|| StoreError::Refused("what was just noted of the follower is gone".to_owned()))
}

/// From now on nothing is noted. Says whether anything was.
pub(crate) async fn end(conn: &mut Conn) -> Result<bool> {
    let mut writing = conn.begin_with("begin immediate").await?;
    let known = standing(&mut writing).await?;
    if known.is_none_or(|known| known.side != SERVER) {
        return Ok(false);
    }
    for name in there(&mut writing).await?.keys() {
        sqlx::query(AssertSqlSafe(format!("drop trigger \"{name}\""))).execute(&mut *writing).await?;
    }
    sqlx::query("delete from to_follow").execute(&mut *writing).await?;
    sqlx::query("delete from following").execute(&mut *writing).await?;
    sqlx::query("delete from standing where name = 'follower'").execute(&mut *writing).await?;
    writing.commit().await?;
    Ok(true)
}

/// Why nothing may be written.
pub(crate) const IS_COPY: &str = "this database is the copy that a follower keeps, and only `whereabouts follow` writes in it: if the server is \
     lost, stop the follower and run `whereabouts follow --promote` on it first (docs/operating.md, \"A second machine for SQLite\")";

async fn wanted(conn: &mut Conn) -> Result<BTreeMap<String, String>> {
    let mut wanted = BTreeMap::new();
    for (name, columns) in catalogue(conn).await?.iter().filter(|(name, _)| is_taken(name)) {
        let table = Table::of(conn, name, columns).await?;
        let note =
            |row: &str| format!("insert into to_follow (subject, key) values ('{name}', {});", table.key_of(row));
        let (new, old) = (table.key_of("new"), table.key_of("old"));
        let moved = format!("insert into to_follow (subject, key) select '{name}', {old} where {old} <> {new};");
        for (event, body) in
            [("insert", note("new")), ("update", format!("{} {moved}", note("new"))), ("delete", note("old"))]
        {
            let trigger = format!("{PREFIX}{event} {name}");
            let sql = format!("CREATE TRIGGER \"{trigger}\" after {event} on \"{name}\" begin {body} end");
            wanted.insert(trigger, sql);
        }
    }
    Ok(wanted)
}

async fn there(conn: &mut Conn) -> Result<BTreeMap<String, String>> {
    let select = "select name, sql from sqlite_master where type = 'trigger' and substr(name, 1, $1) = $2";
    let found: Vec<(String, String)> =
        sqlx::query_as(select).bind(PREFIX.len() as i64).bind(PREFIX).fetch_all(conn).await?;
    Ok(found.into_iter().collect())
}

/// Notes how far the follower is, and forgets what it has. A follower that is away keeps only so much waiting.
pub(crate) async fn note(conn: &mut Conn, position: i64, alone_since_us: Option<i64>) -> Result<()> {
    let update = "update following set position = $1, alone_since_us = $2 where id = 1 and side = $3";
    let update = sqlx::query(update).bind(position).bind(alone_since_us).bind(SERVER);
    update.execute(&mut *conn).await?;
    let forget = position.max(last(conn).await? - KEPT);
    sqlx::query("delete from to_follow where seq <= $1").bind(forget).execute(conn).await?;
    Ok(())
}

/// Another follower takes the place of the one before, and begins anew.
pub(crate) async fn replace(conn: &mut Conn, follower: &str) -> Result<()> {
    let update = "update following set follower = $1, position = -1 where id = 1 and side = $2";
    sqlx::query(update).bind(follower).bind(SERVER).execute(conn).await?;
    Ok(())
}

/// Whether more is waiting than is kept for a follower that is away.
pub(crate) async fn is_long(conn: &mut Conn) -> Result<bool> {
    let first: Option<i64> = sqlx::query_scalar("select min(seq) from to_follow").fetch_one(&mut *conn).await?;
    let last = last(conn).await?;
    // Not with each that comes: in pieces.
    Ok(last - first.unwrap_or(last) > KEPT + KEPT / 100)
}

/// How many entries wait after a place.
pub(crate) async fn behind(conn: &mut Conn, position: i64) -> Result<i64> {
    Ok(sqlx::query_scalar("select count(*) from to_follow where seq > $1").bind(position).fetch_one(conn).await?)
}

/// The keys of what was written after a place up to another, by table, each once, in the order in which they were written first.
pub(crate) async fn keys(conn: &mut Conn, after: i64, until: i64) -> Result<Vec<(String, Vec<String>)>> {
    let select = "select subject, key from to_follow where seq > $1 and seq <= $2 order by seq";
    let all: Vec<(String, String)> = sqlx::query_as(select).bind(after).bind(until).fetch_all(conn).await?;
    let mut seen = BTreeSet::new();
    let mut by_table: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (subject, key) in all {
        if seen.insert((subject.clone(), key.clone())) {
            by_table.entry(subject).or_default().push(key);
        }
    }
    Ok(by_table.into_iter().collect())
}
