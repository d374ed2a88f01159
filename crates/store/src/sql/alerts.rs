//! Alerts. Each limit of a duty raises its reminder and its overdue alert once, however many servers look: the unique index of `alert`
//! decides, and on PostgreSQL a duty that another server is raising is skipped.

use super::append::tell;
use super::scope::{Of, begin, of_each_owner, of_owner, side};
use super::{Conn, Pool};
use crate::error::{Result, StoreError};
use crate::model::{Alert, AlertKind, ChangeKind, Scope, minute};
use crate::prepare::json;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Nobody counts further.
const MANY: i64 = 100;

/// A duty whose moment has come.
#[derive(Serialize, sqlx::FromRow)]
struct Come {
    child_id: String,
    key: String,
    episode_id: Option<String>,
    owner: Option<String>,
    label: String,
    due_us: i64,
}

macro_rules! overdue {
    () => {
        "d.open and not d.silent and d.alerted < 2 and d.due_us < $1 and (d.due_us >= d.arises_us + 60000000 or d.due_us < $2)"
    };
}
// A reminder of a limit that has passed already would only be noise.
macro_rules! to_remind {
    () => {
        "d.open and not d.silent and d.alerted < 1 and d.remind_us <= $1 and d.due_us >= $2"
    };
}

macro_rules! pick {
    ($condition:expr, $order:literal, $limit:literal) => {
        concat!(
            "select d.child_id, d.key, d.episode_id, d.owner, d.label, d.due_us from duty d where ",
            $condition,
            " order by d.",
            $order,
            " limit ",
            $limit,
            skip_locked!()
        )
    };
}

/// Whether there is anything to raise, asked without a transaction: mostly there is not.
pub(crate) async fn any_come(pool: &Pool, now_us: i64, grace_us: i64) -> Result<bool> {
    let overdue = concat!("select exists (select 1 from duty d where ", overdue!(), ")");
    let remind = concat!("select exists (select 1 from duty d where ", to_remind!(), ")");
    let overdue: bool =
        sqlx::query_scalar(overdue).bind(minute(now_us)).bind(minute(now_us) - grace_us).fetch_one(pool).await?;
    Ok(overdue || sqlx::query_scalar(remind).bind(now_us).bind(minute(now_us)).fetch_one(pool).await?)
}

/// Raises what has come and was not raised yet. What is due in the minute in which it came up is late after a grace.
pub(crate) async fn raise(conn: &mut Conn, now_us: i64, grace_us: i64, limit: i64) -> Result<Vec<Alert>> {
    let pick = pick!(overdue!(), "due_us", "$3");
    let late = minute(now_us);
    let overdue = sqlx::query_as(pick).bind(late).bind(late - grace_us).bind(limit).fetch_all(&mut *conn).await?;
    let mut raised = insert(conn, AlertKind::Overdue, 2, overdue, now_us).await?;
    let left = limit - raised.len() as i64;
    let pick = pick!(to_remind!(), "remind_us", "$3");
    let remind = sqlx::query_as(pick).bind(now_us).bind(minute(now_us)).bind(left).fetch_all(&mut *conn).await?;
    raised.extend(insert(conn, AlertKind::Reminder, 1, remind, now_us).await?);
    let children: BTreeSet<&String> = raised.iter().map(|alert| &alert.child_id).collect();
    for child in children {
        tell(conn, child, ChangeKind::Alert).await?;
    }
    Ok(raised)
}

async fn insert(conn: &mut Conn, kind: AlertKind, level: i64, come: Vec<Come>, now_us: i64) -> Result<Vec<Alert>> {
    if come.is_empty() {
        return Ok(Vec::new());
    }
    let rows = json(&come)?;
    // Nothing is said again for a limit that became tighter, or came back as it was; a later limit is a new one.
    let insert = concat!(
        "insert into alert (child_id, duty_key, kind, episode_id, owner, label, due_us, raised_us) ",
        "select x.child_id, x.key, $2, x.episode_id, x.owner, x.label, x.due_us, $3 from ",
        json_rows!("$1"; child_id text, key text, episode_id text, owner text, label text, due_us bigint),
        " where not exists (select 1 from alert a where a.child_id = x.child_id and a.duty_key = x.key and a.kind = $2 ",
        "and a.due_us >= x.due_us) on conflict do nothing returning id, child_id, ",
        "(select name from child where child.id = alert.child_id) as child_name, duty_key, kind, episode_id, owner, label, ",
        "due_us, raised_us, acknowledged_us, acknowledged_by, true as duty_open"
    );
    let raised = sqlx::query_as(insert).bind(&rows).bind(kind.word()).bind(now_us).fetch_all(&mut *conn).await?;
    let mark = concat!(
        "update duty set alerted = $2 from ",
        json_rows!("$1"; child_id text, key text),
        " where duty.child_id = x.child_id and duty.key = x.key"
    );
    sqlx::query(mark).bind(&rows).bind(level).execute(&mut *conn).await?;
    Ok(raised)
}

// The alert of a limit that moved to a later time asks nothing any more; one that became tighter is asked all the more.
macro_rules! alert_columns {
    () => {
        "select x.id, x.child_id, c.name as child_name, x.duty_key, x.kind, x.episode_id, x.owner, x.label, x.due_us, \
         x.raised_us, x.acknowledged_us, x.acknowledged_by, coalesce((select d.open and d.due_us <= x.due_us \
         from duty d where d.child_id = x.child_id and d.key = x.duty_key), false) as duty_open"
    };
}

// An alert clears itself when the thing is done, is not asked any more, or its limit moved to a later time: that limit no longer exists.
macro_rules! waits {
    () => {
        " and x.acknowledged_us is null and exists (select 1 from duty d \
         where d.child_id = x.child_id and d.key = x.duty_key and d.open and d.due_us <= x.due_us)"
    };
}

/// Those that wait to be acknowledged, the newest first; then those acknowledged last.
pub(crate) async fn alerts_for(pool: &Pool, who: &Scope, roles: &[String], limit: i64) -> Result<Vec<Alert>> {
    let side = side(pool, who).await?;
    let mut query = of_each_owner("", roles, |query, owner| {
        query.push(alert_columns!());
        begin(query, Of::Alerts, side, who);
        of_owner(query, owner);
        query.push(waits!()).push(" order by x.raised_us desc, x.id desc limit ").push_bind(limit);
    });
    let mut waiting: Vec<Alert> = query.build_query_as().fetch_all(pool).await?;
    waiting.sort_by_key(|alert| Reverse((alert.raised_us, alert.id)));
    let limit = usize::try_from(limit).unwrap_or(0);
    waiting.truncate(limit);
    let left = limit - waiting.len();
    if left == 0 {
        return Ok(waiting);
    }
    let mut query = of_each_owner("", roles, |query, owner| {
        query.push(alert_columns!());
        begin(query, Of::Alerts, side, who);
        of_owner(query, owner);
        query.push(" and x.acknowledged_us is not null order by x.acknowledged_us desc, x.id desc limit ");
        query.push_bind(left as i64);
    });
    let mut seen: Vec<Alert> = query.build_query_as().fetch_all(pool).await?;
    seen.sort_by_key(|alert| Reverse((alert.acknowledged_us, alert.id)));
    seen.truncate(left);
    waiting.append(&mut seen);
    Ok(waiting)
}

/// How many wait to be acknowledged; a hundred for a hundred or more.
pub(crate) async fn alerts_waiting(pool: &Pool, who: &Scope, roles: &[String]) -> Result<i64> {
    let side = side(pool, who).await?;
    let mut query = of_each_owner("select count(*) from (", roles, |query, owner| {
        query.push("select 1");
        begin(query, Of::Alerts, side, who);
        of_owner(query, owner);
        query.push(waits!()).push(" limit ").push_bind(MANY);
    });
    let count: i64 = query.push(") few").build_query_scalar().fetch_one(pool).await?;
    Ok(count.min(MANY))
}

pub(crate) async fn alert(pool: &Pool, id: i64) -> Result<Option<Alert>> {
    let select = concat!(alert_columns!(), " from alert x join child c on c.id = x.child_id where x.id = $1");
    Ok(sqlx::query_as(select).bind(id).fetch_optional(pool).await?)
}

/// Notes who saw it first. Says whether that is this person, now.
pub(crate) async fn acknowledge(conn: &mut Conn, id: i64, person: &str, now_us: i64) -> Result<bool> {
    let update = "update alert set acknowledged_us = $2, acknowledged_by = $3 where id = $1 and acknowledged_us is null \
                  returning child_id";
    let child: Option<String> =
        sqlx::query_scalar(update).bind(id).bind(now_us).bind(person).fetch_optional(&mut *conn).await?;
    if let Some(child) = child {
        tell(conn, &child, ChangeKind::Alert).await?;
        return Ok(true);
    }
    let known =
        sqlx::query_scalar("select exists (select 1 from alert where id = $1)").bind(id).fetch_one(conn).await?;
    if known { Ok(false) } else { Err(StoreError::Refused(format!("there is no alert {id}"))) }
}
