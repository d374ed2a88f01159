//! What people do and for whom: teams, posts, what two people decide, and that somebody is always left who keeps the system.

use super::deeds::note;
use super::{Conn, Pool, notices};
use crate::deeds::{DOOR, PERSON, POST, TEAM};
use crate::error::{Result, StoreError};
use crate::model::{Allocation, HeldPost, NewNotice, Post, Proposal, Team};

macro_rules! held {
    () => {
        "select p.id, p.person, p.role, p.agency, p.team, p.kind, p.from_us, p.until_us, p.source, p.made_by, p.version, \
         a.name as agency_name, a.kind as agency_kind, a.area as agency_area, t.name as team_name \
         from post p join agency a on a.id = p.agency left join team t on t.id = p.team "
    };
}

macro_rules! proposal_columns {
    () => {
        "select id, kind, agency, person, body, reason, proposed_by, proposed_us, decided_by, decided_us, outcome from proposal "
    };
}

pub(crate) async fn team_put(conn: &mut Conn, team: &Team) -> Result<()> {
    let insert = "insert into team (id, agency, name) values ($1, $2, $3)";
    sqlx::query(insert).bind(&team.id).bind(&team.agency).bind(&team.name).execute(&mut *conn).await?;
    note(conn, &TEAM, std::slice::from_ref(&team.id)).await
}

pub(crate) async fn teams(pool: &Pool) -> Result<Vec<Team>> {
    Ok(sqlx::query_as("select id, agency, name from team order by name, id").fetch_all(pool).await?)
}

pub(crate) async fn post_put(conn: &mut Conn, post: &Post) -> Result<()> {
    let insert = "insert into post (id, person, role, agency, team, kind, from_us, until_us, source, made_by, version) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1)";
    sqlx::query(insert)
        .bind(&post.id)
        .bind(&post.person)
        .bind(&post.role)
        .bind(&post.agency)
        .bind(&post.team)
        .bind(&post.kind)
        .bind(post.from_us)
        .bind(post.until_us)
        .bind(&post.source)
        .bind(&post.made_by)
        .execute(&mut *conn)
        .await?;
    note(conn, &POST, std::slice::from_ref(&post.id)).await
}

pub(crate) async fn posts_of(pool: &Pool, person: &str) -> Result<Vec<HeldPost>> {
    let select = concat!(held!(), "where p.person = $1 order by p.from_us, p.id");
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

/// All posts, those of one person together.
pub(crate) async fn posts(pool: &Pool) -> Result<Vec<HeldPost>> {
    Ok(sqlx::query_as(concat!(held!(), "order by p.person, p.from_us, p.id")).fetch_all(pool).await?)
}

pub(crate) async fn posts_of_agency(pool: &Pool, agency: &str) -> Result<Vec<HeldPost>> {
    let select = concat!(held!(), "where p.agency = $1 order by p.person, p.from_us, p.id");
    Ok(sqlx::query_as(select).bind(agency).fetch_all(pool).await?)
}

pub(crate) async fn post(pool: &Pool, id: &str) -> Result<Option<HeldPost>> {
    Ok(sqlx::query_as(concat!(held!(), "where p.id = $1")).bind(id).fetch_optional(pool).await?)
}

/// Who holds this role at a moment and may sign in.
pub(crate) async fn holders(pool: &Pool, role: &str, now_us: i64) -> Result<Vec<HeldPost>> {
    let select = concat!(
        held!(),
        "join person x on x.id = p.person where p.role = $1 and x.active and p.from_us <= $2 \
         and (p.until_us is null or p.until_us > $2) order by p.from_us, p.id"
    );
    Ok(sqlx::query_as(select).bind(role).bind(now_us).fetch_all(pool).await?)
}

/// Changes where a post is and until when, if nobody has changed it meanwhile.
pub(crate) async fn post_change(conn: &mut Conn, post: &Post, keepers: &str, now_us: i64) -> Result<()> {
    one_at_a_time(conn).await?;
    let update = "update post set team = $2, from_us = $3, until_us = $4, settled_us = null, version = version + 1 \
                  where id = $1 and version = $5";
    let changed = sqlx::query(update)
        .bind(&post.id)
        .bind(&post.team)
        .bind(post.from_us)
        .bind(post.until_us)
        .bind(post.version)
        .execute(&mut *conn)
        .await?;
    if changed.rows_affected() == 0 {
        let version = sqlx::query_scalar("select version from post where id = $1").bind(&post.id);
        return Err(match version.fetch_optional(conn).await? {
            Some(current_version) => StoreError::Stale { current_version },
            None => StoreError::Refused("there is no such post".to_owned()),
        });
    }
    note(conn, &POST, std::slice::from_ref(&post.id)).await?;
    keepers_stay(conn, keepers, now_us).await
}

/// Lets somebody sign in, or no more; then their sessions end. False if there is nobody of this id.
pub(crate) async fn set_active(
    conn: &mut Conn,
    person: &str,
    active: bool,
    keepers: &str,
    now_us: i64,
) -> Result<bool> {
    one_at_a_time(conn).await?;
    let update = "update person set active = $2, used_us = $3 where id = $1";
    let done = sqlx::query(update).bind(person).bind(active).bind(now_us).execute(&mut *conn).await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    note(conn, &PERSON, &[person.to_owned()]).await?;
    if active {
        // What they have from now on is passed on anew when they leave again.
        let anew = "update post set settled_us = null where person = $1 and (until_us is null or until_us > $2)";
        sqlx::query(anew).bind(person).bind(now_us).execute(&mut *conn).await?;
        return Ok(true);
    }
    sqlx::query("delete from session where person = $1").bind(person).execute(&mut *conn).await?;
    let unused = "delete from door where person = $1 and used_us is null returning token_hash";
    let unused: Vec<String> = sqlx::query_scalar(unused).bind(person).fetch_all(&mut *conn).await?;
    note(conn, &DOOR, &unused).await?;
    keepers_stay(conn, keepers, now_us).await?;
    Ok(true)
}

/// From here to the commit nobody else changes who keeps the system.
pub(crate) async fn one_at_a_time(conn: &mut Conn) -> Result<()> {
    sqlx::query("update guard set value = value where name = 'administrators'").execute(conn).await?;
    Ok(())
}

/// Somebody has to be left who holds this role without an end.
async fn keepers_stay(conn: &mut Conn, role: &str, now_us: i64) -> Result<()> {
    let select = "select exists (select 1 from post p join person x on x.id = p.person where p.role = $1 and x.active \
                  and p.from_us <= $2 and p.until_us is null)";
    let ever = "select exists (select 1 from post where role = $1)";
    let left: bool = sqlx::query_scalar(select).bind(role).bind(now_us).fetch_one(&mut *conn).await?;
    let any: bool = sqlx::query_scalar(ever).bind(role).fetch_one(conn).await?;
    if left || !any { Ok(()) } else { Err(StoreError::LastAdministrator) }
}

/// Posts that ended, or whose people left, and of which nobody has passed on what was left.
pub(crate) async fn posts_to_settle(pool: &Pool, now_us: i64) -> Result<Vec<HeldPost>> {
    let select = concat!(
        held!(),
        "join person x on x.id = p.person where p.settled_us is null and (p.until_us <= $1 or not x.active) \
         order by p.id limit 100"
    );
    Ok(sqlx::query_as(select).bind(now_us).fetch_all(pool).await?)
}

/// Passes on what was left of a post: each of these children goes to the team, if it still is that person's, and these people are told.
/// False if somebody else did it.
pub(crate) async fn post_settle(
    conn: &mut Conn,
    post: &str,
    to: &[Allocation],
    told: &[NewNotice],
    now_us: i64,
) -> Result<bool> {
    let claim = "update post set settled_us = $2 where id = $1 and settled_us is null";
    if sqlx::query(claim).bind(post).bind(now_us).execute(&mut *conn).await?.rows_affected() == 0 {
        return Ok(false);
    }
    for allocation in to {
        super::allocations::allocation_put(conn, allocation).await?;
    }
    for notice in told {
        notices::notice_put(conn, notice, now_us).await?;
    }
    Ok(true)
}

pub(crate) async fn proposal_put(conn: &mut Conn, proposal: &Proposal) -> Result<()> {
    let insert = "insert into proposal (id, kind, agency, person, body, reason, proposed_by, proposed_us) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8)";
    sqlx::query(insert)
        .bind(&proposal.id)
        .bind(&proposal.kind)
        .bind(&proposal.agency)
        .bind(&proposal.person)
        .bind(&proposal.body)
        .bind(&proposal.reason)
        .bind(&proposal.proposed_by)
        .bind(proposal.proposed_us)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn proposal(pool: &Pool, id: &str) -> Result<Option<Proposal>> {
    Ok(sqlx::query_as(concat!(proposal_columns!(), "where id = $1")).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn proposals_waiting(pool: &Pool) -> Result<Vec<Proposal>> {
    let select = concat!(proposal_columns!(), "where decided_us is null order by proposed_us, id");
    Ok(sqlx::query_as(select).fetch_all(pool).await?)
}

/// Closes what whoever runs the server has done by themselves: it stands there for those who read it later.
pub(crate) async fn proposal_close(conn: &mut Conn, id: &str, now_us: i64) -> Result<()> {
    let update = "update proposal set decided_us = $2, outcome = 'confirmed' where id = $1 and decided_us is null";
    sqlx::query(update).bind(id).bind(now_us).execute(conn).await?;
    Ok(())
}

/// Decides, once, by somebody else than whoever proposed. A post that is confirmed is made with it.
pub(crate) async fn proposal_decide(
    conn: &mut Conn,
    id: &str,
    by: &str,
    outcome: &str,
    post: Option<&Post>,
    now_us: i64,
) -> Result<bool> {
    let update = "update proposal set decided_by = $2, decided_us = $4, outcome = $3 where id = $1 and decided_us is null \
                  and (proposed_by is null or proposed_by <> $2)";
    let decided =
        sqlx::query(update).bind(id).bind(by).bind(outcome).bind(now_us).execute(&mut *conn).await?.rows_affected();
    if decided == 0 {
        return Ok(false);
    }
    if let Some(post) = post {
        post_put(conn, post).await?;
    }
    Ok(true)
}
