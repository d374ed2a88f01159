//! Lawful erasure: payload and salt of some rows are removed, with the pictures they name, and a row of the record says which, by whom and why.

use super::append::append;
use super::{Conn, deeds, photographs};
use crate::error::{Result, StoreError};
use crate::model::{Appended, RowKind};
use crate::prepare::Write;

/// Appends the row of the erasure and removes what it names.
pub(crate) async fn erase(conn: &mut Conn, write: &Write, rows: &[i64]) -> Result<Appended> {
    let answer = append(&mut *conn, write).await?;
    if answer.repeated {
        return Ok(answer);
    }
    let select = "select hash from chain where child_id = $1 and seq = $2";
    let own: String = sqlx::query_scalar(select).bind(&write.child).bind(answer.version).fetch_one(&mut *conn).await?;
    deeds::erased(conn, &write.child, answer.version, own).await?;
    for seq in rows {
        photographs::erase(conn, &write.child, *seq).await?;
        let update = "update chain set payload = null, salt = null where child_id = $1 and seq = $2 and kind <> $3 returning seq";
        let update = sqlx::query_scalar(update).bind(&write.child).bind(seq).bind(RowKind::Erasure.word());
        let erased: Option<i64> = update.fetch_optional(&mut *conn).await?;
        if erased.is_none() {
            return Err(StoreError::Refused(format!(
                "row {seq} cannot be erased: it is not there, or is itself an erasure"
            )));
        }
    }
    Ok(answer)
}
