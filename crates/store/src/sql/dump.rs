//! The whole database as lines of JSON that both databases read and write, as of one moment, and an empty database filled with them.
//!
//! The first line says what it is; then, for each table, a line with its name and columns and a line for each row, an array; the last line
//! says how many rows there were and the root over all chains. Bytes are hexadecimal digits, flags 0 and 1. A table comes after those that
//! it refers to.

use super::audit::tips;
use super::{Conn, Pool};
use crate::error::{Result, StoreError};
use crate::model::root;
use futures_core::Stream;
use serde::{Deserialize, Serialize};
use sqlx::{AssertSqlSafe, Connection as _};
use std::collections::{BTreeMap, BTreeSet};
use std::pin::Pin;
use tokio::sync::mpsc::{Receiver, Sender};

/// What is not taken along: sessions and sign-ins under way, and what a server makes for itself.
pub(crate) const LEFT: [&str; 8] =
    ["session", "attempt", "throttle", "ceremony", "change", "standing", "to_follow", "following"];
/// What an empty database holds already.
const SEEDED: [&str; 3] = ["guard", "look_head", "deed_head"];
/// So much is written in one statement, in bytes or in rows.
const BATCH_BYTES: usize = 1024 * 1024;
const BATCH_ROWS: usize = 1000;
/// The form of the lines.
const FORM: i64 = 1;

/// The first line.
#[derive(Serialize, Deserialize)]
struct First {
    whereabouts: String,
    form: i64,
    migration: i64,
}

/// The line before the rows of a table.
#[derive(Serialize, Deserialize)]
pub(crate) struct Head {
    pub(crate) table: String,
    pub(crate) columns: Vec<String>,
}

/// The last line.
#[derive(Serialize, Deserialize)]
struct Last {
    rows: i64,
    root: String,
}

/// Tables with their columns and what is in them.
pub(crate) type Tables = BTreeMap<String, Vec<(String, String)>>;

/// Whether a table is taken along.
pub(crate) fn is_taken(table: &str) -> bool {
    !LEFT.contains(&table)
}

pub(crate) async fn catalogue(conn: &mut Conn) -> Result<Tables> {
    let rows: Vec<(String, String, String)> = sqlx::query_as(catalogue!()).fetch_all(conn).await?;
    let mut tables = Tables::new();
    for (table, column, kind) in rows {
        tables.entry(table).or_default().push((column, kind));
    }
    Ok(tables)
}

/// The tables that are taken along, each after those that it refers to.
async fn in_order(conn: &mut Conn, tables: &Tables) -> Result<Vec<String>> {
    let references: Vec<(String, String)> = sqlx::query_as(references!()).fetch_all(conn).await?;
    let mut left: BTreeSet<&str> = tables.keys().map(String::as_str).filter(|table| is_taken(table)).collect();
    let mut ordered = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits =
            |table: &str| references.iter().any(|(of, to)| of == table && to != table && left.contains(to.as_str()));
        let ready: Vec<&str> = left.iter().copied().filter(|table| !waits(table)).collect();
        if ready.is_empty() {
            return Err(StoreError::Refused("the tables of the database refer to each other in a ring".to_owned()));
        }
        for table in ready {
            left.remove(table);
            ordered.push(table.to_owned());
        }
    }
    Ok(ordered)
}

pub(crate) async fn migration(conn: &mut Conn) -> Result<i64> {
    Ok(sqlx::query_scalar("select max(version) from _sqlx_migrations").fetch_one(conn).await?)
}

async fn send(to: &Sender<String>, line: String) -> Result<()> {
    let gone = |_| StoreError::Refused("what was read could not be written any further".to_owned());
    to.send(line).await.map_err(gone)
}

fn line(value: &impl Serialize) -> Result<String> {
    serde_json::to_string(value).map_err(|e| StoreError::Refused(e.to_string()))
}

/// Sends the database line by line. Gives the number of rows and the root.
pub(crate) async fn dump(pool: &Pool, to: &Sender<String>) -> Result<(i64, String)> {
    let mut conn = super::begin(pool).await?;
    sqlx::query(snapshot!()).execute(&mut *conn).await?;
    let dumped = dump_in(&mut conn, to).await?;
    conn.rollback().await?;
    Ok(dumped)
}

/// The same, within a transaction.
pub(crate) async fn dump_in(conn: &mut Conn, to: &Sender<String>) -> Result<(i64, String)> {
    let tables = catalogue(conn).await?;
    let first = First { whereabouts: "backup".to_owned(), form: FORM, migration: migration(conn).await? };
    send(to, line(&first)?).await?;
    let mut rows = 0;
    for table in in_order(conn, &tables).await? {
        let columns = tables.get(&table).map(Vec::as_slice).unwrap_or_default();
        let names = columns.iter().map(|(name, _)| name.clone()).collect();
        send(to, line(&Head { table: table.clone(), columns: names })?).await?;
        let select = select(&table, columns);
        let mut lines: Pin<Box<dyn Stream<Item = sqlx::Result<String>> + Send + '_>> =
            sqlx::query_scalar(AssertSqlSafe(select)).fetch(&mut *conn);
        while let Some(row) = std::future::poll_fn(|cx| lines.as_mut().poll_next(cx)).await.transpose()? {
            send(to, row).await?;
            rows += 1;
        }
    }
    let last = Last { rows, root: root_now(conn).await? };
    send(to, line(&last)?).await?;
    Ok((last.rows, last.root))
}

pub(crate) async fn root_now(conn: &mut Conn) -> Result<String> {
    let tips = tips(conn).await?;
    Ok(root(tips.iter().map(|(_, tip)| tip)))
}

fn select(table: &str, columns: &[(String, String)]) -> String {
    let (array, end) = json_array!();
    let (digits, digits_end) = to_digits!();
    let each: Vec<String> = columns
        .iter()
        .map(|(name, kind)| match kind.as_str() {
            "bytes" => format!("{digits}\"{name}\"{digits_end}"),
            "flag" => format!("cast(\"{name}\" as integer)"),
            _ => format!("\"{name}\""),
        })
        .collect();
    format!("select {array}{}{end} from \"{table}\"", each.join(", "))
}

/// Fills an empty database, in one transaction. Gives the number of rows and the root.
pub(crate) async fn fill(conn: &mut Conn, mut from: Receiver<String>) -> Result<(i64, String)> {
    let mut transaction = conn.begin().await?;
    let filled = fill_in(&mut transaction, &mut from).await?;
    transaction.commit().await?;
    Ok(filled)
}

fn refused<T>(says: impl Into<String>) -> Result<T> {
    Err(StoreError::Refused(says.into()))
}

pub(crate) async fn fill_in(conn: &mut Conn, from: &mut Receiver<String>) -> Result<(i64, String)> {
    let tables = catalogue(conn).await?;
    let Some(first) = from.recv().await.and_then(|line| serde_json::from_str::<First>(&line).ok()) else {
        return refused("this is no backup of Whereabouts, or its beginning is gone");
    };
    let own = migration(conn).await?;
    if first.form > FORM || first.migration > own {
        return refused("the backup was made by a newer version of this program: restore it with that one");
    }
    empty(conn, &tables).await?;
    let mut filling: Option<Filling> = None;
    let mut rows = 0;
    while let Some(line) = from.recv().await {
        if line.starts_with('[') {
            let Some(filling) = &mut filling else { return refused("the backup has rows of no table") };
            filling.add(conn, line).await?;
            rows += 1;
            continue;
        }
        if let Some(full) = &mut filling {
            full.flush(conn).await?;
        }
        if let Ok(head) = serde_json::from_str::<Head>(&line) {
            filling = Some(Filling::of(&head, &tables)?);
        } else if let Ok(last) = serde_json::from_str::<Last>(&line) {
            return finish(conn, &last, rows).await;
        } else {
            return refused("the backup has a line that cannot be read");
        }
    }
    refused("the backup is cut: its end is not there. Nothing was restored; take another")
}

async fn finish(conn: &mut Conn, last: &Last, rows: i64) -> Result<(i64, String)> {
    if last.rows != rows {
        return refused(format!("the backup should hold {} rows, and holds {rows}", last.rows));
    }
    let numbered: Vec<String> = sqlx::query_scalar(numbered!()).fetch_all(&mut *conn).await?;
    for statement in numbered {
        sqlx::query(AssertSqlSafe(statement)).execute(&mut *conn).await?;
    }
    let root = root_now(conn).await?;
    if root != last.root {
        return refused("what was restored is not what was backed up: the root over all chains is another");
    }
    Ok((rows, root))
}

/// Nothing is restored over anything.
async fn empty(conn: &mut Conn, tables: &Tables) -> Result<()> {
    for table in tables.keys().filter(|table| !SEEDED.contains(&table.as_str())) {
        let any = format!("select exists (select 1 from \"{table}\")");
        let any: bool = sqlx::query_scalar(AssertSqlSafe(any)).fetch_one(&mut *conn).await?;
        // What a server made for itself goes with the rest; people and records do not.
        if any && is_taken(table) {
            return refused(format!(
                "the database is not empty (there is something in `{table}`): name one that is not there yet"
            ));
        }
    }
    for table in SEEDED {
        sqlx::query(AssertSqlSafe(format!("delete from \"{table}\""))).execute(&mut *conn).await?;
    }
    Ok(())
}

/// A table that is being filled.
pub(crate) struct Filling {
    insert: String,
    waiting: String,
    rows: usize,
}

impl Filling {
    fn of(head: &Head, tables: &Tables) -> Result<Filling> {
        Filling::named(head, tables, "")
    }

    /// The same, with what is to become of a row whose key is there already.
    pub(crate) fn named(head: &Head, tables: &Tables, otherwise: &str) -> Result<Filling> {
        let known = match tables.get(&head.table) {
            Some(known) if is_taken(&head.table) => known,
            _ => return refused(format!("the backup has a table `{}`, which this program does not know", head.table)),
        };
        let (digits, digits_end) = from_digits!();
        let mut names = Vec::new();
        let mut values = Vec::new();
        for (place, name) in head.columns.iter().enumerate() {
            let Some((_, kind)) = known.iter().find(|(column, _)| column == name) else {
                return refused(format!(
                    "the backup has a column `{}.{name}`, which this program does not know",
                    head.table
                ));
            };
            names.push(format!("\"{name}\""));
            values.push(match kind.as_str() {
                "bytes" => format!("{digits}value ->> {place}{digits_end}"),
                "flag" => format!("cast(value ->> {place} as integer) <> 0"),
                "number" => format!("cast(value ->> {place} as bigint)"),
                _ => format!("value ->> {place}"),
            });
        }
        let insert = format!(
            "insert into \"{}\" ({}) {} select {} from {} {otherwise}",
            head.table,
            names.join(", "),
            overriding!(),
            values.join(", "),
            json_values!()
        );
        Ok(Filling { insert, waiting: String::new(), rows: 0 })
    }

    pub(crate) async fn add(&mut self, conn: &mut Conn, line: String) -> Result<()> {
        self.waiting.push(if self.rows == 0 { '[' } else { ',' });
        self.waiting.push_str(&line);
        self.rows += 1;
        if self.rows >= BATCH_ROWS || self.waiting.len() >= BATCH_BYTES {
            self.flush(conn).await?;
        }
        Ok(())
    }

    pub(crate) async fn flush(&mut self, conn: &mut Conn) -> Result<()> {
        if self.rows == 0 {
            return Ok(());
        }
        let mut rows = std::mem::take(&mut self.waiting);
        rows.push(']');
        self.rows = 0;
        sqlx::query(AssertSqlSafe(self.insert.clone())).bind(rows).execute(conn).await?;
        Ok(())
    }
}

/// The tables that are taken along, for the test that nothing is forgotten.
pub(crate) async fn taken(pool: &Pool) -> Result<Vec<String>> {
    let mut conn = pool.acquire().await?;
    let tables = catalogue(&mut conn).await?;
    in_order(&mut conn, &tables).await
}
