//! The directory of homes and foster households.

use super::{Conn, Pool};
use crate::error::{Result, StoreError};
use crate::model::Listed;

macro_rules! listed_columns {
    () => {
        "select agency, registration, provider, manager, phone_day, phone_night, address, address_class, host, version, \
         changed_by, changed_us from directory "
    };
}

/// Writes a line, if nobody has written it since this version of it; the first is version 0.
pub(crate) async fn list(conn: &mut Conn, one: &Listed) -> Result<()> {
    let put = "insert into directory (agency, registration, provider, manager, phone_day, phone_night, address, \
               address_class, host, version, changed_by, changed_us) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, $11, $12) \
               on conflict (agency) do update set registration = $2, provider = $3, manager = $4, phone_day = $5, \
               phone_night = $6, address = $7, address_class = $8, host = $9, version = directory.version + 1, \
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
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 1 {
        return Ok(());
    }
    let current = sqlx::query_scalar("select version from directory where agency = $1").bind(&one.agency);
    Err(StoreError::Stale { current_version: current.fetch_optional(conn).await?.unwrap_or_default() })
}

/// Every line.
pub(crate) async fn listed(pool: &Pool) -> Result<Vec<Listed>> {
    Ok(sqlx::query_as(concat!(listed_columns!(), "order by agency")).fetch_all(pool).await?)
}
