//! The log of looks: one chain, continued in one transaction for all the lines of a list.

use super::{Conn, Pool};
use crate::error::Result;
use crate::looks::{faults, lines};
use crate::model::{Look, NewLook};
use crate::prepare::json;

macro_rules! look_columns {
    () => {
        "select seq, at_us, person_id, post, agency_id, child_id, what, class, purpose, session, hash from look "
    };
}

/// Writes looks at the end of the log.
pub(crate) async fn look(conn: &mut Conn, looks: &[NewLook], now_us: i64) -> Result<()> {
    // Whoever changes the head first goes first; the others wait for the commit.
    let next = "update look_head set seq = seq + $1 where id = 1 returning seq, hash";
    let (end, head): (i64, String) = sqlx::query_as(next).bind(looks.len() as i64).fetch_one(&mut *conn).await?;
    let lines = lines(end - looks.len() as i64, &head, now_us, looks);
    let insert = concat!(
        "insert into look (seq, at_us, person_id, post, agency_id, child_id, what, class, purpose, session, hash) ",
        "select x.seq, x.at_us, x.person_id, x.post, x.agency_id, x.child_id, x.what, x.class, x.purpose, x.session, x.hash from ",
        json_rows!("$1"; seq bigint, at_us bigint, person_id text, post text, agency_id text, child_id text, what text,
            class text, purpose text, session text, hash text),
        " where true"
    );
    sqlx::query(insert).bind(json(&lines)?).execute(&mut *conn).await?;
    let hash = lines.last().map_or(&head, |line| &line.hash);
    sqlx::query("update look_head set hash = $1 where id = 1").bind(hash).execute(conn).await?;
    Ok(())
}

pub(crate) async fn looks_at_child(pool: &Pool, child: &str, limit: i64) -> Result<Vec<Look>> {
    let select = concat!(look_columns!(), "where child_id = $1 order by seq desc limit $2");
    Ok(sqlx::query_as(select).bind(child).bind(limit).fetch_all(pool).await?)
}

pub(crate) async fn looks_since(pool: &Pool, since_us: i64, limit: i64) -> Result<Vec<Look>> {
    let select = concat!(look_columns!(), "where at_us >= $1 order by seq desc limit $2");
    Ok(sqlx::query_as(select).bind(since_us).bind(limit).fetch_all(pool).await?)
}

/// How many children a person has opened since a moment, beside this one: lists and portraits do not count.
pub(crate) async fn children_opened(pool: &Pool, person: &str, child: &str, since_us: i64) -> Result<i64> {
    let count = "select count(distinct child_id) from look where person_id = $1 and at_us >= $2 and child_id is not null \
                 and what not in ('board', 'home', 'alerts', 'search', 'portrait', 'meetings', 'refused') and child_id <> $3";
    Ok(sqlx::query_scalar(count).bind(person).bind(since_us).bind(child).fetch_one(pool).await?)
}

/// What does not fit in the chain of looks.
pub(crate) async fn verify_looks(pool: &Pool) -> Result<Vec<String>> {
    // Until nothing is added between the questions: only then do they speak of the same log.
    loop {
        let select = "select seq, hash from look_head where id = 1";
        let (seq, hash): (i64, String) = sqlx::query_as(select).fetch_one(pool).await?;
        let all: Vec<Look> = sqlx::query_as(concat!(look_columns!(), "order by seq")).fetch_all(pool).await?;
        let again: (i64, String) = sqlx::query_as(select).fetch_one(pool).await?;
        if again == (seq, hash.clone()) {
            return Ok(faults(&all, seq, &hash));
        }
    }
}

/// Keeps where somebody lives.
pub(crate) async fn home_put(conn: &mut Conn, person: &str, address: &str) -> Result<()> {
    let upsert = "insert into home (person_id, address) values ($1, $2) on conflict (person_id) do update set address = excluded.address";
    sqlx::query(upsert).bind(person).bind(address).execute(conn).await?;
    Ok(())
}

pub(crate) async fn homes_of_people(pool: &Pool) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as("select person_id, address from home").fetch_all(pool).await?)
}
