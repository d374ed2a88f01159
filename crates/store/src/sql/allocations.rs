//! Whose a child is, in each role, and what was left when a cover ended.

use super::deeds::note;
use super::{Conn, Pool};
use crate::deeds::ALLOCATION;
use crate::error::Result;
use crate::model::{Allocation, Handover};

macro_rules! allocation_columns {
    () => {
        "select id, child_id, role, agency, team, person, from_us, until_us, made_by, before from allocation "
    };
}

/// Whose a child is from now on, in a role of an agency. Whose it was until now, it is no more.
pub(crate) async fn allocation_put(conn: &mut Conn, allocation: &Allocation) -> Result<()> {
    let end = "update allocation set until_us = $4 where child_id = $1 and role = $2 and agency = $3 and until_us is null \
               returning id";
    let mut changed: Vec<String> = sqlx::query_scalar(end)
        .bind(&allocation.child_id)
        .bind(&allocation.role)
        .bind(&allocation.agency)
        .bind(allocation.from_us)
        .fetch_all(&mut *conn)
        .await?;
    changed.push(allocation.id.clone());
    let insert = "insert into allocation (id, child_id, role, agency, team, person, from_us, until_us, made_by, before) \
                  values ($1, $2, $3, $4, $5, $6, $7, null, $8, $9)";
    sqlx::query(insert)
        .bind(&allocation.id)
        .bind(&allocation.child_id)
        .bind(&allocation.role)
        .bind(&allocation.agency)
        .bind(&allocation.team)
        .bind(&allocation.person)
        .bind(allocation.from_us)
        .bind(&allocation.made_by)
        .bind(&allocation.before)
        .execute(&mut *conn)
        .await?;
    note(conn, &ALLOCATION, &changed).await
}

pub(crate) async fn allocations_of_child(pool: &Pool, child: &str) -> Result<Vec<Allocation>> {
    let select = concat!(allocation_columns!(), "where child_id = $1 order by from_us, id");
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

pub(crate) async fn allocations_of_person(pool: &Pool, person: &str) -> Result<Vec<Allocation>> {
    let select = concat!(
        allocation_columns!(),
        "where person = $1 and until_us is null and not exists (select 1 from child c where c.id = allocation.child_id and c.merged_into is not null) order by from_us, id"
    );
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

/// The children of an agency that are nobody's since somebody left.
pub(crate) async fn allocations_left(pool: &Pool, agency: &str) -> Result<Vec<Allocation>> {
    let select = concat!(
        allocation_columns!(),
        "where agency = $1 and until_us is null and person is null and before is not null and not exists (select 1 from child c ",
        "where c.id = allocation.child_id and c.merged_into is not null) order by from_us, id"
    );
    Ok(sqlx::query_as(select).bind(agency).fetch_all(pool).await?)
}

pub(crate) async fn handover_put(conn: &mut Conn, handover: &Handover) -> Result<()> {
    let insert = "insert into handover (id, agency, from_us, until_us, made_by, made_us, note, body) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(insert)
        .bind(&handover.id)
        .bind(&handover.agency)
        .bind(handover.from_us)
        .bind(handover.until_us)
        .bind(&handover.made_by)
        .bind(handover.made_us)
        .bind(&handover.note)
        .bind(&handover.body)
        .execute(conn)
        .await?;
    Ok(())
}

/// Covers handed over since a moment, the last first.
pub(crate) async fn handovers(pool: &Pool, since_us: i64) -> Result<Vec<Handover>> {
    let select = "select id, agency, from_us, until_us, made_by, made_us, note, body from handover where made_us >= $1 \
                  order by made_us desc, id";
    Ok(sqlx::query_as(select).bind(since_us).fetch_all(pool).await?)
}
