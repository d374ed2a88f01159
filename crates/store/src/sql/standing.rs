//! When the database was last checked and backed up, for the health page.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::Standing;

pub(crate) async fn put(conn: &mut Conn, one: &Standing) -> Result<()> {
    let upsert = "insert into standing (name, at_us, says) values ($1, $2, $3) on conflict (name) do update \
                  set at_us = excluded.at_us, says = excluded.says";
    sqlx::query(upsert).bind(&one.name).bind(one.at_us).bind(&one.says).execute(conn).await?;
    Ok(())
}

pub(crate) async fn all(pool: &Pool) -> Result<Vec<Standing>> {
    Ok(sqlx::query_as("select name, at_us, says from standing order by name").fetch_all(pool).await?)
}
