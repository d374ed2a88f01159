//! Signing in: sessions by the hash of their token, what was typed when one had ended, guesses, and the browsers that are known.

use super::{Conn, Pool};
use crate::chain::sha256;
use crate::error::{Result, StoreError};
use crate::model::{Holding, HoldingRow, Kept, Session};

/// After so long without a guess the count begins anew.
const FORGOTTEN: i64 = 60 * 60 * 1_000_000;

macro_rules! session_columns {
    () => {
        "select id, person, csrf, created_us, seen_us, expires_us, device, how, confirmed_us, locked_us, post, form from session "
    };
}

/// Whose the forms of a session were is known for a while, once it is ended: what was typed in another window goes back to them.
macro_rules! known_a_while {
    () => {
        "insert into signed_out (form, person, expires_us) select form, person, expires_us from session where form <> '' "
    };
}

pub(crate) async fn session_put(conn: &mut Conn, session: &Session) -> Result<()> {
    let insert = "insert into session (token_hash, id, person, csrf, created_us, seen_us, expires_us, device, how, confirmed_us, \
                  locked_us, post, form) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    sqlx::query(insert)
        .bind(sha256(&session.token))
        .bind(&session.id)
        .bind(&session.person)
        .bind(&session.csrf)
        .bind(session.created_us)
        .bind(session.seen_us)
        .bind(session.expires_us)
        .bind(&session.device)
        .bind(&session.how)
        .bind(session.confirmed_us)
        .bind(session.locked_us)
        .bind(&session.post)
        .bind(&session.form)
        .execute(&mut *conn)
        .await?;
    let used = "update person set used_us = $2 where id = $1";
    sqlx::query(used).bind(&session.person).bind(session.created_us).execute(conn).await?;
    Ok(())
}

pub(crate) async fn session_get(pool: &Pool, token: &str) -> Result<Option<Session>> {
    let select = concat!(session_columns!(), "where token_hash = $1");
    let found: Option<Session> = sqlx::query_as(select).bind(sha256(token)).fetch_optional(pool).await?;
    Ok(found.map(|session| Session { token: token.to_owned(), ..session }))
}

/// The session of a token, with whose it is and every post of theirs: one question, since it is asked at every page and by every live one
/// at each change.
pub(crate) async fn holding(pool: &Pool, token: &str) -> Result<Option<Holding>> {
    let select = "select s.id, s.person, s.csrf, s.created_us, s.seen_us, s.expires_us, s.device, s.how, s.confirmed_us, s.locked_us, s.post, \
                  s.form, h.name as holder_name, h.active as holder_active, h.relation_to_all as holder_sees_all, p.id as post_id, \
                  p.role as post_role, p.agency as post_agency, p.team as post_team, p.kind as post_kind, p.from_us as post_from_us, \
                  p.until_us as post_until_us, p.source as post_source, p.made_by as post_made_by, p.version as post_version, \
                  a.name as agency_name, a.kind as agency_kind, a.area as agency_area, t.name as team_name from session s \
                  join person h on h.id = s.person left join post p on p.person = h.id \
                  left join agency a on a.id = p.agency left join team t on t.id = p.team where s.token_hash = $1 order by p.from_us, p.id";
    let mut rows: Vec<HoldingRow> = sqlx::query_as(select).bind(sha256(token)).fetch_all(pool).await?;
    let Some(first) = rows.first_mut() else { return Ok(None) };
    let mut holding = Holding {
        session: Session { token: token.to_owned(), ..first.session.clone() },
        name: std::mem::take(&mut first.holder_name),
        active: first.holder_active,
        relation_to_all: first.holder_sees_all,
        posts: Vec::new(),
    };
    holding.posts = rows.into_iter().filter_map(HoldingRow::post).collect();
    Ok(Some(holding))
}

pub(crate) async fn sessions_of(pool: &Pool, person: &str, now_us: i64) -> Result<Vec<Session>> {
    let select = concat!(session_columns!(), "where person = $1 and expires_us > $2 order by seen_us desc, id");
    Ok(sqlx::query_as(select).bind(person).bind(now_us).fetch_all(pool).await?)
}

pub(crate) async fn session_touch(conn: &mut Conn, token: &str, now_us: i64) -> Result<()> {
    let update = "update session set seen_us = $2 where token_hash = $1 and seen_us < $2";
    sqlx::query(update).bind(sha256(token)).bind(now_us).execute(conn).await?;
    Ok(())
}

pub(crate) async fn session_lock(conn: &mut Conn, token: &str, now_us: i64) -> Result<()> {
    let update = "update session set locked_us = $2 where token_hash = $1 and locked_us is null";
    sqlx::query(update).bind(sha256(token)).bind(now_us).execute(conn).await?;
    Ok(())
}

/// The person has shown once more who they are.
pub(crate) async fn session_confirm(conn: &mut Conn, token: &str, how: &str, now_us: i64) -> Result<()> {
    let update = "update session set confirmed_us = $3, seen_us = $3, locked_us = null, how = $2 where token_hash = $1";
    sqlx::query(update).bind(sha256(token)).bind(how).bind(now_us).execute(conn).await?;
    Ok(())
}

pub(crate) async fn session_post(conn: &mut Conn, token: &str, post: &str) -> Result<()> {
    let update = "update session set post = $2 where token_hash = $1";
    sqlx::query(update).bind(sha256(token)).bind(post).execute(conn).await?;
    Ok(())
}

pub(crate) async fn session_delete(conn: &mut Conn, token: &str) -> Result<()> {
    let token = sha256(token);
    let refused = "delete from kept where page <> '' and session = (select id from session where token_hash = $1)";
    sqlx::query(refused).bind(&token).execute(&mut *conn).await?;
    let known = concat!(known_a_while!(), "and token_hash = $1");
    sqlx::query(known).bind(&token).execute(&mut *conn).await?;
    sqlx::query("delete from session where token_hash = $1").bind(token).execute(conn).await?;
    Ok(())
}

/// The person of whom a session was that ended lately, by what its forms brought along.
pub(crate) async fn signed_out(pool: &Pool, form: &str, now_us: i64) -> Result<Option<String>> {
    let select = "select person from signed_out where form = $1 and expires_us > $2";
    Ok(sqlx::query_scalar(select).bind(form).bind(now_us).fetch_optional(pool).await?)
}

pub(crate) async fn session_end(conn: &mut Conn, person: &str, id: &str) -> Result<bool> {
    let refused = "delete from kept where page <> '' and person = $1 and session = $2";
    sqlx::query(refused).bind(person).bind(id).execute(&mut *conn).await?;
    let known = concat!(known_a_while!(), "and person = $1 and id = $2");
    sqlx::query(known).bind(person).bind(id).execute(&mut *conn).await?;
    let delete = "delete from session where person = $1 and id = $2";
    Ok(sqlx::query(delete).bind(person).bind(id).execute(conn).await?.rows_affected() > 0)
}

/// Ends all sessions of a person but one.
pub(crate) async fn sessions_end(conn: &mut Conn, person: &str, but: &str) -> Result<()> {
    let refused = "delete from kept where page <> '' and person = $1 and session <> $2";
    sqlx::query(refused).bind(person).bind(but).execute(&mut *conn).await?;
    let known = concat!(known_a_while!(), "and person = $1 and id <> $2");
    sqlx::query(known).bind(person).bind(but).execute(&mut *conn).await?;
    sqlx::query("delete from session where person = $1 and id <> $2").bind(person).bind(but).execute(conn).await?;
    Ok(())
}

pub(crate) async fn kept_put(conn: &mut Conn, kept: &Kept) -> Result<()> {
    if !kept.page.is_empty() {
        kept_forget(&mut *conn, &kept.session, &kept.page).await?;
    }
    let insert = "insert into kept (id, person, path, body, at_us, session, page) values ($1, $2, $3, $4, $5, $6, $7)";
    sqlx::query(insert)
        .bind(&kept.id)
        .bind(&kept.person)
        .bind(&kept.path)
        .bind(&kept.body)
        .bind(kept.at_us)
        .bind(&kept.session)
        .bind(&kept.page)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn kept_of(pool: &Pool, person: &str) -> Result<Vec<Kept>> {
    let select = "select id, person, path, body, at_us, session, page from kept where person = $1 and page = '' \
                  order by at_us desc, id desc";
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

/// What was refused in a session, the last first.
pub(crate) async fn kept_in(pool: &Pool, session: &str) -> Result<Vec<Kept>> {
    let select = "select id, person, path, body, at_us, session, page from kept where session = $1 and page <> '' \
                  order by at_us desc, id desc";
    Ok(sqlx::query_as(select).bind(session).fetch_all(pool).await?)
}

/// What was refused on a page is wanted no more.
pub(crate) async fn kept_forget(conn: &mut Conn, session: &str, page: &str) -> Result<()> {
    sqlx::query("delete from kept where session = $1 and page = $2").bind(session).bind(page).execute(conn).await?;
    Ok(())
}

pub(crate) async fn kept_delete(conn: &mut Conn, person: &str, id: &str) -> Result<()> {
    sqlx::query("delete from kept where person = $1 and id = $2").bind(person).bind(id).execute(conn).await?;
    Ok(())
}

/// Counts a guess by each of its keys, or, if it comes too early for one of them, by none: an error undoes the transaction. Of a key, so
/// many guesses are free; then each waits longer than the one before.
pub(crate) async fn throttle_take(conn: &mut Conn, keys: &[(String, i64)], now_us: i64) -> Result<()> {
    // In one order, so that two servers never wait for each other.
    let mut keys: Vec<_> = keys.iter().collect();
    keys.sort();
    let count = concat!(
        "insert into throttle (key, count, last_us) values ($1, 1, $2) on conflict (key) do update set last_us = $2, ",
        "count = case when throttle.last_us < $2 - $4 then 1 else throttle.count + 1 end ",
        "where throttle.last_us < $2 - $4 or throttle.count < $3 or $2 - throttle.last_us >= 60000000 * ",
        "case throttle.count - $3 when 0 then 1 when 1 then 2 when 2 then 4 when 3 then 8 else 15 end"
    );
    for (key, free) in keys {
        let counted = sqlx::query(count).bind(key).bind(now_us).bind(free).bind(FORGOTTEN).execute(&mut *conn).await?;
        if counted.rows_affected() == 0 {
            let select = "select last_us - $2 + 60000000 * case count - $3 when 0 then 1 when 1 then 2 when 2 then 4 when 3 then 8 \
                          else 15 end from throttle where key = $1";
            let wait: i64 = sqlx::query_scalar(select).bind(key).bind(now_us).bind(free).fetch_one(conn).await?;
            return Err(StoreError::Wait(wait));
        }
    }
    Ok(())
}

/// A guess was no guess: the counts of these keys go back by one, and those are forgotten.
pub(crate) async fn throttle_return(conn: &mut Conn, keys: &[String], forget: &[String]) -> Result<()> {
    for key in keys {
        let back = "update throttle set count = count - 1 where key = $1 and count > 0";
        sqlx::query(back).bind(key).execute(&mut *conn).await?;
    }
    for key in forget {
        sqlx::query("delete from throttle where key = $1").bind(key).execute(&mut *conn).await?;
    }
    Ok(())
}

pub(crate) async fn device_known(pool: &Pool, token: &str, person: &str) -> Result<bool> {
    let select = "select exists (select 1 from device where token_hash = $1 and person = $2)";
    Ok(sqlx::query_scalar(select).bind(sha256(token)).bind(person).fetch_one(pool).await?)
}

pub(crate) async fn device_put(conn: &mut Conn, token: &str, person: &str, now_us: i64) -> Result<()> {
    let upsert = "insert into device (token_hash, person, seen_us) values ($1, $2, $3) \
                  on conflict (token_hash, person) do update set seen_us = excluded.seen_us";
    sqlx::query(upsert).bind(sha256(token)).bind(person).bind(now_us).execute(conn).await?;
    Ok(())
}

/// Takes note of the rulebooks by which lists are worked out. Where they are others than before, all lists are to be worked out again.
pub(crate) async fn worked_out_by(conn: &mut Conn, rulebooks: &str) -> Result<bool> {
    let insert = "insert into guard (name, value) values ('rulebooks', $1) on conflict (name) do nothing";
    sqlx::query(insert).bind(rulebooks).execute(&mut *conn).await?;
    let update = "update guard set value = $1 where name = 'rulebooks' and value <> $1";
    if sqlx::query(update).bind(rulebooks).execute(&mut *conn).await?.rows_affected() == 0 {
        return Ok(false);
    }
    sqlx::query("update child set next_change_us = 0").execute(conn).await?;
    Ok(true)
}

pub(crate) async fn shared(pool: &Pool, name: &str) -> Result<Option<String>> {
    Ok(sqlx::query_scalar("select value from guard where name = $1").bind(name).fetch_optional(pool).await?)
}

pub(crate) async fn share(conn: &mut Conn, name: &str, value: &str) -> Result<()> {
    let put = "insert into guard (name, value) values ($1, $2) on conflict (name) do update set value = excluded.value";
    sqlx::query(put).bind(name).bind(value).execute(conn).await?;
    Ok(())
}

/// A secret that all servers of the database share: the one that is there, or else this one.
pub(crate) async fn shared_secret(conn: &mut Conn, name: &str, fresh: &str) -> Result<String> {
    let insert = "insert into guard (name, value) values ($1, $2) on conflict (name) do nothing";
    sqlx::query(insert).bind(name).bind(fresh).execute(&mut *conn).await?;
    Ok(sqlx::query_scalar("select value from guard where name = $1").bind(name).fetch_one(conn).await?)
}
