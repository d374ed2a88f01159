//! The journal of what was changed beside the records: continued in the transaction of each change.

use super::Conn;
use crate::deeds::{Deed, ERASURE, SUBJECTS, Subject, lines, state};
use crate::error::Result;
use crate::prepare::json;
use sqlx::{AssertSqlSafe, Row as _};
use std::collections::BTreeMap;

/// So many rows are taken in at once.
const BATCH: usize = 500;

/// Notes how rows of a table stand now.
pub(crate) async fn note(conn: &mut Conn, subject: &Subject, keys: &[String]) -> Result<()> {
    if keys.is_empty() {
        return Ok(());
    }
    let wanted = concat!("(select x.key from ", json_rows!("$1"; key text), ")");
    let select = format!("{} where {} in {wanted}", subject.select(), subject.key);
    let objects: Vec<_> = keys.iter().map(|key| BTreeMap::from([("key", key)])).collect();
    // A row that is gone is noted as gone.
    let mut states: BTreeMap<String, String> = keys.iter().map(|key| (key.clone(), String::new())).collect();
    for row in sqlx::query(AssertSqlSafe(select)).bind(json(&objects)?).fetch_all(&mut *conn).await? {
        let columns: sqlx::Result<Vec<Option<String>>> = (1..=subject.width()).map(|n| row.try_get(n)).collect();
        states.insert(row.try_get(0)?, state(&columns?));
    }
    write(conn, subject.table, states.into_iter().collect()).await
}

/// Notes a lawful erasure.
pub(crate) async fn erased(conn: &mut Conn, child: &str, seq: i64, hash: String) -> Result<()> {
    write(conn, ERASURE, vec![(format!("{child} {seq}"), hash)]).await
}

async fn write(conn: &mut Conn, subject: &str, states: Vec<(String, String)>) -> Result<()> {
    // Whoever changes the head first goes first; the others wait for the commit.
    let next = "update deed_head set seq = seq + $1 where id = 1 returning seq, hash";
    let count = states.len() as i64;
    let (end, head): (i64, String) = sqlx::query_as(next).bind(count).fetch_one(&mut *conn).await?;
    let made: Vec<Deed> = lines(end - count, &head, subject, states);
    let insert = concat!(
        "insert into deed (seq, subject, key, state, hash) select x.seq, x.subject, x.key, x.state, x.hash from ",
        json_rows!("$1"; seq bigint, subject text, key text, state text, hash text),
        " where true"
    );
    sqlx::query(insert).bind(json(&made)?).execute(&mut *conn).await?;
    let hash = made.last().map_or(&head, |deed| &deed.hash);
    sqlx::query("update deed_head set hash = $1 where id = 1").bind(hash).execute(conn).await?;
    Ok(())
}

/// Takes in, once, what was there before the journal held its table. To be called in a transaction.
pub(crate) async fn take_in(conn: &mut Conn) -> Result<()> {
    let claim = "update deed_head set taken = true where id = 1 and not taken";
    let first = sqlx::query(claim).execute(&mut *conn).await?.rows_affected() == 1;
    for subject in &SUBJECTS {
        // Which tables it holds stands beside it, so that a table that comes later is taken in when it comes.
        let claim = "insert into guard (name, value) values ('journal ' || $1, '') on conflict (name) do nothing";
        if sqlx::query(claim).bind(subject.table).execute(&mut *conn).await?.rows_affected() == 0 {
            continue;
        }
        let select = format!("select cast({0} as text) from {1} order by {0}", subject.key, subject.table);
        let keys: Vec<String> = sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut *conn).await?;
        for keys in keys.chunks(BATCH) {
            note(conn, subject, keys).await?;
        }
    }
    if !first {
        return Ok(());
    }
    let select = "select child_id, seq, hash from chain where kind = $1 order by child_id, seq";
    let erasures: Vec<(String, i64, String)> =
        sqlx::query_as(select).bind(crate::model::RowKind::Erasure.word()).fetch_all(&mut *conn).await?;
    for (child, seq, hash) in erasures {
        erased(conn, &child, seq, hash).await?;
    }
    Ok(())
}
