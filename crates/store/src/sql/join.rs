//! Two records made one, and taken apart: the rows of both, and what stands beside them (relations, bars, withheld places, allocations, alerts),
//! in one transaction. What comes from the other record has its id behind a mark, so that it goes again as it came.

use super::append::append;
use super::deeds::note;
use super::{Conn, Pool};
use crate::deeds::{ALLOCATION, RELATION, WITHHELD};
use crate::error::Result;
use crate::model::Appended;
use crate::prepare::Write;
use std::collections::HashMap;

/// Merges the record of `two` into that of `one`.
pub(crate) async fn merge(
    conn: &mut Conn,
    one: &Write,
    two: &Write,
    places: &HashMap<String, String>,
) -> Result<Appended> {
    let (here, other) = (&one.child, &two.child);
    let relations = "insert into relation (id, child_id, agency_id, person_id, kind, from_us, until_us, grace_us, reason, made_by, made_us, \
                     ended_by, ended_us) select 'merged:' || $2 || ':' || id, $1, agency_id, person_id, kind, from_us, until_us, grace_us, \
                     reason, made_by, made_us, ended_by, ended_us from relation where child_id = $2 \
                     and not (kind = 'usual' and coalesce(until_us = 0, false)) on conflict (id) do nothing returning id";
    let related: Vec<String> = sqlx::query_scalar(relations).bind(here).bind(other).fetch_all(&mut *conn).await?;
    note(conn, &RELATION, &related).await?;
    let index = "insert into child_agency (agency_id, child_id) select distinct agency_id, $1 from relation \
                 where child_id = $1 and agency_id is not null on conflict (agency_id, child_id) do nothing";
    sqlx::query(index).bind(here).execute(&mut *conn).await?;
    withheld(conn, here, other, places).await?;
    let allocations = "insert into allocation (id, child_id, role, agency, team, person, from_us, until_us, made_by, before) \
                       select 'merged:' || $2 || ':' || id, $1, role, agency, team, person, from_us, until_us, made_by, before from allocation o \
                       where child_id = $2 and until_us is null and not exists (select 1 from allocation a where a.child_id = $1 \
                       and a.role = o.role and a.agency = o.agency and a.until_us is null) on conflict (id) do nothing returning id";
    let allocated: Vec<String> = sqlx::query_scalar(allocations).bind(here).bind(other).fetch_all(&mut *conn).await?;
    note(conn, &ALLOCATION, &allocated).await?;
    pictures(conn, here, other).await?;
    let done = both(conn, one, two).await?;
    alerts(conn, other, here).await?;
    Ok(done)
}

/// Takes `two` out of `one` again.
pub(crate) async fn part(conn: &mut Conn, one: &Write, two: &Write) -> Result<Appended> {
    let (here, other) = (&one.child, &two.child);
    // What was ended while they were one has ended for both.
    let ended = "update relation set until_us = (select m.until_us from relation m where m.id = 'merged:' || $2 || ':' || relation.id), \
                 grace_us = (select m.grace_us from relation m where m.id = 'merged:' || $2 || ':' || relation.id), \
                 ended_by = (select m.ended_by from relation m where m.id = 'merged:' || $2 || ':' || relation.id), \
                 ended_us = (select m.ended_us from relation m where m.id = 'merged:' || $2 || ':' || relation.id) \
                 where child_id = $2 and until_us is null and exists (select 1 from relation m where m.child_id = $1 \
                 and m.id = 'merged:' || $2 || ':' || relation.id and m.until_us is not null) returning id";
    let mut changed: Vec<String> = sqlx::query_scalar(ended).bind(here).bind(other).fetch_all(&mut *conn).await?;
    // Whoever was barred meanwhile is barred from both: the stricter holds until somebody lifts it.
    let barred = "insert into relation (id, child_id, agency_id, person_id, kind, from_us, until_us, grace_us, reason, made_by, made_us, \
                  ended_by, ended_us) select 'parted:' || id, $2, agency_id, person_id, kind, from_us, until_us, grace_us, reason, made_by, \
                  made_us, ended_by, ended_us from relation where child_id = $1 and kind = 'barred' and until_us is null \
                  and id not like 'merged:%' and made_us >= (select max(m.recorded_us) from chain m where m.child_id = $2 and m.kind = 'same') \
                  on conflict (id) do nothing returning id";
    let bars: Vec<String> = sqlx::query_scalar(barred).bind(here).bind(other).fetch_all(&mut *conn).await?;
    changed.extend(bars);
    let gone = "delete from relation where child_id = $1 and substr(id, 1, length($2)) = $2 returning id";
    let mark = format!("merged:{other}:");
    let relations: Vec<String> = sqlx::query_scalar(gone).bind(here).bind(&mark).fetch_all(&mut *conn).await?;
    changed.extend(relations);
    note(conn, &RELATION, &changed).await?;
    let index = "delete from child_agency where child_id = $1 and agency_id not in (select agency_id from relation \
                 where child_id = $1 and agency_id is not null)";
    sqlx::query(index).bind(here).execute(&mut *conn).await?;
    let gone = "delete from allocation where child_id = $1 and substr(id, 1, length($2)) = $2 returning id";
    let allocated: Vec<String> = sqlx::query_scalar(gone).bind(here).bind(&mark).fetch_all(&mut *conn).await?;
    note(conn, &ALLOCATION, &allocated).await?;
    pictures(conn, other, here).await?;
    let done = both(conn, one, two).await?;
    let back = "update alert set child_id = $1 where child_id = $2 and episode_id in (select id from episode where child_id = $1) \
                and not exists (select 1 from alert a where a.child_id = $1 and a.duty_key = alert.duty_key and a.kind = alert.kind \
                and a.due_us = alert.due_us)";
    sqlx::query(back).bind(other).bind(here).execute(&mut *conn).await?;
    Ok(done)
}

async fn both(conn: &mut Conn, one: &Write, two: &Write) -> Result<Appended> {
    let done = append(conn, one).await?;
    if !done.repeated {
        append(conn, two).await?;
    }
    Ok(done)
}

/// A place that is withheld in the other record is withheld here.
async fn withheld(conn: &mut Conn, here: &str, other: &str, places: &HashMap<String, String>) -> Result<()> {
    let select = "select place, reason, by_person, at_us from withheld where child_id = $1 and lifted_us is null";
    let rows: Vec<(String, String, String, i64)> = sqlx::query_as(select).bind(other).fetch_all(&mut *conn).await?;
    let mut noted = Vec::new();
    for (place, reason, by, at) in rows {
        let place = places.get(&place).unwrap_or(&place);
        let insert = "insert into withheld (child_id, place, reason, by_person, at_us) values ($1, $2, $3, $4, $5) \
                      on conflict (child_id, place, at_us) do nothing";
        sqlx::query(insert).bind(here).bind(place).bind(&reason).bind(&by).bind(at).execute(&mut *conn).await?;
        noted.push(format!("{here} {place} {at}"));
    }
    note(conn, &WITHHELD, &noted).await
}

/// Pictures stand beside each record that names them.
async fn pictures(conn: &mut Conn, here: &str, other: &str) -> Result<()> {
    let insert = "insert into photograph (child_id, id, picture, portrait, added_us, added_by, kept) \
                  select $1, id, picture, portrait, added_us, added_by, kept from photograph where child_id = $2 and kept \
                  on conflict (child_id, id) do nothing";
    sqlx::query(insert).bind(here).bind(other).execute(conn).await?;
    Ok(())
}

/// What was raised once is not raised again.
async fn alerts(conn: &mut Conn, from: &str, to: &str) -> Result<()> {
    let update = "update alert set child_id = $1 where child_id = $2 and not exists (select 1 from alert a where a.child_id = $1 \
                  and a.duty_key = alert.duty_key and a.kind = alert.kind and a.due_us = alert.due_us)";
    sqlx::query(update).bind(to).bind(from).execute(conn).await?;
    Ok(())
}

/// The record that this one was merged into.
pub(crate) async fn merged_into(pool: &Pool, child: &str) -> Result<Option<String>> {
    let select = "select merged_into from child where id = $1 and merged_into is not null";
    Ok(sqlx::query_scalar(select).bind(child).fetch_optional(pool).await?)
}

/// The agencies of a child, but for those that only another record brought.
pub(crate) async fn agencies_without(pool: &Pool, child: &str, other: &str) -> Result<Vec<String>> {
    let select = "select distinct agency_id from relation where child_id = $1 and agency_id is not null \
                  and substr(id, 1, length($2)) <> $2 and not (kind = 'usual' and coalesce(until_us = 0, false)) order by agency_id";
    Ok(sqlx::query_scalar(select).bind(child).bind(format!("merged:{other}:")).fetch_all(pool).await?)
}
