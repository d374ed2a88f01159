//! Who is related to a child, who asked to be, and what is withheld.

use super::deeds::note;
use super::lists::of_children;
use super::scope::{Grace, only_related};
use super::{Conn, Pool};
use crate::deeds::{RELATION, WITHHELD};
use crate::error::Result;
use crate::model::{RegardRow, Relation, Request, Scope, TieOf, TieRow, Withheld};
use sqlx::QueryBuilder;

macro_rules! relation_columns {
    () => {
        "select id, child_id, agency_id, person_id, kind, from_us, until_us, grace_us, reason, made_by, made_us, ended_by, \
         ended_us from relation "
    };
}

macro_rules! request_columns {
    () => {
        "select id, child_id, person_id, agency_id, kind, what, reason, at_us, until_us, answer, words, answered_by, \
         answered_us from request "
    };
}

/// Begins a relation. One with this id that is there already is left.
pub(crate) async fn relate(conn: &mut Conn, relation: &Relation) -> Result<()> {
    let insert = "insert into relation (id, child_id, agency_id, person_id, kind, from_us, until_us, grace_us, reason, \
                  made_by, made_us) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do nothing";
    sqlx::query(insert)
        .bind(&relation.id)
        .bind(&relation.child_id)
        .bind(&relation.agency_id)
        .bind(&relation.person_id)
        .bind(&relation.kind)
        .bind(relation.from_us)
        .bind(relation.until_us)
        .bind(relation.grace_us)
        .bind(&relation.reason)
        .bind(&relation.made_by)
        .bind(relation.made_us)
        .execute(&mut *conn)
        .await?;
    if let Some(agency) = &relation.agency_id {
        index(conn, &relation.child_id, agency).await?;
    }
    note(conn, &RELATION, std::slice::from_ref(&relation.id)).await
}

/// The index that lists begin from: every agency that ever had a relation. Which of them have one now, `relation` says.
async fn index(conn: &mut Conn, child: &str, agency: &str) -> Result<()> {
    let insert =
        "insert into child_agency (agency_id, child_id) values ($1, $2) on conflict (agency_id, child_id) do nothing";
    sqlx::query(insert).bind(agency).bind(child).execute(conn).await?;
    Ok(())
}

macro_rules! end_relation {
    ($such:literal) => {
        concat!(
            "update relation set until_us = $2, grace_us = $3, ended_by = $4, ended_us = $5 where id = $1 and ",
            $such
        )
    };
}

/// Ends a relation. What has ended stays as it ended.
pub(crate) async fn unrelate(
    conn: &mut Conn,
    id: &str,
    until_us: i64,
    grace_us: i64,
    by: &str,
    now_us: i64,
) -> Result<bool> {
    let update = end_relation!("(until_us is null or until_us > $2)");
    ended(conn, update, id, (until_us, grace_us), (by, now_us)).await
}

/// A relation that has ended did so at another moment.
pub(crate) async fn ended_otherwise(
    conn: &mut Conn,
    id: &str,
    until_us: i64,
    grace_us: i64,
    by: &str,
    now_us: i64,
) -> Result<()> {
    let update = end_relation!("until_us is not null");
    ended(conn, update, id, (until_us, grace_us), (by, now_us)).await.map(drop)
}

/// Does so, and notes it; false where the relation is not such a one.
async fn ended(
    conn: &mut Conn,
    update: &'static str,
    id: &str,
    (until_us, grace_us): (i64, i64),
    (by, now_us): (&str, i64),
) -> Result<bool> {
    let done =
        sqlx::query(update).bind(id).bind(until_us).bind(grace_us).bind(by).bind(now_us).execute(&mut *conn).await?;
    if done.rows_affected() != 1 {
        return Ok(false);
    }
    note(conn, &RELATION, &[id.to_owned()]).await?;
    Ok(true)
}

/// A relation that never was: whoever had it finishes nothing.
pub(crate) async fn mistaken(conn: &mut Conn, id: &str, reason: &str, by: &str, now_us: i64) -> Result<()> {
    let update = "update relation set until_us = case when until_us < $4 then until_us else $4 end, grace_us = 0, reason = $2, \
                  ended_by = $3, ended_us = $4 where id = $1";
    sqlx::query(update).bind(id).bind(reason).bind(by).bind(now_us).execute(&mut *conn).await?;
    note(conn, &RELATION, &[id.to_owned()]).await
}

/// All relations of a child, with those that have ended, in the order in which they began.
pub(crate) async fn relations_of_child(pool: &Pool, child: &str) -> Result<Vec<Relation>> {
    let select = concat!(relation_columns!(), "where child_id = $1 order by from_us, made_us, id");
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

/// What ties somebody to a child at the moment of the scope.
pub(crate) async fn ties(pool: &Pool, who: &Scope, child: &str) -> Result<Vec<TieRow>> {
    let select = "select r.kind, coalesce(a.kind, '') as agency_kind, coalesce(r.until_us <= $4, false) as ended, \
                  r.until_us from relation r left join agency a on a.id = r.agency_id where r.child_id = $1 \
                  and (r.agency_id = $2 or r.person_id = $3) and r.from_us <= $4 \
                  and (r.until_us is null or r.until_us + r.grace_us > $4)";
    Ok(sqlx::query_as(select).bind(child).bind(&who.agency).bind(&who.person).bind(who.now_us).fetch_all(pool).await?)
}

/// As [`ties`], of many children at once; and which of them there are, each read in a record of its own. One that was merged into another is left out.
pub(crate) async fn ties_of(pool: &Pool, who: &Scope, children: &[String]) -> Result<(Vec<TieOf>, Vec<String>)> {
    if children.is_empty() {
        return Ok((Vec::new(), Vec::new()));
    }
    let mut query =
        QueryBuilder::new("select r.child_id, r.kind, coalesce(a.kind, '') as agency_kind, coalesce(r.until_us <= ");
    query.push_bind(who.now_us).push(
        ", false) as ended, r.until_us from relation r left join agency a on a.id = r.agency_id where (r.agency_id = ",
    );
    query.push_bind(who.agency.clone()).push(" or r.person_id = ").push_bind(who.person.clone());
    query.push(") and r.from_us <= ").push_bind(who.now_us);
    query.push(" and (r.until_us is null or r.until_us + r.grace_us > ").push_bind(who.now_us);
    of_children(&mut query, ") and r.child_id in (", children);
    let ties = query.build_query_as().fetch_all(pool).await?;
    let mut query = QueryBuilder::new("select id from child where merged_into is null");
    of_children(&mut query, " and id in (", children);
    Ok((ties, query.build_query_scalar().fetch_all(pool).await?))
}

/// How somebody stands to each of these children at the moment of the scope, asked at once: what ties them, whether the child is on lists of theirs,
/// and which open episode is on their board.
pub(crate) async fn regards(pool: &Pool, who: &Scope, children: &[String]) -> Result<Vec<RegardRow>> {
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = QueryBuilder::new(
        "select c.id as child_id, c.merged_into is not null as merged, exists (select 1 from withheld w \
         where w.child_id = c.id and w.lifted_us is null) as withholds, (select e.id from episode e where e.child_id = c.id and e.ended_us is null",
    );
    only_related(&mut query, "e.child_id", Grace::Before("e.started_us"), who);
    query.push(
        " order by e.started_us desc, e.id desc limit 1) as listed, exists (select 1 from child k where k.id = c.id",
    );
    only_related(&mut query, "k.id", Grace::Child, who);
    query.push(") as near, r.kind, coalesce(a.kind, '') as agency_kind, coalesce(r.until_us <= ").push_bind(who.now_us);
    query.push(
        ", false) as ended, r.until_us from child c left join relation r on r.child_id = c.id and (r.agency_id = ",
    );
    query.push_bind(who.agency.clone()).push(" or r.person_id = ").push_bind(who.person.clone());
    query.push(") and r.from_us <= ").push_bind(who.now_us);
    query.push(" and (r.until_us is null or r.until_us + r.grace_us > ").push_bind(who.now_us);
    of_children(&mut query, ") left join agency a on a.id = r.agency_id where c.id in (", children);
    query.push(" order by c.id");
    Ok(query.build_query_as().fetch_all(pool).await?)
}

/// Whether there is such a child.
pub(crate) async fn is_child(pool: &Pool, child: &str) -> Result<bool> {
    let select = "select exists (select 1 from child where id = $1)";
    Ok(sqlx::query_scalar(select).bind(child).fetch_one(pool).await?)
}

/// Keeps what somebody asks for.
pub(crate) async fn request_put(conn: &mut Conn, request: &Request, relation: Option<&Relation>) -> Result<()> {
    let insert = "insert into request (id, child_id, person_id, agency_id, kind, what, reason, at_us, until_us) \
                  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (id) do nothing";
    sqlx::query(insert)
        .bind(&request.id)
        .bind(&request.child_id)
        .bind(&request.person_id)
        .bind(&request.agency_id)
        .bind(&request.kind)
        .bind(&request.what)
        .bind(&request.reason)
        .bind(request.at_us)
        .bind(request.until_us)
        .execute(&mut *conn)
        .await?;
    if let Some(relation) = relation {
        relate(conn, relation).await?;
    }
    Ok(())
}

/// Answers it, once; with the relation that comes of it. Says whether this was the answer.
pub(crate) async fn request_answer(conn: &mut Conn, request: &Request, relation: Option<&Relation>) -> Result<bool> {
    let update = "update request set answer = $2, words = $3, answered_by = $4, answered_us = $5 \
                  where id = $1 and answered_us is null";
    let done = sqlx::query(update)
        .bind(&request.id)
        .bind(&request.answer)
        .bind(&request.words)
        .bind(&request.answered_by)
        .bind(request.answered_us)
        .execute(&mut *conn)
        .await?;
    if done.rows_affected() == 0 {
        return Ok(false);
    }
    if let Some(relation) = relation {
        relate(conn, relation).await?;
    }
    Ok(true)
}

pub(crate) async fn request(pool: &Pool, id: &str) -> Result<Option<Request>> {
    Ok(sqlx::query_as(concat!(request_columns!(), "where id = $1")).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn requests_of_child(pool: &Pool, child: &str) -> Result<Vec<Request>> {
    let select = concat!(request_columns!(), "where child_id = $1 order by at_us desc, id desc");
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}

/// Those that wait for an answer, the oldest first.
pub(crate) async fn requests_open(pool: &Pool, limit: i64) -> Result<Vec<Request>> {
    let select = concat!(request_columns!(), "where answered_us is null order by at_us, id limit $1");
    Ok(sqlx::query_as(select).bind(limit).fetch_all(pool).await?)
}

/// Withholds a place.
pub(crate) async fn withhold(conn: &mut Conn, one: &Withheld) -> Result<()> {
    let insert = "insert into withheld (child_id, place, reason, by_person, at_us) values ($1, $2, $3, $4, $5) \
                  on conflict (child_id, place, at_us) do nothing";
    sqlx::query(insert)
        .bind(&one.child_id)
        .bind(&one.place)
        .bind(&one.reason)
        .bind(&one.by_person)
        .bind(one.at_us)
        .execute(&mut *conn)
        .await?;
    note(conn, &WITHHELD, &[format!("{} {} {}", one.child_id, one.place, one.at_us)]).await
}

/// Lifts what is withheld of a place.
pub(crate) async fn lift(conn: &mut Conn, child: &str, place: &str, by: &str, now_us: i64) -> Result<bool> {
    let update = "update withheld set lifted_by = $3, lifted_us = $4 where child_id = $1 and place = $2 and lifted_us is null \
                  returning child_id || ' ' || place || ' ' || at_us";
    let update = sqlx::query_scalar(update).bind(child).bind(place).bind(by).bind(now_us);
    let lifted: Vec<String> = update.fetch_all(&mut *conn).await?;
    note(conn, &WITHHELD, &lifted).await?;
    Ok(!lifted.is_empty())
}

/// The places of a child that are withheld now.
pub(crate) async fn withheld(pool: &Pool, child: &str) -> Result<Vec<Withheld>> {
    let select = "select child_id, place, reason, by_person, at_us, lifted_by, lifted_us from withheld \
                  where child_id = $1 and lifted_us is null order by at_us";
    Ok(sqlx::query_as(select).bind(child).fetch_all(pool).await?)
}
