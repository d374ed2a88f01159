//! What is kept of an area: appended, and read back.

use super::deeds::note;
use super::lists::episode_columns;
use super::scope::{Grace, Of, begin, only_related, side};
use super::{Conn, Pool};
use crate::deeds::AREA_ROW;
use crate::error::{Result, StoreError};
use crate::model::{AreaRow, BoardRow, DutyRow, Scope};
use sqlx::QueryBuilder;

macro_rules! area_columns {
    () => {
        "select r.id, r.area, r.kind, r.subject, r.n, r.payload, r.by_person, r.by_role, r.at_us, r.key from area_row r "
    };
}

/// Appends a row, if it is the next of its subject. What was sent before with this key is kept already.
pub(crate) async fn add(conn: &mut Conn, row: &AreaRow) -> Result<()> {
    let known: Option<String> =
        sqlx::query_scalar("select id from area_row where key = $1").bind(&row.key).fetch_optional(&mut *conn).await?;
    if known.is_some() {
        return Ok(());
    }
    let last = "select coalesce(max(n), 0) from area_row where area = $1 and kind = $2 and subject = $3";
    let last = sqlx::query_scalar(last).bind(&row.area).bind(&row.kind).bind(&row.subject);
    let current_version: i64 = last.fetch_one(&mut *conn).await?;
    if current_version + 1 != row.n {
        return Err(StoreError::Stale { current_version });
    }
    let insert = "insert into area_row (id, area, kind, subject, n, payload, by_person, by_role, at_us, key) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict do nothing";
    let insert = sqlx::query(insert)
        .bind(&row.id)
        .bind(&row.area)
        .bind(&row.kind)
        .bind(&row.subject)
        .bind(row.n)
        .bind(&row.payload)
        .bind(&row.by_person)
        .bind(&row.by_role)
        .bind(row.at_us)
        .bind(&row.key);
    if insert.execute(&mut *conn).await?.rows_affected() == 0 {
        // Somebody wrote between the look and the write.
        return Err(StoreError::Stale { current_version: row.n });
    }
    note(conn, &AREA_ROW, std::slice::from_ref(&row.id)).await
}

/// The last row of each subject of a kind, in the order in which the subjects were begun.
pub(crate) async fn latest(pool: &Pool, area: &str, kind: &str) -> Result<Vec<AreaRow>> {
    let select = concat!(
        area_columns!(),
        "where r.area = $1 and r.kind = $2 and not exists (select 1 from area_row l where l.area = r.area and \
         l.kind = r.kind and l.subject = r.subject and l.n > r.n) order by (select f.at_us from area_row f where \
         f.area = r.area and f.kind = r.kind and f.subject = r.subject and f.n = 1), r.subject"
    );
    Ok(sqlx::query_as(select).bind(area).bind(kind).fetch_all(pool).await?)
}

/// Every row of a kind, in the order in which they were written.
pub(crate) async fn history(pool: &Pool, area: &str, kind: &str) -> Result<Vec<AreaRow>> {
    let select = concat!(area_columns!(), "where r.area = $1 and r.kind = $2 order by r.at_us, r.n, r.id");
    Ok(sqlx::query_as(select).bind(area).bind(kind).fetch_all(pool).await?)
}

/// The last row of each subject of a kind, of every area.
pub(crate) async fn everywhere(pool: &Pool, kind: &str) -> Result<Vec<AreaRow>> {
    let select = concat!(
        area_columns!(),
        "where r.kind = $1 and not exists (select 1 from area_row l where l.area = r.area and l.kind = r.kind and \
         l.subject = r.subject and l.n > r.n) order by r.area, r.subject"
    );
    Ok(sqlx::query_as(select).bind(kind).fetch_all(pool).await?)
}

/// When anything was first kept of the area or, before that, anybody first came in: from then on its duties are asked. None before.
pub(crate) async fn begun(pool: &Pool, area: &str) -> Result<Option<i64>> {
    let select = "select min(x.at_us) from (select at_us from area_row where area = $1 union all \
                  select at_us from (select at_us from look order by seq limit 1) first) x";
    Ok(sqlx::query_scalar(select).bind(area).fetch_one(pool).await?)
}

/// Has every list worked out anew: what the rulebooks ask has changed, though nobody wrote on a record.
pub(crate) async fn all_to_refresh(conn: &mut Conn, now_us: i64) -> Result<()> {
    let update = "update child set next_change_us = $1 where next_change_us is null or next_change_us > $1";
    sqlx::query(update).bind(now_us).execute(conn).await?;
    Ok(())
}

/// The duties of rules of a rulebook that are open or the next to come, of the children somebody sees.
pub(crate) async fn duties_of_rules(
    pool: &Pool,
    who: &Scope,
    rulebook: &str,
    rules: &[String],
    limit: i64,
) -> Result<Vec<DutyRow>> {
    let side = side(pool, who).await?;
    let mut found: Vec<DutyRow> = Vec::new();
    for rule in rules {
        let mut query = QueryBuilder::new(
            "select x.child_id, c.name as child_name, x.key, x.episode_id, x.rulebook, x.rule, x.action, x.label, x.owner, \
             x.modality, x.state, x.arises_us, x.due_us, x.done_us, x.remind_us, x.provisions, x.limit_words, x.line, x.silent",
        );
        begin(&mut query, Of::Duties, side, who);
        query.push(" and x.open and x.rulebook = ").push_bind(rulebook.to_owned());
        query.push(" and x.rule = ").push_bind(rule.clone());
        query.push(" order by x.urgency_us, x.arises_us, x.child_id, x.key limit ").push_bind(limit);
        found.extend(query.build_query_as::<DutyRow>().fetch_all(pool).await?);
    }
    Ok(found)
}

/// Episodes of the children somebody sees, the latest first.
pub(crate) async fn episodes(pool: &Pool, who: &Scope, from: i64, limit: i64) -> Result<Vec<BoardRow>> {
    let mut query = QueryBuilder::new(concat!(
        "select e.child_id, c.name as child_name, c.date_of_birth, c.photograph, c.version, ",
        episode_columns!(),
        " from episode e join child c on c.id = e.child_id where true"
    ));
    only_related(&mut query, "c.id", Grace::Before("e.started_us"), who);
    query.push(" order by e.started_us desc, e.child_id, e.id limit ").push_bind(limit);
    query.push(" offset ").push_bind(from);
    Ok(query.build_query_as().fetch_all(pool).await?)
}
