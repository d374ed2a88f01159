//! Signing in: sessions by the hash of their token, and the attempts that failed.

use super::{Conn, Pool};
use crate::chain::sha256;
use crate::error::Result;
use crate::model::Session;

pub(crate) async fn session_put(conn: &mut Conn, session: &Session) -> Result<()> {
    let insert = "insert into session (token_hash, person, csrf, created_us, seen_us, expires_us) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(insert)
        .bind(sha256(&session.token))
        .bind(&session.person)
        .bind(&session.csrf)
        .bind(session.created_us)
        .bind(session.seen_us)
        .bind(session.expires_us)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn session_get(pool: &Pool, token: &str, now_us: i64) -> Result<Option<Session>> {
    let select =
        "select person, csrf, created_us, seen_us, expires_us from session where token_hash = $1 and expires_us > $2";
    let found = sqlx::query_as(select).bind(sha256(token)).bind(now_us).fetch_optional(pool).await?;
    Ok(found.map(|(person, csrf, created_us, seen_us, expires_us)| Session {
        token: token.to_owned(),
        person,
        csrf,
        created_us,
        seen_us,
        expires_us,
    }))
}

pub(crate) async fn session_touch(conn: &mut Conn, token: &str, now_us: i64, expires_us: i64) -> Result<()> {
    let update = "update session set seen_us = $2, expires_us = $3 where token_hash = $1";
    sqlx::query(update).bind(sha256(token)).bind(now_us).bind(expires_us).execute(conn).await?;
    Ok(())
}

pub(crate) async fn session_delete(conn: &mut Conn, token: &str) -> Result<()> {
    sqlx::query("delete from session where token_hash = $1").bind(sha256(token)).execute(conn).await?;
    Ok(())
}

pub(crate) async fn note_attempt(conn: &mut Conn, username: &str, address: &str, now_us: i64) -> Result<()> {
    let insert = "insert into attempt (username, address, at_us) values ($1, $2, $3)";
    sqlx::query(insert).bind(username.trim().to_lowercase()).bind(address).bind(now_us).execute(conn).await?;
    Ok(())
}

pub(crate) async fn attempts(pool: &Pool, username: &str, since_us: i64) -> Result<i64> {
    let select = "select count(*) from attempt where username = $1 and at_us >= $2";
    Ok(sqlx::query_scalar(select).bind(username.trim().to_lowercase()).bind(since_us).fetch_one(pool).await?)
}

pub(crate) async fn attempts_from(pool: &Pool, address: &str, since_us: i64) -> Result<i64> {
    let select = "select count(*) from attempt where address = $1 and at_us >= $2";
    Ok(sqlx::query_scalar(select).bind(address).bind(since_us).fetch_one(pool).await?)
}

pub(crate) async fn forget_attempts(conn: &mut Conn, username: &str) -> Result<()> {
    sqlx::query("delete from attempt where username = $1").bind(username.trim().to_lowercase()).execute(conn).await?;
    Ok(())
}
