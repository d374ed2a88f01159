//! The follower's side: what the server sends is held against the chains that are here, kept in one transaction with the place that it comes to,
//! and durable before anybody is told. What does not fit is refused whole.

use super::check::Check;
use super::outbox::{COPY, SERVER, Standing, standing};
use super::send::Asked;
use super::table::Table;
use super::{End, FORM, Opening, refused, whole};
use crate::error::{Result, StoreError};
use crate::lite::Conn;
use crate::lite::sql::dump::{self, Filling, Head, Tables, catalogue};
use serde::Deserialize;
use serde_json::Value;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _};
use std::time::Duration;
use tokio::sync::mpsc::Receiver;

/// So many rows are taken out in one statement.
const GONE: usize = 1000;
/// How often it is tried to empty the log after something was erased, and how long it is left between.
const TRIES: usize = 20;
const PAUSE: Duration = Duration::from_millis(50);

/// The copy of a follower, open to be written in.
pub struct Copying {
    conn: Conn,
    tables: Tables,
}

/// What came of an answer of the server.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Taken {
    /// Everything up to this place is here, durably.
    pub position: i64,
    /// So many rows came.
    pub rows: i64,
    /// It was compared with how everything stands at the server.
    pub compared: bool,
}

/// A row as it is sent; none where it is gone.
#[derive(Deserialize)]
pub(super) struct Given {
    pub(super) key: Vec<Value>,
    pub(super) row: Option<Vec<Value>>,
}

/// A table whose rows are coming.
struct Coming {
    table: Table,
    filling: Filling,
    gone: Vec<String>,
}

/// What the database itself does not take is not a fault of the disk: it does not fit.
fn does_not_fit(error: StoreError) -> StoreError {
    match error {
        StoreError::Database(sqlx::Error::Database(e))
            if e.message().contains("constraint") || e.code().as_deref() == Some("1811") =>
        {
            StoreError::Refused(format!("a row does not fit into the copy: {}", e.message()))
        }
        StoreError::Taken(what) => StoreError::Refused(format!("a row does not fit into the copy: {what} is taken")),
        other => other,
    }
}

impl Copying {
    pub(crate) async fn open(options: &SqliteConnectOptions) -> Result<Copying> {
        let mut conn = options.connect().await?;
        let tables = catalogue(&mut conn).await?;
        Ok(Copying { conn, tables })
    }

    /// What the copy says of itself when it asks; none before it has its first copy.
    pub async fn stands(&mut self) -> Result<Option<Asked>> {
        let Some(own) = standing(&mut self.conn).await? else { return Ok(None) };
        if own.side == SERVER {
            return refused("this database has a follower of its own: name another file for the copy");
        }
        let end = async |conn: &mut Conn, select: &'static str| -> Result<(i64, String)> {
            Ok(sqlx::query_as(select).fetch_optional(conn).await?.unwrap_or_default())
        };
        let row = "select child_id, seq, hash from chain order by rowid desc limit 1";
        let row = sqlx::query_as(row).fetch_optional(&mut self.conn).await?.unwrap_or_default();
        Ok(Some(Asked {
            row,
            follower: own.follower,
            line: own.line,
            position: own.position,
            looks: end(&mut self.conn, "select seq, hash from look_head where id = 1").await?,
            deeds: end(&mut self.conn, "select seq, hash from deed_head where id = 1").await?,
        }))
    }

    /// When something was taken last.
    pub async fn taken_us(&mut self) -> Result<Option<i64>> {
        Ok(standing(&mut self.conn).await?.and_then(|own| own.taken_us))
    }

    /// Fills the empty copy with everything, all of it or nothing.
    pub async fn first(&mut self, follower: &str, mut from: Receiver<String>, now_us: i64) -> Result<Taken> {
        let opening = self.opening(&mut from).await?;
        if opening.after.is_some() {
            return refused("the server sent something else than a first copy");
        }
        let mut writing = self.conn.begin_with("begin immediate").await?;
        let (rows, _) = dump::fill_in(&mut writing, &mut from).await?;
        let insert =
            "insert into following (id, side, line, follower, position, taken_us) values (1, $1, $2, $3, $4, $5)";
        let insert = sqlx::query(insert).bind(COPY).bind(&opening.line).bind(follower).bind(opening.until).bind(now_us);
        insert.execute(&mut *writing).await?;
        writing.commit().await?;
        Ok(Taken { position: opening.until, rows, compared: false })
    }

    /// Keeps what was written since, all of it or nothing.
    ///
    /// # Errors
    /// `Refused`: it does not fit, which somebody has to look at. `Open`: the two programs are of different versions. Anything else: it did not
    /// come whole, or the disk failed, and can be asked for again.
    pub async fn take(&mut self, mut from: Receiver<String>, now_us: i64) -> Result<Taken> {
        let opening = self.opening(&mut from).await?;
        let own = standing(&mut self.conn).await?;
        let Some(own) = own.filter(|own| own.side == COPY) else {
            return refused("this copy is none any more: it was promoted");
        };
        continues(&own, &opening)?;
        let mut writing = self.conn.begin_with("begin immediate").await?;
        // Rows come table by table, and not in the order in which one refers to another.
        sqlx::query("pragma defer_foreign_keys = on").execute(&mut *writing).await?;
        let (rows, erased) = rows(&mut writing, &self.tables, &mut from).await.map_err(does_not_fit)?;
        if let Some(theirs) = &opening.whole {
            let ours = whole(&mut writing).await?;
            same(theirs, &ours)?;
        }
        if opening.until > own.position {
            // Whoever promoted the copy meanwhile has taken this line away.
            let update =
                "update following set position = $1, taken_us = $2 where id = 1 and side = $3 and position = $4";
            let update = sqlx::query(update).bind(opening.until).bind(now_us).bind(COPY).bind(own.position);
            if update.execute(&mut *writing).await?.rows_affected() != 1 {
                return refused("this copy is none any more: it was promoted");
            }
            writing.commit().await.map_err(|e| does_not_fit(e.into()))?;
        } else {
            writing.rollback().await?;
        }
        if erased {
            self.settle().await?;
        }
        Ok(Taken { position: opening.until, rows, compared: opening.whole.is_some() })
    }

    async fn opening(&mut self, from: &mut Receiver<String>) -> Result<Opening> {
        let Some(first) = from.recv().await else { return Err(cut()) };
        let Ok(opening) = serde_json::from_str::<Opening>(&first) else {
            return refused("what the server sent begins with something that a follower does not know");
        };
        let migration = dump::migration(&mut self.conn).await?;
        if opening.follow != FORM || opening.migration != migration {
            return Err(StoreError::Open(format!(
                "the server's tables are of version {}, and those of this program of version {migration}: let both machines run the same version",
                opening.migration
            )));
        }
        Ok(opening)
    }

    /// What was erased is left in no log either.
    async fn settle(&mut self) -> Result<()> {
        for _ in 0..TRIES {
            let truncate = sqlx::query_as("pragma wal_checkpoint(truncate)");
            let (held, _, _): (i64, i64, i64) = truncate.fetch_one(&mut self.conn).await?;
            if held == 0 {
                return Ok(());
            }
            tokio::time::sleep(PAUSE).await;
        }
        // Whoever reads lets go of it, and the next checkpoint takes it away.
        Ok(())
    }

    /// Makes of the copy a database of its own. From then on it follows nobody. Gives what it was.
    pub async fn promote(&mut self) -> Result<Option<Asked>> {
        let was = self.stands().await?;
        let mut writing = self.conn.begin_with("begin immediate").await?;
        sqlx::query("delete from following where side = $1").bind(COPY).execute(&mut *writing).await?;
        writing.commit().await?;
        Ok(was)
    }

    /// Closes it.
    pub async fn close(self) {
        let _ = self.conn.close().await;
    }
}

fn cut() -> StoreError {
    StoreError::Unavailable("what the server sent is cut".to_owned())
}

/// It is of the same succession of places, and goes on where this copy ends.
fn continues(own: &Standing, opening: &Opening) -> Result<()> {
    if opening.line != own.line {
        return refused("the server's database is not the one that this copy follows");
    }
    if opening.after != Some(own.position) || opening.until < own.position {
        return refused(format!(
            "a gap: this copy ends at place {}, and the server sent what came after {}",
            own.position,
            opening.after.unwrap_or_default()
        ));
    }
    Ok(())
}

/// Keeps all rows up to the end of the answer, and says how many, and whether any was erased.
async fn rows(conn: &mut Conn, tables: &Tables, from: &mut Receiver<String>) -> Result<(i64, bool)> {
    let mut check = Check::default();
    let mut coming: Option<Coming> = None;
    let mut lines = 0;
    while let Some(line) = from.recv().await {
        if line.starts_with("{\"key\"") {
            let Some(coming) = &mut coming else { return refused("the server sent rows of no table") };
            let Ok(given) = serde_json::from_str::<Given>(&line) else {
                return refused(format!("the server sent a row of `{}` that cannot be read", coming.table.name));
            };
            one(conn, coming, &mut check, &given).await?;
            lines += 1;
        } else if let Ok(head) = serde_json::from_str::<Head>(&line) {
            finish(conn, coming.take()).await?;
            coming = Some(begin(conn, tables, &head).await?);
        } else if let Ok(end) = serde_json::from_str::<End>(&line) {
            if end.lines != lines {
                return refused(format!("the server sent {lines} rows, and says that they are {}", end.lines));
            }
            finish(conn, coming.take()).await?;
            check.end(conn).await?;
            return Ok((lines, check.erased));
        } else {
            return refused("the server sent a line that a follower does not know");
        }
    }
    Err(cut())
}

async fn begin(conn: &mut Conn, tables: &Tables, head: &Head) -> Result<Coming> {
    let Some(columns) = tables.get(&head.table).filter(|_| dump::is_taken(&head.table)) else {
        return refused(format!("the server sent rows of a table `{}`, which a follower does not keep", head.table));
    };
    let table = Table::of(conn, &head.table, columns).await?;
    if !columns.iter().map(|(name, _)| name).eq(head.columns.iter()) {
        return refused(format!("the table `{}` has other columns at the server", head.table));
    }
    // Of a record a row that is there changes in one way: it is erased.
    let otherwise = if table.name == "chain" {
        "where true on conflict (child_id, seq) do update set payload = excluded.payload, salt = excluded.salt"
    } else {
        ""
    };
    let filling = Filling::named(head, tables, otherwise)?;
    Ok(Coming { table, filling, gone: Vec::new() })
}

async fn one(conn: &mut Conn, coming: &mut Coming, check: &mut Check, given: &Given) -> Result<()> {
    let text = |values: &[Value]| serde_json::to_string(values).map_err(|e| StoreError::Refused(e.to_string()));
    let Some(row) = &given.row else {
        if coming.table.only_added_to() {
            return refused(format!(
                "a row of `{}` was removed at the server ({}): such rows are never removed",
                coming.table.name,
                text(&given.key)?
            ));
        }
        coming.gone.push(text(&given.key)?);
        if coming.gone.len() >= GONE {
            take_out(conn, coming).await?;
        }
        check.touched(&coming.table, &given.key);
        return Ok(());
    };
    take_out(conn, coming).await?;
    if check.row(conn, &coming.table, given, row).await? {
        coming.filling.add(conn, text(row)?).await?;
    }
    Ok(())
}

async fn take_out(conn: &mut Conn, coming: &mut Coming) -> Result<()> {
    if !coming.gone.is_empty() {
        let keys = format!("[{}]", std::mem::take(&mut coming.gone).join(","));
        sqlx::query(coming.table.delete()).bind(keys).execute(conn).await?;
    }
    Ok(())
}

async fn finish(conn: &mut Conn, coming: Option<Coming>) -> Result<()> {
    let Some(mut coming) = coming else { return Ok(()) };
    take_out(conn, &mut coming).await?;
    coming.filling.flush(conn).await
}

/// Everything stands here as it stands at the server.
fn same(theirs: &super::Whole, ours: &super::Whole) -> Result<()> {
    if theirs.root != ours.root {
        return refused(
            "the root over all chains is another at the server than here: the two copies are not one history any more",
        );
    }
    for (table, rows) in &theirs.rows {
        let here = ours.rows.get(table).copied().unwrap_or_default();
        if here != *rows {
            return refused(format!("the table `{table}` has {rows} rows at the server, and {here} here"));
        }
    }
    Ok(())
}
