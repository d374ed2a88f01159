//! Changes for live pages, and clearing away what nobody will ask for again.

use super::deeds::note;
use super::{Conn, Pool};
use crate::deeds::DOOR;
use crate::error::Result;
use crate::model::Change;

const DAY: i64 = 24 * 60 * 60 * 1_000_000;
/// A form that is sent again after this long finds its key gone; its version is stale by then.
const KEYS: i64 = 30 * DAY;
/// Of a session that has ended it stays known whose it was, for whoever sends a form afterwards.
const ENDED: i64 = DAY;
/// What was typed waits so long for whoever typed it.
const KEPT: i64 = 7 * DAY;
/// What was refused is for whoever goes back to the form at once.
const REFUSED: i64 = DAY / 24;
/// A form that nobody went on with for so long is not gone on with any more.
const HALF_FILLED: i64 = 183 * DAY;
/// A browser that was not used for so long is a stranger again.
const DEVICES: i64 = 90 * DAY;
/// How far back a live page can go on from; a page that was away for longer is drawn anew.
const CHANGES: i64 = 100_000;

pub(crate) async fn changes_since(pool: &Pool, seq: i64) -> Result<Vec<Change>> {
    let select = concat!(
        "select seq, child_id, kind, first_row from change where seq > $1",
        settled!(),
        " order by seq, child_id"
    );
    Ok(sqlx::query_as(select).bind(seq).fetch_all(pool).await?)
}

pub(crate) async fn last_change(pool: &Pool) -> Result<i64> {
    Ok(sqlx::query_scalar(last_change!()).fetch_one(pool).await?)
}

pub(crate) async fn sweep(conn: &mut Conn, now_us: i64) -> Result<()> {
    let before = [
        ("delete from session where expires_us <= $1", now_us - ENDED),
        ("delete from signed_out where expires_us <= $1", now_us),
        ("delete from photograph where not kept and added_us < $1", now_us - DAY),
        ("delete from throttle where last_us < $1", now_us - DAY),
        ("delete from kept where at_us < $1", now_us - KEPT),
        ("delete from kept where page <> '' and at_us < $1", now_us - REFUSED),
        ("delete from form_draft where saved_us < $1", now_us - HALF_FILLED),
        ("delete from device where seen_us < $1", now_us - DEVICES),
        ("delete from ceremony where expires_us < $1", now_us),
        ("delete from write_key where made_us < $1", now_us - KEYS),
        ("delete from change where seq < (select max(seq) from change) - $1", CHANGES),
    ];
    for (statement, value) in before {
        sqlx::query(statement).bind(value).execute(&mut *conn).await?;
    }
    let doors = "delete from door where expires_us < $1 returning token_hash";
    let doors: Vec<String> = sqlx::query_scalar(doors).bind(now_us - KEYS).fetch_all(&mut *conn).await?;
    note(conn, &DOOR, &doors).await
}
