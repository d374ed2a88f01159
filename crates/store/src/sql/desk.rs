//! Drafts.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::Draft;

/// Every column of a draft.
const COLUMNS: &str = "id, kind, child_id, body, updated_us, person_id, agency, team, begun_us, n";

pub(crate) async fn draft_put(conn: &mut Conn, person: &str, draft: &Draft) -> Result<()> {
    let upsert = "insert into draft (person_id, id, kind, child_id, body, updated_us, agency, team, begun_us, n) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
                  on conflict (person_id, id) do update set kind = excluded.kind, child_id = excluded.child_id, \
                  body = excluded.body, updated_us = excluded.updated_us, n = excluded.n";
    sqlx::query(upsert)
        .bind(person)
        .bind(&draft.id)
        .bind(&draft.kind)
        .bind(&draft.child_id)
        .bind(&draft.body)
        .bind(draft.updated_us)
        .bind(&draft.agency)
        .bind(&draft.team)
        .bind(draft.begun_us)
        .bind(draft.n)
        .execute(conn)
        .await?;
    Ok(())
}

/// Saves what a draft says, if nobody saved it since it was read.
pub(crate) async fn draft_save(conn: &mut Conn, draft: &Draft) -> Result<bool> {
    let update = "update draft set body = $4, updated_us = $5, n = n + 1 where person_id = $1 and id = $2 and n = $3";
    let saved = sqlx::query(update)
        .bind(&draft.person_id)
        .bind(&draft.id)
        .bind(draft.n)
        .bind(&draft.body)
        .bind(draft.updated_us)
        .execute(conn)
        .await?;
    Ok(saved.rows_affected() > 0)
}

pub(crate) async fn draft_get(pool: &Pool, person: &str, id: &str) -> Result<Option<Draft>> {
    let select = format!("select {COLUMNS} from draft where person_id = $1 and id = $2");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(select)).bind(person).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn drafts_of(pool: &Pool, person: &str) -> Result<Vec<Draft>> {
    let select = format!("select {COLUMNS} from draft where person_id = $1 order by updated_us desc, id");
    Ok(sqlx::query_as(sqlx::AssertSqlSafe(select)).bind(person).fetch_all(pool).await?)
}

/// What was begun in a team and saved since, by whomever: the last saved first.
pub(crate) async fn drafts_in(
    pool: &Pool,
    kind: &str,
    (agency, team): (&str, &str),
    since_us: i64,
) -> Result<Vec<Draft>> {
    let select = format!(
        "select {COLUMNS} from draft where agency = $1 and agency <> '' and team = $2 and updated_us >= $3 and kind = $4 \
         order by updated_us desc, id"
    );
    let query = sqlx::query_as(sqlx::AssertSqlSafe(select)).bind(agency).bind(team).bind(since_us).bind(kind);
    Ok(query.fetch_all(pool).await?)
}

pub(crate) async fn draft_delete(conn: &mut Conn, person: &str, id: &str) -> Result<()> {
    sqlx::query("delete from draft where person_id = $1 and id = $2").bind(person).bind(id).execute(conn).await?;
    Ok(())
}
