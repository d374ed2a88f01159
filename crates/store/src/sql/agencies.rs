//! Agencies and their people.

use super::deeds::note;
use super::derived::column;
use super::doors::door_put;
use super::posts::{post_put, team_put};
use super::{Conn, Pool};
use crate::deeds::{AGENCY, PERSON};
use crate::error::{Result, StoreError};
use crate::model::{Agency, Door, Person, Post, Team};

macro_rules! person_columns {
    () => {
        "select id, username, name, role, agency, password_hash, relation_to_all, active, used_us from person "
    };
}

pub(crate) async fn add_agency(conn: &mut Conn, agency: &Agency) -> Result<()> {
    let insert = "insert into agency (id, name, kind, area, only_appears) values ($1, $2, $3, $4, $5)";
    sqlx::query(insert)
        .bind(&agency.id)
        .bind(&agency.name)
        .bind(&agency.kind)
        .bind(&agency.area)
        .bind(agency.only_appears)
        .execute(&mut *conn)
        .await?;
    note(conn, &AGENCY, std::slice::from_ref(&agency.id)).await
}

pub(crate) async fn add_agencies(conn: &mut Conn, agencies: &[Agency]) -> Result<()> {
    for agency in agencies {
        add_agency(conn, agency).await?;
    }
    Ok(())
}

pub(crate) async fn agencies(pool: &Pool) -> Result<Vec<Agency>> {
    Ok(sqlx::query_as("select id, name, kind, area, only_appears from agency order by name, id")
        .fetch_all(pool)
        .await?)
}

pub(crate) async fn agencies_of_child(pool: &Pool, child: &str) -> Result<Vec<Agency>> {
    let select = "select a.id, a.name, a.kind, a.area, a.only_appears from child_agency r join agency a on a.id = r.agency_id \
                  where r.child_id = $1 order by a.name, a.id";
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

pub(crate) async fn add_person(conn: &mut Conn, person: &Person) -> Result<()> {
    let insert = "insert into person (id, username, name, role, agency, password_hash, relation_to_all, active, used_us) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    write(conn, insert, person).await?;
    let post = Post {
        id: format!("post-{}", person.id),
        person: person.id.clone(),
        role: person.role.clone(),
        agency: person.agency.clone(),
        kind: "own".to_owned(),
        source: "kept".to_owned(),
        ..Post::default()
    };
    post_put(conn, &post).await
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
                  relation_to_all = $7, active = $8, used_us = $9 where id = $1";
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
        .bind(person.used_us)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() > 0 {
        note(conn, &PERSON, std::slice::from_ref(&person.id)).await?;
    }
    Ok(done.rows_affected())
}

pub(crate) async fn person(pool: &Pool, id: &str) -> Result<Option<Person>> {
    Ok(sqlx::query_as(concat!(person_columns!(), "where id = $1")).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn people_known(pool: &Pool, ids: &[&str]) -> Result<Vec<Person>> {
    let select = concat!(person_columns!(), "where id in (select x.id from ", json_rows!("$1"; id text), ")");
    Ok(sqlx::query_as(select).bind(column("id", ids)?).fetch_all(pool).await?)
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

/// Who works there at a moment and may sign in, by name, in each post that they hold there: the role and the agency are those of the post.
pub(crate) async fn posted(pool: &Pool, agency: &str, now_us: i64) -> Result<Vec<Person>> {
    let select = "select p.id, p.username, p.name, o.role, o.agency, p.password_hash, p.relation_to_all, p.active, p.used_us \
                  from post o join person p on p.id = o.person where o.agency = $1 and p.active and o.from_us <= $2 \
                  and (o.until_us is null or o.until_us > $2) order by p.name, p.id, o.id";
    Ok(sqlx::query_as(select).bind(agency).bind(now_us).fetch_all(pool).await?)
}

pub(crate) async fn password_set(conn: &mut Conn, person: &str, hash: &str) -> Result<()> {
    let update = "update person set password_hash = $2 where id = $1";
    if sqlx::query(update).bind(person).bind(hash).execute(&mut *conn).await?.rows_affected() > 0 {
        note(conn, &PERSON, &[person.to_owned()]).await?;
    }
    Ok(())
}

/// Changes an agency, if nobody has changed it meanwhile.
pub(crate) async fn agency_change(conn: &mut Conn, agency: &Agency, version: i64) -> Result<()> {
    let update = "update agency set name = $2, kind = $3, area = $4, only_appears = $5, version = version + 1 \
                  where id = $1 and version = $6";
    let done = sqlx::query(update)
        .bind(&agency.id)
        .bind(&agency.name)
        .bind(&agency.kind)
        .bind(&agency.area)
        .bind(agency.only_appears)
        .bind(version)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 1 {
        return note(conn, &AGENCY, std::slice::from_ref(&agency.id)).await;
    }
    let current = sqlx::query_scalar("select version from agency where id = $1").bind(&agency.id);
    Err(match current.fetch_optional(conn).await? {
        Some(current_version) => StoreError::Stale { current_version },
        None => StoreError::Refused("there is no such agency".to_owned()),
    })
}

pub(crate) async fn agency(pool: &Pool, id: &str) -> Result<Option<(Agency, i64)>> {
    let select = "select id, name, kind, area, only_appears from agency where id = $1";
    let Some(agency) = sqlx::query_as(select).bind(id).fetch_optional(pool).await? else { return Ok(None) };
    let version = sqlx::query_scalar("select version from agency where id = $1").bind(id).fetch_one(pool).await?;
    Ok(Some((agency, version)))
}

/// Brings in people with their teams, posts and links: all of them, or none.
pub(crate) async fn bring_in(
    conn: &mut Conn,
    teams: &[Team],
    people: &[Person],
    posts: &[Post],
    doors: &[(String, Door)],
) -> Result<()> {
    for team in teams {
        team_put(conn, team).await?;
    }
    let insert = "insert into person (id, username, name, role, agency, password_hash, relation_to_all, active, used_us) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    for person in people {
        write(conn, insert, person).await?;
    }
    for post in posts {
        post_put(conn, post).await?;
    }
    for (token, door) in doors {
        door_put(conn, token, door).await?;
    }
    Ok(())
}

/// Makes the first administrator with agency and post, if nobody is there yet who keeps the system.
pub(crate) async fn begin(conn: &mut Conn, agency: &Agency, person: &Person, post: &Post) -> Result<bool> {
    super::posts::one_at_a_time(conn).await?;
    let any: bool = sqlx::query_scalar("select exists (select 1 from person)").fetch_one(&mut *conn).await?;
    if any {
        return Ok(false);
    }
    add_agency(conn, agency).await?;
    bring_in(conn, &[], std::slice::from_ref(person), std::slice::from_ref(post), &[]).await?;
    Ok(true)
}

pub(crate) async fn any_people(pool: &Pool) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from person)").fetch_one(pool).await?)
}

pub(crate) async fn any_children(pool: &Pool) -> Result<bool> {
    Ok(sqlx::query_scalar("select exists (select 1 from child)").fetch_one(pool).await?)
}
