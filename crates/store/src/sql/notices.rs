//! What somebody has to be told beside the duties.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::{NewNotice, Notice};

pub(crate) async fn notice_put(conn: &mut Conn, notice: &NewNotice, now_us: i64) -> Result<()> {
    let insert = "insert into notice (person, says, link, made_us) values ($1, $2, $3, $4)";
    sqlx::query(insert).bind(&notice.person).bind(&notice.says).bind(&notice.link).bind(now_us).execute(conn).await?;
    Ok(())
}

/// Each only once, however often it is sent.
pub(crate) async fn notices_put_once(conn: &mut Conn, notices: &[NewNotice], now_us: i64) -> Result<()> {
    for one in notices {
        let insert = "insert into notice (person, says, link, made_us) select $1, $2, $3, $4 where not exists \
                      (select 1 from notice where person = $1 and says = $2 and link = $3)";
        let query = sqlx::query(insert).bind(&one.person).bind(&one.says).bind(&one.link).bind(now_us);
        query.execute(&mut *conn).await?;
    }
    Ok(())
}

pub(crate) async fn notices_put(conn: &mut Conn, notices: &[NewNotice], now_us: i64) -> Result<()> {
    for notice in notices {
        notice_put(conn, notice, now_us).await?;
    }
    Ok(())
}

pub(crate) async fn notices_of(pool: &Pool, person: &str) -> Result<Vec<Notice>> {
    // What was told twice in the same words stands once, as it was told last.
    let select = "select max(id) as id, says, link, max(made_us) as made_us from notice where person = $1 and seen_us is null \
                  group by says, link order by max(made_us) desc, max(id) desc";
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

pub(crate) async fn notice_seen(conn: &mut Conn, person: &str, id: i64, now_us: i64) -> Result<()> {
    let update = "update notice set seen_us = $3 where person = $1 and seen_us is null and exists (select 1 from notice own \
                  where own.person = $1 and own.id = $2 and own.says = notice.says and own.link = notice.link)";
    sqlx::query(update).bind(person).bind(id).bind(now_us).execute(conn).await?;
    Ok(())
}
