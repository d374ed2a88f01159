//! Agencies and their people.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::{Agency, Person};

macro_rules! person_columns {
    () => {
        "select id, username, name, role, agency, password_hash, relation_to_all, active from person "
    };
}

pub(crate) async fn add_agency(conn: &mut Conn, agency: &Agency) -> Result<()> {
    let insert = "insert into agency (id, name, kind) values ($1, $2, $3)";
    sqlx::query(insert).bind(&agency.id).bind(&agency.name).bind(&agency.kind).execute(conn).await?;
    Ok(())
}

pub(crate) async fn add_agencies(conn: &mut Conn, agencies: &[Agency]) -> Result<()> {
    for agency in agencies {
        add_agency(conn, agency).await?;
    }
    Ok(())
}

pub(crate) async fn agencies(pool: &Pool) -> Result<Vec<Agency>> {
    Ok(sqlx::query_as("select id, name, kind from agency order by name, id").fetch_all(pool).await?)
}

pub(crate) async fn agencies_of_child(pool: &Pool, child: &str) -> Result<Vec<Agency>> {
    let select = "select a.id, a.name, a.kind from child_agency r join agency a on a.id = r.agency_id \
                  where r.child_id = $1 order by a.name, a.id";
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

pub(crate) async fn add_person(conn: &mut Conn, person: &Person) -> Result<()> {
    let insert = "insert into person (id, username, name, role, agency, password_hash, relation_to_all, active) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8)";
    write(conn, insert, person).await?;
    Ok(())
}

pub(crate) async fn add_people(conn: &mut Conn, people: &[Person]) -> Result<()> {
    for person in people {
        add_person(conn, person).await?;
    }
    Ok(())
}

/// Changes what is known of a person. Whoever may not sign in any more, or has a new password, is signed out.
pub(crate) async fn update_person(conn: &mut Conn, person: &Person) -> Result<bool> {
    let leave = "delete from session where person = $1 and exists (select 1 from person p where p.id = $1 \
                 and (p.password_hash <> $2 or not $3))";
    sqlx::query(leave).bind(&person.id).bind(&person.password_hash).bind(person.active).execute(&mut *conn).await?;
    let update = "update person set username = $2, name = $3, role = $4, agency = $5, password_hash = $6, \
                  relation_to_all = $7, active = $8 where id = $1";
    Ok(write(conn, update, person).await? == 1)
}

async fn write(conn: &mut Conn, statement: &'static str, person: &Person) -> Result<u64> {
    let done = sqlx::query(statement)
        .bind(&person.id)
        .bind(person.username.to_lowercase())
        .bind(&person.name)
        .bind(&person.role)
        .bind(&person.agency)
        .bind(&person.password_hash)
        .bind(person.relation_to_all)
        .bind(person.active)
        .execute(conn)
        .await?;
    Ok(done.rows_affected())
}

pub(crate) async fn person(pool: &Pool, id: &str) -> Result<Option<Person>> {
    Ok(sqlx::query_as(concat!(person_columns!(), "where id = $1")).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn person_by_username(pool: &Pool, username: &str) -> Result<Option<Person>> {
    let select = concat!(person_columns!(), "where username = $1");
    Ok(sqlx::query_as(select).bind(username.trim().to_lowercase()).fetch_optional(pool).await?)
}

pub(crate) async fn people(pool: &Pool) -> Result<Vec<Person>> {
    Ok(sqlx::query_as(concat!(person_columns!(), "order by name, id")).fetch_all(pool).await?)
}

pub(crate) async fn people_of_agency(pool: &Pool, agency: &str) -> Result<Vec<Person>> {
    Ok(sqlx::query_as(concat!(person_columns!(), "where agency = $1 order by name, id"))
        .bind(agency)
        .fetch_all(pool)
        .await?)
}
