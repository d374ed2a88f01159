//! The directory of homes and foster households.

use super::deeds::note;
use super::{Conn, Pool};
use crate::deeds::DIRECTORY;
use crate::error::{Result, StoreError};
use crate::model::{Brought, Listed};
use crate::prepare::json;

macro_rules! listed_columns {
    () => {
        "select agency, registration, provider, manager, phone_day, phone_night, address, address_class, host, procedure, \
         version, changed_by, changed_us from directory "
    };
}

/// Writes a line, if nobody has written it since this version of it; the first is version 0.
pub(crate) async fn list(conn: &mut Conn, one: &Listed) -> Result<()> {
    let put = "insert into directory (agency, registration, provider, manager, phone_day, phone_night, address, \
               address_class, host, procedure, version, changed_by, changed_us) \
               values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $13, 1, $11, $12) \
               on conflict (agency) do update set registration = $2, provider = $3, manager = $4, phone_day = $5, \
               phone_night = $6, address = $7, address_class = $8, host = $9, procedure = $13, version = directory.version + 1, \
               changed_by = $11, changed_us = $12 where directory.version = $10";
    let done = sqlx::query(put)
        .bind(&one.agency)
        .bind(&one.registration)
        .bind(&one.provider)
        .bind(&one.manager)
        .bind(&one.phone_day)
        .bind(&one.phone_night)
        .bind(&one.address)
        .bind(&one.address_class)
        .bind(&one.host)
        .bind(one.version)
        .bind(&one.changed_by)
        .bind(one.changed_us)
        .bind(&one.procedure)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 1 {
        return note(conn, &DIRECTORY, std::slice::from_ref(&one.agency)).await;
    }
    let current = sqlx::query_scalar("select version from directory where agency = $1").bind(&one.agency);
    Err(StoreError::Stale { current_version: current.fetch_optional(conn).await?.unwrap_or_default() })
}

/// Every line.
pub(crate) async fn listed(pool: &Pool) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as(concat!(listed_columns!(), "order by agency")).fetch_all(pool).await?)
}

/// What was brought in from a source.
pub(crate) async fn brought(pool: &Pool, source: &str) -> Result<Vec<Brought>> {
    let select = "select source, kind, id, ours, says from brought where source = $1";
    Ok(sqlx::query_as(select).bind(source).fetch_all(pool).await?)
}

/// Notes what was brought in; of what is there already, what it says now.
pub(crate) async fn brought_put(conn: &mut Conn, lines: &[Brought]) -> Result<()> {
    let rows: Vec<_> = lines
        .iter()
        .map(|l| serde_json::json!({ "source": l.source, "kind": l.kind, "id": l.id, "ours": l.ours, "says": l.says }))
        .collect();
    let put = concat!(
        "insert into brought (source, kind, id, ours, says) select x.source, x.kind, x.id, x.ours, x.says from ",
        json_rows!("$1"; source text, kind text, id text, ours text, says text),
        " where true on conflict (source, kind, id) do update set ours = excluded.ours, says = excluded.says"
    );
    sqlx::query(put).bind(json(&rows)?).execute(conn).await?;
    Ok(())
}

/// Notes in whose area postcodes lie.
pub(crate) async fn postcodes_put(conn: &mut Conn, codes: &[(String, String)]) -> Result<()> {
    let rows: Vec<_> =
        codes.iter().map(|(code, authority)| serde_json::json!({ "code": code, "authority": authority })).collect();
    let put = concat!(
        "insert into postcode (code, authority) select x.code, x.authority from ",
        json_rows!("$1"; code text, authority text),
        " where true on conflict (code) do update set authority = excluded.authority"
    );
    sqlx::query(put).bind(json(&rows)?).execute(conn).await?;
    Ok(())
}

/// All of them, in order.
pub(crate) async fn postcodes(pool: &Pool) -> Result<Vec<(String, String)>> {
    Ok(sqlx::query_as("select code, authority from postcode order by code").fetch_all(pool).await?)
}

/// The authority in whose area a postcode lies: by the whole of it, or by as much of its beginning as the area has said.
pub(crate) async fn authority_of(pool: &Pool, code: &str) -> Result<Option<String>> {
    let bare: String = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_uppercase();
    // `NN157QA`, then `NN157`, the sector, and `NN15`, the district.
    let short = |n: usize| bare.get(..bare.len().saturating_sub(n)).unwrap_or_default().to_owned();
    let select = "select authority from postcode where code in ($1, $2, $3) order by length(code) desc limit 1";
    let found = sqlx::query_scalar(select).bind(&bare).bind(short(2)).bind(short(3)).fetch_optional(pool).await?;
    Ok(found)
}
