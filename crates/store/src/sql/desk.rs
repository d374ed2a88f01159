//! Drafts.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::Draft;

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
