//! Until when records are kept: holds, and what two people say may be let go. And letting go: of a child's record nothing stays but its chain,
//! emptied.

use super::deeds::note;
use super::scope::{Grace, only_related};
use super::{Conn, Pool, erase};
use crate::deeds::{KEEPING, RELATION, WITHHELD};
use crate::error::Result;
use crate::model::{Appended, Ending, KEPT_UNTIL, Keeping, LetGone, RowKind, Scope};
use crate::prepare::Write;
use sqlx::QueryBuilder;

macro_rules! keeping_columns {
    () => {
        "select id, child_id, kind, reason, by_person, at_us, ended_by, ended_why, ended_us from keeping "
    };
}

/// Keeps a hold or a release. The same id again does nothing.
pub(crate) async fn put(conn: &mut Conn, one: &Keeping) -> Result<()> {
    let insert = "insert into keeping (id, child_id, kind, reason, by_person, at_us) values ($1, $2, $3, $4, $5, $6) \
                  on conflict (id) do nothing";
    let insert = sqlx::query(insert).bind(&one.id).bind(&one.child_id).bind(&one.kind).bind(&one.reason);
    insert.bind(&one.by_person).bind(one.at_us).execute(&mut *conn).await?;
    note(conn, &KEEPING, std::slice::from_ref(&one.id)).await
}

/// Ends it; false if it had ended.
pub(crate) async fn end(conn: &mut Conn, id: &str, by: &str, why: &str, now_us: i64) -> Result<bool> {
    let update = "update keeping set ended_by = $2, ended_us = $3, ended_why = $4 where id = $1 and ended_us is null";
    let update = sqlx::query(update).bind(id).bind(by).bind(now_us).bind(why);
    let done = update.execute(&mut *conn).await?.rows_affected() > 0;
    if done {
        note(conn, &KEEPING, &[id.to_owned()]).await?;
    }
    Ok(done)
}

/// Everything that was said of a child, the first first.
pub(crate) async fn of_child(pool: &Pool, child: &str) -> Result<Vec<Keeping>> {
    let select = concat!(keeping_columns!(), "where child_id = $1 order by at_us, id");
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

/// Who is typing a report of this child.
pub(crate) async fn typing(pool: &Pool, child: &str) -> Result<Vec<String>> {
    let select =
        "select distinct p.name from draft d join person p on p.id = d.person_id where d.child_id = $1 order by p.name";
    Ok(sqlx::query_scalar(select).bind(child).fetch_all(pool).await?)
}

/// The records in scope that may be let go by a day, the first first; those of which it cannot be told, for `unknown`.
pub(crate) async fn ending(pool: &Pool, who: &Scope, by: &str, limit: i64) -> Result<Vec<Ending>> {
    let mut query = QueryBuilder::new(
        "select m.child_id, c.name, m.value as until from mark m join child c on c.id = m.child_id where m.kind = ",
    );
    query.push_bind(KEPT_UNTIL);
    query.push(if by == "unknown" { " and m.value = " } else { " and m.value <= " }).push_bind(by.to_owned());
    only_related(&mut query, "m.child_id", Grace::Child, who);
    query.push(" order by m.value, m.child_id limit ").push_bind(limit);
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// The records that people of an agency let go, the last first.
pub(crate) async fn let_gone(pool: &Pool, agency: &str, limit: i64) -> Result<Vec<LetGone>> {
    let select = "select distinct c.child_id, c.recorded_us as at_us, c.payload from keeping k \
                  join person p on p.id in (k.by_person, k.ended_by) and p.agency = $1 \
                  join chain c on c.child_id = k.child_id and c.kind = $2 and c.recorded_us = k.ended_us \
                  where k.kind = 'release' and k.ended_us is not null order by c.recorded_us desc limit $3";
    Ok(sqlx::query_as(select).bind(agency).bind(RowKind::Erasure.word()).bind(limit).fetch_all(pool).await?)
}

/// The records that come to their end after one day and by another, wherever they are.
pub(crate) async fn coming(pool: &Pool, after: &str, by: &str) -> Result<Vec<String>> {
    let select = "select child_id from mark where kind = $1 and value > $2 and value <= $3 order by value, child_id";
    Ok(sqlx::query_scalar(select).bind(KEPT_UNTIL).bind(after).bind(by).fetch_all(pool).await?)
}

/// Lets a whole record go: erases its rows, and whatever stands beside them that says anything of the child.
pub(crate) async fn let_go(conn: &mut Conn, write: &Write, rows: &[i64], by: &str, now_us: i64) -> Result<Appended> {
    let child = &write.child;
    sqlx::query("delete from photograph where child_id = $1").bind(child).execute(&mut *conn).await?;
    let answer = erase::erase(&mut *conn, write, rows).await?;
    if answer.repeated {
        return Ok(answer);
    }
    let kept = "delete from kept where exists (select 1 from draft d where d.child_id = $1 and kept.path like '/report/' || d.id || '%')";
    sqlx::query(kept).bind(child).execute(&mut *conn).await?;
    for table in ["draft", "form_draft", "silence", "alert", "incident"] {
        // The names are those above.
        let delete = sqlx::AssertSqlSafe(format!("delete from {table} where child_id = $1"));
        sqlx::query(delete).bind(child).execute(&mut *conn).await?;
    }
    sqlx::query("delete from brought where ours = $1").bind(child).execute(&mut *conn).await?;
    let of_child = format!("/children/{child}");
    for (table, column) in [("notice", "link"), ("kept", "path")] {
        let delete =
            format!("delete from {table} where {column} = $1 or {column} like $1 || '/%' or {column} like $1 || '?%'");
        sqlx::query(sqlx::AssertSqlSafe(delete)).bind(&of_child).execute(&mut *conn).await?;
    }
    sqlx::query(
        "update request set reason = '', words = case when words is null then null else '' end where child_id = $1",
    )
    .bind(child)
    .execute(&mut *conn)
    .await?;
    // Nobody is related to it any more; what they were to the child, and why, is not said.
    let ended = "update relation set kind = 'usual', reason = '', until_us = 0, grace_us = 0, ended_by = coalesce(ended_by, $3), \
                 ended_us = coalesce(ended_us, $2) where child_id = $1 returning id";
    let ended: Vec<String> = sqlx::query_scalar(ended).bind(child).bind(now_us).bind(by).fetch_all(&mut *conn).await?;
    note(conn, &RELATION, &ended).await?;
    sqlx::query("delete from child_agency where child_id = $1").bind(child).execute(&mut *conn).await?;
    let lifted = "update withheld set reason = '', lifted_by = coalesce(lifted_by, $3), lifted_us = coalesce(lifted_us, $2) \
                  where child_id = $1 returning child_id || ' ' || place || ' ' || at_us";
    let lifted: Vec<String> =
        sqlx::query_scalar(lifted).bind(child).bind(now_us).bind(by).fetch_all(&mut *conn).await?;
    note(conn, &WITHHELD, &lifted).await?;
    let done = "update keeping set reason = '', ended_why = null, ended_by = coalesce(ended_by, $3), ended_us = coalesce(ended_us, $2) \
                where child_id = $1 returning id";
    let done: Vec<String> = sqlx::query_scalar(done).bind(child).bind(now_us).bind(by).fetch_all(&mut *conn).await?;
    note(conn, &KEEPING, &done).await?;
    Ok(answer)
}
