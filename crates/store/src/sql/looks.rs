//! The log of looks: one chain, continued in one transaction for all the lines of a list.

use super::{Conn, Pool};
use crate::error::Result;
use crate::looks::{faults, lines};
use crate::model::{Look, LookSum, NewLook};
use crate::prepare::json;

macro_rules! look_columns {
    () => {
        "select seq, at_us, person_id, post, agency_id, child_id, what, class, purpose, session, hash from look "
    };
}

/// What a look at a child was, as a word: that a list names a child is no opening of its record.
macro_rules! look_kind {
    () => {
        "case when what in ('board', 'home', 'alerts', 'search', 'portrait', 'meetings') then 'listed' when what = 'refused' then what else 'opened' end"
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

/// The looks at children since a moment: somebody's of one kind at one child within one hour (UTC) are one line.
pub(crate) async fn looks_summed(pool: &Pool, since_us: i64) -> Result<Vec<LookSum>> {
    let select = concat!(
        "select person_id, post, child_id, kind, glass, min(at_us) as first_us, max(at_us) as last_us, count(*) as looks, max(seq) as last_seq ",
        "from (select person_id, post, child_id, at_us, seq, ",
        look_kind!(),
        " as kind, cast(case when purpose = 'break-glass' then 1 else 0 end as bigint) as glass from look where at_us >= $1 and child_id is not null) x ",
        "group by person_id, post, child_id, kind, glass, at_us / 3600000000"
    );
    Ok(sqlx::query_as(select).bind(since_us).fetch_all(pool).await?)
}

/// The looks at some places of the log, in its order.
pub(crate) async fn looks_of(pool: &Pool, seqs: &[i64]) -> Result<Vec<Look>> {
    let rows: Vec<serde_json::Value> = seqs.iter().map(|seq| serde_json::json!({ "seq": seq })).collect();
    let select = concat!(
        look_columns!(),
        "where seq in (select x.seq from ",
        json_rows!("$1"; seq bigint),
        " where true) order by seq"
    );
    Ok(sqlx::query_as(select).bind(json(&rows)?).fetch_all(pool).await?)
}

/// How many children a person has opened since a moment, beside this one: lists and portraits do not count.
pub(crate) async fn children_opened(pool: &Pool, person: &str, child: &str, since_us: i64) -> Result<i64> {
    let count = concat!(
        "select count(distinct child_id) from look where person_id = $1 and at_us >= $2 and child_id is not null and ",
        look_kind!(),
        " = 'opened' and child_id <> $3"
    );
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
