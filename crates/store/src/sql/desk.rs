//! What is kept beside the records: drafts, and who looked at what.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::{Access, Draft};

pub(crate) async fn draft_put(conn: &mut Conn, person: &str, draft: &Draft) -> Result<()> {
    let upsert = "insert into draft (person_id, id, kind, child_id, body, updated_us) values ($1, $2, $3, $4, $5, $6) \
                  on conflict (person_id, id) do update set kind = excluded.kind, child_id = excluded.child_id, \
                  body = excluded.body, updated_us = excluded.updated_us";
    sqlx::query(upsert)
        .bind(person)
        .bind(&draft.id)
        .bind(&draft.kind)
        .bind(&draft.child_id)
        .bind(&draft.body)
        .bind(draft.updated_us)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn draft_get(pool: &Pool, person: &str, id: &str) -> Result<Option<Draft>> {
    let select = "select id, kind, child_id, body, updated_us from draft where person_id = $1 and id = $2";
    Ok(sqlx::query_as(select).bind(person).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn drafts_of(pool: &Pool, person: &str) -> Result<Vec<Draft>> {
    let select =
        "select id, kind, child_id, body, updated_us from draft where person_id = $1 order by updated_us desc, id";
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

pub(crate) async fn draft_delete(conn: &mut Conn, person: &str, id: &str) -> Result<()> {
    sqlx::query("delete from draft where person_id = $1 and id = $2").bind(person).bind(id).execute(conn).await?;
    Ok(())
}

pub(crate) async fn log_access(conn: &mut Conn, person: &str, child: &str, what: &str, now_us: i64) -> Result<()> {
    let insert = "insert into access (at_us, person_id, child_id, what) values ($1, $2, $3, $4)";
    sqlx::query(insert).bind(now_us).bind(person).bind(child).bind(what).execute(conn).await?;
    Ok(())
}

pub(crate) async fn accesses_of_child(pool: &Pool, child: &str, limit: i64) -> Result<Vec<Access>> {
    let select =
        "select at_us, person_id, child_id, what from access where child_id = $1 order by at_us desc, id desc limit $2";
    Ok(sqlx::query_as(select).bind(child).bind(limit).fetch_all(pool).await?)
}
