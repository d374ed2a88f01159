//! Pictures of children, beside the records that name them.

use super::{Conn, Pool};
use crate::error::{Result, StoreError};
use crate::model::{NewRow, Photograph, Picture};

/// What is known of a picture beside its bytes.
macro_rules! of_picture {
    () => {
        "p.added_by, p.kept, coalesce(c.photograph = p.id, false) as shown \
         from photograph p left join child c on c.id = p.child_id where p.child_id = $1 and p.id = $2"
    };
}

/// Puts a picture where a row of the record can name it. The same picture once more waits from now on, if no row has named it.
pub(crate) async fn put(conn: &mut Conn, child: &str, photograph: &Photograph) -> Result<()> {
    let insert = "insert into photograph (child_id, id, picture, portrait, added_us, added_by, kept) \
                  values ($1, $2, $3, $4, $5, $6, false) on conflict (child_id, id) do update \
                  set added_us = excluded.added_us, added_by = excluded.added_by where not photograph.kept";
    sqlx::query(insert)
        .bind(child)
        .bind(&photograph.id)
        .bind(&photograph.picture)
        .bind(&photograph.portrait)
        .bind(photograph.added_us)
        .bind(&photograph.added_by)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn picture(pool: &Pool, child: &str, id: &str) -> Result<Option<Picture>> {
    let select = concat!("select p.picture as jpeg, ", of_picture!());
    Ok(sqlx::query_as(select).bind(child).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn portrait(pool: &Pool, child: &str, id: &str) -> Result<Option<Picture>> {
    let select = concat!("select p.portrait as jpeg, ", of_picture!());
    Ok(sqlx::query_as(select).bind(child).bind(id).fetch_optional(pool).await?)
}

/// Keeps the pictures that rows name.
pub(super) async fn keep(conn: &mut Conn, child: &str, rows: &[NewRow]) -> Result<()> {
    for id in rows.iter().filter_map(|row| row.photograph.as_ref()) {
        let update = "update photograph set kept = true where child_id = $1 and id = $2";
        if sqlx::query(update).bind(child).bind(id).execute(&mut *conn).await?.rows_affected() == 0 {
            return Err(StoreError::Refused(format!("there is no picture `{id}` of this child")));
        }
    }
    Ok(())
}

/// Removes the pictures that a row names which is about to be erased, and no other row.
pub(super) async fn erase(conn: &mut Conn, child: &str, seq: i64) -> Result<()> {
    let delete = "delete from photograph where child_id = $1 and exists (select 1 from chain \
                  where chain.child_id = $1 and chain.seq = $2 and chain.payload like '%' || photograph.id || '%') and not exists (select 1 from chain \
                  where chain.child_id = $1 and chain.seq <> $2 and chain.payload like '%' || photograph.id || '%')";
    sqlx::query(delete).bind(child).bind(seq).execute(conn).await?;
    Ok(())
}
