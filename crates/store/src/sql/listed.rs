//! What lists keep of a child, with the record it was worked out from: read as of one moment, and made anew.

use super::append::{advance, summarise};
use super::derived::{Before, replace};
use super::{Conn, Pool};
use crate::error::{Result, StoreError};
use crate::model::OnLists;
use crate::prepare::Prepared;

type Summary = (i64, String, String, Option<String>, Option<String>, String, Option<i64>, Option<String>);

/// The agencies that relations name and that have not gone.
macro_rules! related {
    () => {
        "select distinct agency_id from relation where child_id = $1 and agency_id is not null \
         and not (kind = 'usual' and coalesce(until_us = 0, false)) order by agency_id"
    };
}

pub(crate) async fn listed(pool: &Pool, child: &str) -> Result<OnLists> {
    let mut conn = super::begin(pool).await?;
    sqlx::query(snapshot!()).execute(&mut *conn).await?;
    let select = "select version, name, folded, date_of_birth, photograph, agencies, next_change_us, merged_into from child where id = $1";
    let summary: Option<Summary> = sqlx::query_as(select).bind(child).fetch_optional(&mut *conn).await?;
    let Some((version, name, folded, date_of_birth, photograph, agencies, next_change_us, merged_into)) = summary
    else {
        return Err(StoreError::NoSuchChild(child.to_owned()));
    };
    let rows =
        "select seq, kind, occurred_us, recorded_us, actor, payload, hash from chain where child_id = $1 order by seq";
    let duties = "select child_id, '' as child_name, key, episode_id, rulebook, rule, action, label, owner, modality, state, \
                  arises_us, due_us, done_us, remind_us, provisions, limit_words, line, silent, open, urgency_us, fingerprint \
                  from duty where child_id = $1 order by key";
    let episodes = "select id, started_us, ended_us, status, risk, risk_since_us, reported, last_entry_us, last_entry, \
                    last_recorded_us, next_limit_us, next_limit, next_at_once, interview, interview_due_us, interview_done_us, fingerprint from episode where child_id = $1 order by id";
    let indexed = "select agency_id from child_agency where child_id = $1 order by agency_id";
    let tokens = "select token from child_token where child_id = $1 order by token";
    let incidents = "select number from incident where child_id = $1 order by number";
    let marks = "select kind, value from mark where child_id = $1 order by kind, value";
    let listed = OnLists {
        child: child.to_owned(),
        version,
        name,
        folded,
        date_of_birth,
        photograph,
        agencies,
        next_change_us,
        related: sqlx::query_scalar(related!()).bind(child).fetch_all(&mut *conn).await?,
        indexed: sqlx::query_scalar(indexed).bind(child).fetch_all(&mut *conn).await?,
        tokens: sqlx::query_scalar(tokens).bind(child).fetch_all(&mut *conn).await?,
        marks: sqlx::query_as(marks).bind(child).fetch_all(&mut *conn).await?,
        merged_into,
        incidents: sqlx::query_scalar(incidents).bind(child).fetch_all(&mut *conn).await?,
        rows: sqlx::query_as(rows).bind(child).fetch_all(&mut *conn).await?,
        duties: sqlx::query_as(duties).bind(child).fetch_all(&mut *conn).await?,
        episodes: sqlx::query_as(episodes).bind(child).fetch_all(&mut *conn).await?,
    };
    conn.rollback().await?;
    Ok(listed)
}

/// Throws away what lists keep of a child and writes it anew. Says whether the record still is of that version.
pub(crate) async fn relist(conn: &mut Conn, child: &str, version: i64, derived: &Prepared) -> Result<bool> {
    let before = match advance(conn, child, version, version).await {
        Err(StoreError::Stale { .. }) => return Ok(false),
        other => other?,
    };
    for statement in [
        "delete from duty where child_id = $1",
        "delete from episode where child_id = $1",
        "delete from child_token where child_id = $1",
        "delete from incident where child_id = $1",
        "delete from mark where child_id = $1",
        "delete from child_agency where child_id = $1",
    ] {
        sqlx::query(statement).bind(child).execute(&mut *conn).await?;
    }
    summarise(conn, child, version, &before.head, derived).await?;
    replace(conn, child, &Before::nothing(), derived).await?;
    Ok(true)
}
