//! Silence: an open episode of which nothing is recorded for long. Whoever is told of it is told once, however many servers look: the key of
//! `silence` decides. It clears itself when something is recorded.

use super::append::tell;
use super::lists::of_children;
use super::scope::{Grace, only_related};
use super::{Conn, Pool};
use crate::error::Result;
use crate::model::{ChangeKind, Scope, Silence, Silent};
use sqlx::QueryBuilder;

/// Open episodes that were last written on before a moment, those of high risk before another; of which nobody was told yet.
pub(crate) async fn silent(pool: &Pool, before_us: i64, high_before_us: i64, limit: i64) -> Result<Vec<Silent>> {
    let select = "select e.child_id, e.id as episode_id, e.last_recorded_us as since_us, e.risk from episode e \
                  where e.ended_us is null and e.last_recorded_us <= case when e.risk = 'high' then $2 else $1 end \
                  and not exists (select 1 from silence s where s.child_id = e.child_id and s.episode_id = e.id \
                  and s.since_us = e.last_recorded_us) order by e.last_recorded_us, e.child_id limit $3";
    Ok(sqlx::query_as(select).bind(before_us).bind(high_before_us).bind(limit).fetch_all(pool).await?)
}

/// Notes who is told. False if another has noted it before.
pub(crate) async fn raise(conn: &mut Conn, silent: &Silent, people: &[String], now_us: i64) -> Result<bool> {
    let mut raised = false;
    for person in people {
        let insert = "insert into silence (child_id, episode_id, since_us, person, raised_us) values ($1, $2, $3, $4, $5) \
                      on conflict do nothing";
        let insert = sqlx::query(insert).bind(&silent.child_id).bind(&silent.episode_id).bind(silent.since_us);
        raised |= insert.bind(person).bind(now_us).execute(&mut *conn).await?.rows_affected() == 1;
    }
    if raised {
        tell(conn, &silent.child_id, ChangeKind::Alert).await?;
    }
    Ok(raised)
}

macro_rules! standing {
    () => {
        "select s.child_id, c.name as child_name, s.episode_id, s.since_us, p.name as told, s.raised_us, s.seen_us \
         from silence s join episode e on e.child_id = s.child_id and e.id = s.episode_id and e.ended_us is null \
         and e.last_recorded_us = s.since_us join child c on c.id = s.child_id join person p on p.id = s.person where "
    };
}

/// The silences that stand and of which this person was told, the longest first.
pub(crate) async fn silences_of(pool: &Pool, who: &Scope) -> Result<Vec<Silence>> {
    let mut query = QueryBuilder::new(concat!(standing!(), "s.person = "));
    query.push_bind(who.person.clone());
    only_related(&mut query, "s.child_id", Grace::Before("e.started_us"), who);
    query.push(" order by s.since_us, s.child_id limit 100");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// Who was told of the silences about these children that stand, by name.
pub(crate) async fn told_of(pool: &Pool, children: &[String]) -> Result<Vec<Silence>> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(concat!(standing!(), "true"));
    of_children(&mut query, " and s.child_id in (", children);
    query.push(" order by p.name");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// Somebody has seen it.
pub(crate) async fn seen(conn: &mut Conn, child: &str, episode: &str, person: &str, now_us: i64) -> Result<()> {
    let update =
        "update silence set seen_us = $4 where child_id = $1 and episode_id = $2 and person = $3 and seen_us is null";
    let done = sqlx::query(update).bind(child).bind(episode).bind(person).bind(now_us).execute(&mut *conn).await?;
    if done.rows_affected() > 0 {
        tell(conn, child, ChangeKind::Alert).await?;
    }
    Ok(())
}
