//! Actions of panels that are overdue: raised once for each limit, and seen.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::Late;

/// Raises what is overdue. Gives how many nobody had raised before.
pub(crate) async fn raise(conn: &mut Conn, overdue: &[(String, String, i64)], now_us: i64) -> Result<u64> {
    let mut raised = 0;
    for (area, subject, due_us) in overdue {
        let insert =
            "insert into late (area, subject, due_us, raised_us) values ($1, $2, $3, $4) on conflict do nothing";
        let insert = sqlx::query(insert).bind(area).bind(subject).bind(due_us).bind(now_us);
        raised += insert.execute(&mut *conn).await?.rows_affected();
    }
    Ok(raised)
}

/// All that was raised of an area, with who has seen it.
pub(crate) async fn of_area(pool: &Pool, area: &str) -> Result<Vec<Late>> {
    let select = "select l.subject, l.due_us, l.raised_us, l.seen_us, p.name as seen_by from late l \
                  left join person p on p.id = l.seen_by where l.area = $1 order by l.seq";
    Ok(sqlx::query_as(select).bind(area).fetch_all(pool).await?)
}

/// The last that was raised anywhere, by its number; 0 where nothing ever was.
pub(crate) async fn last(pool: &Pool) -> Result<i64> {
    Ok(sqlx::query_scalar("select coalesce(max(seq), 0) from late").fetch_one(pool).await?)
}

/// Somebody has seen it; whoever was first stays noted.
pub(crate) async fn seen(
    conn: &mut Conn,
    (area, subject, due_us): (&str, &str, i64),
    person: &str,
    now_us: i64,
) -> Result<()> {
    let update = "update late set seen_by = $4, seen_us = $5 where area = $1 and subject = $2 and due_us = $3 and seen_us is null";
    let update = sqlx::query(update).bind(area).bind(subject).bind(due_us).bind(person).bind(now_us);
    update.execute(conn).await?;
    Ok(())
}
