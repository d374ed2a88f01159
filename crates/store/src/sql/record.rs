//! Reading a record: its rows, the answer of a key, the chain to be verified.

use super::Pool;
use crate::chain::{Link, verify as work_out};
use crate::error::{Result, StoreError};
use crate::model::{Appended, Fault, Photograph, Record, Row, Stands, Verified};
use serde_json::Value;
use std::collections::BTreeSet;

pub(crate) async fn outcome_of(pool: &Pool, key: &str) -> Result<Option<Appended>> {
    let select = "select child_id, version, first_seq from write_key where key = $1";
    let found: Option<(String, i64, i64)> = sqlx::query_as(select).bind(key).fetch_optional(pool).await?;
    Ok(found.map(|(child, version, first_seq)| Appended {
        child,
        version,
        first_seq,
        head: String::new(),
        repeated: true,
    }))
}

pub(crate) async fn record(pool: &Pool, child: &str) -> Result<Record> {
    let select =
        "select seq, kind, occurred_us, recorded_us, actor, payload, hash from chain where child_id = $1 order by seq";
    let rows: Vec<Row> = sqlx::query_as(select).bind(child).fetch_all(pool).await?;
    if rows.is_empty() {
        head(pool, child).await?;
    }
    Ok(Record { child: child.to_owned(), version: rows.last().map_or(0, |row| row.seq), rows })
}

/// Where a record stands; none if there is no such child.
pub(crate) async fn stands(pool: &Pool, child: &str) -> Result<Option<Stands>> {
    let select = "select version, head, name, (select string_agg(r.agency_id, '\n') from child_agency r where r.child_id = $1) as agencies, \
                  (select seq from deed_head where id = 1) as deeds from child where id = $1";
    let found: Option<(i64, String, String, Option<String>, i64)> =
        sqlx::query_as(select).bind(child).fetch_optional(pool).await?;
    Ok(found.map(|(version, head, name, agencies, deeds)| Stands {
        version,
        head,
        name,
        agencies: agencies.unwrap_or_default().lines().map(str::to_owned).collect(),
        deeds,
    }))
}

/// The rows of a child from a place on.
pub(crate) async fn record_from(pool: &Pool, child: &str, seq: i64) -> Result<Vec<Row>> {
    let select = "select seq, kind, occurred_us, recorded_us, actor, payload, hash from chain \
                  where child_id = $1 and seq >= $2 order by seq";
    Ok(sqlx::query_as(select).bind(child).bind(seq).fetch_all(pool).await?)
}

/// The version and the hash of the last row, as the child's own row has them.
async fn head(pool: &Pool, child: &str) -> Result<(i64, String)> {
    let found =
        sqlx::query_as("select version, head from child where id = $1").bind(child).fetch_optional(pool).await?;
    found.ok_or_else(|| StoreError::NoSuchChild(child.to_owned()))
}

pub(crate) async fn verify(pool: &Pool, child: &str) -> Result<Verified> {
    // Until nothing is appended between the questions: only then do they speak of the same version.
    loop {
        let (version, hash) = head(pool, child).await?;
        let select = "select seq, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash from chain \
                      where child_id = $1 order by seq";
        let links: Vec<Link> = sqlx::query_as(select).bind(child).fetch_all(pool).await?;
        if head(pool, child).await? == (version, hash.clone()) {
            let mut verified = work_out(child, version, &hash, &links);
            verified.faults.extend(astray(pool, child, &links).await?);
            return Ok(verified);
        }
    }
}

/// The pictures that rows name and that are not there, or are not what was named.
async fn astray(pool: &Pool, child: &str, links: &[Link]) -> Result<Vec<Fault>> {
    let mut named: BTreeSet<String> = links.iter().filter_map(|link| link.payload.as_deref()).flat_map(named).collect();
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let select = "select id, picture, portrait from photograph where child_id = $1 and kept";
    let kept: Vec<(String, Vec<u8>, Vec<u8>)> = sqlx::query_as(select).bind(child).fetch_all(pool).await?;
    for (id, picture, portrait) in kept {
        if Photograph::id_of(&picture, &portrait) == id {
            named.remove(&id);
        }
    }
    Ok(named.into_iter().map(|id| Fault::Picture { id }).collect())
}

/// The pictures that a payload names: whatever key it is under, nothing else there is 64 hexadecimal digits and no more.
pub(super) fn named(payload: &str) -> Vec<String> {
    let Ok(Value::Object(entry)) = serde_json::from_str(payload) else { return Vec::new() };
    let texts =
        entry.into_iter().filter_map(|(_, value)| if let Value::String(text) = value { Some(text) } else { None });
    texts.filter(|text| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())).collect()
}

pub(crate) async fn children_after(pool: &Pool, id: &str, limit: i64) -> Result<Vec<String>> {
    let select = "select id from child where id > $1 order by id limit $2";
    Ok(sqlx::query_scalar(select).bind(id).bind(limit).fetch_all(pool).await?)
}

pub(crate) async fn children_to_refresh(pool: &Pool, now_us: i64, limit: i64) -> Result<Vec<String>> {
    let select = "select id from child where next_change_us <= $1 order by next_change_us limit $2";
    Ok(sqlx::query_scalar(select).bind(now_us).bind(limit).fetch_all(pool).await?)
}
