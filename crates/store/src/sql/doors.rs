//! How people come in: links that open once, passkeys, codes, providers of accounts, and sign-ins that are half way.

use super::deeds::note;
use super::{Conn, Pool};
use crate::chain::sha256;
use crate::deeds::{DOOR, IDENTITY, PASSKEY, PERSON, PROVIDER, TOTP};
use crate::error::Result;
use crate::model::{Ceremony, Door, Passkey, Provider, Sealed, Totp};

/// Makes a link. An older one of the same kind for the same person opens no more.
pub(crate) async fn door_put(conn: &mut Conn, token: &str, door: &Door) -> Result<()> {
    let old = "delete from door where kind = $1 and used_us is null and (person = $2 or (person is null and $2 is null)) \
         returning token_hash";
    let mut changed: Vec<String> =
        sqlx::query_scalar(old).bind(&door.kind).bind(&door.person).fetch_all(&mut *conn).await?;
    let insert =
        "insert into door (token_hash, kind, person, made_us, expires_us, used_us) values ($1, $2, $3, $4, $5, null)";
    sqlx::query(insert)
        .bind(sha256(token))
        .bind(&door.kind)
        .bind(&door.person)
        .bind(door.made_us)
        .bind(door.expires_us)
        .execute(&mut *conn)
        .await?;
    changed.push(sha256(token));
    note(conn, &DOOR, &changed).await
}

pub(crate) async fn door_get(pool: &Pool, token: &str) -> Result<Option<Door>> {
    let select = "select kind, person, made_us, expires_us, used_us from door where token_hash = $1";
    Ok(sqlx::query_as(select).bind(sha256(token)).fetch_optional(pool).await?)
}

/// Goes through a link, if nobody has yet and it still opens.
pub(crate) async fn door_use(conn: &mut Conn, token: &str, now_us: i64) -> Result<bool> {
    let update = "update door set used_us = $2 where token_hash = $1 and used_us is null and expires_us > $2";
    let used = sqlx::query(update).bind(sha256(token)).bind(now_us).execute(&mut *conn).await?.rows_affected() == 1;
    if used {
        note(conn, &DOOR, &[sha256(token)]).await?;
    }
    Ok(used)
}

pub(crate) async fn passkey_put(conn: &mut Conn, passkey: &Passkey) -> Result<()> {
    let insert =
        "insert into passkey (id, person, name, credential, added_us, used_us) values ($1, $2, $3, $4, $5, $6)";
    sqlx::query(insert)
        .bind(&passkey.id)
        .bind(&passkey.person)
        .bind(&passkey.name)
        .bind(&passkey.credential)
        .bind(passkey.added_us)
        .bind(passkey.used_us)
        .execute(&mut *conn)
        .await?;
    note(conn, &PASSKEY, std::slice::from_ref(&passkey.id)).await
}

pub(crate) async fn passkey(pool: &Pool, id: &str) -> Result<Option<Passkey>> {
    let select = "select id, person, name, credential, added_us, used_us from passkey where id = $1";
    Ok(sqlx::query_as(select).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn passkeys_of(pool: &Pool, person: &str) -> Result<Vec<Passkey>> {
    let select =
        "select id, person, name, credential, added_us, used_us from passkey where person = $1 order by added_us, id";
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

pub(crate) async fn passkey_used(conn: &mut Conn, id: &str, credential: &str, now_us: i64) -> Result<()> {
    let update = "update passkey set credential = $2, used_us = $3 where id = $1";
    sqlx::query(update).bind(id).bind(credential).bind(now_us).execute(&mut *conn).await?;
    // It counts how often it was used: that is how a copy of it is noticed.
    note(conn, &PASSKEY, &[id.to_owned()]).await
}

pub(crate) async fn passkey_delete(conn: &mut Conn, person: &str, id: &str) -> Result<bool> {
    let delete = "delete from passkey where person = $1 and id = $2";
    let gone = sqlx::query(delete).bind(person).bind(id).execute(&mut *conn).await?.rows_affected() == 1;
    if gone {
        note(conn, &PASSKEY, &[id.to_owned()]).await?;
    }
    Ok(gone)
}

pub(crate) async fn totp(pool: &Pool, person: &str) -> Result<Option<Totp>> {
    let select = "select person, secret, added_us, confirmed_us, last_step from totp where person = $1";
    Ok(sqlx::query_as(select).bind(person).fetch_optional(pool).await?)
}

/// Begins anew with a secret that no app has shown yet.
pub(crate) async fn totp_put(conn: &mut Conn, totp: &Totp) -> Result<()> {
    let upsert = "insert into totp (person, secret, added_us, confirmed_us, last_step) values ($1, $2, $3, $4, $5) \
                  on conflict (person) do update set secret = excluded.secret, added_us = excluded.added_us, \
                  confirmed_us = excluded.confirmed_us, last_step = excluded.last_step";
    sqlx::query(upsert)
        .bind(&totp.person)
        .bind(&totp.secret)
        .bind(totp.added_us)
        .bind(totp.confirmed_us)
        .bind(totp.last_step)
        .execute(&mut *conn)
        .await?;
    note(conn, &TOTP, std::slice::from_ref(&totp.person)).await
}

/// All texts that are sealed, or should be.
pub(crate) async fn sealed(pool: &Pool) -> Result<Vec<Sealed>> {
    let select = "select 'totp' as what, person as \"row\", secret as text from totp union all \
                  select 'provider', id, client_secret from provider order by 1, 2";
    Ok(sqlx::query_as(select).fetch_all(pool).await?)
}

/// Puts a sealed text in the place of one, if that one still stands there.
pub(crate) async fn seal(conn: &mut Conn, one: &Sealed, sealed: &str) -> Result<bool> {
    let (subject, update) = match one.what.as_str() {
        "totp" => (TOTP, "update totp set secret = $3 where person = $1 and secret = $2"),
        _ => (PROVIDER, "update provider set client_secret = $3 where id = $1 and client_secret = $2"),
    };
    let done = sqlx::query(update).bind(&one.row).bind(&one.text).bind(sealed).execute(&mut *conn).await?;
    let there = done.rows_affected() == 1;
    if there {
        note(conn, &subject, std::slice::from_ref(&one.row)).await?;
    }
    Ok(there)
}

/// Takes the code of a step, once: false if it, or a later one, was taken before.
pub(crate) async fn totp_step(conn: &mut Conn, person: &str, step: i64, now_us: i64) -> Result<bool> {
    let update = "update totp set last_step = $2, confirmed_us = coalesce(confirmed_us, $3) where person = $1 and last_step < $2";
    Ok(sqlx::query(update).bind(person).bind(step).bind(now_us).execute(conn).await?.rows_affected() == 1)
}

pub(crate) async fn totp_delete(conn: &mut Conn, person: &str) -> Result<()> {
    sqlx::query("delete from totp where person = $1").bind(person).execute(&mut *conn).await?;
    note(conn, &TOTP, &[person.to_owned()]).await
}

/// All ways in of a person are taken away: they begin anew by a link.
pub(crate) async fn ways_in_delete(conn: &mut Conn, person: &str) -> Result<()> {
    let select = "select id from passkey where person = $1";
    let passkeys: Vec<String> = sqlx::query_scalar(select).bind(person).fetch_all(&mut *conn).await?;
    for statement in [
        "delete from passkey where person = $1",
        "delete from totp where person = $1",
        "delete from session where person = $1",
        "delete from device where person = $1",
        "update person set password_hash = '' where id = $1",
    ] {
        sqlx::query(statement).bind(person).execute(&mut *conn).await?;
    }
    note(conn, &PASSKEY, &passkeys).await?;
    note(conn, &TOTP, &[person.to_owned()]).await?;
    note(conn, &PERSON, &[person.to_owned()]).await
}

pub(crate) async fn ceremony_put(conn: &mut Conn, ceremony: &Ceremony) -> Result<()> {
    let insert = "insert into ceremony (id, kind, person, body, expires_us) values ($1, $2, $3, $4, $5)";
    sqlx::query(insert)
        .bind(&ceremony.id)
        .bind(&ceremony.kind)
        .bind(&ceremony.person)
        .bind(&ceremony.body)
        .bind(ceremony.expires_us)
        .execute(conn)
        .await?;
    Ok(())
}

pub(crate) async fn ceremony(pool: &Pool, id: &str, kind: &str, now_us: i64) -> Result<Option<Ceremony>> {
    let select =
        "select id, kind, person, body, expires_us from ceremony where id = $1 and kind = $2 and expires_us > $3";
    Ok(sqlx::query_as(select).bind(id).bind(kind).bind(now_us).fetch_optional(pool).await?)
}

/// Takes what is half way, once.
pub(crate) async fn ceremony_take(conn: &mut Conn, id: &str, kind: &str, now_us: i64) -> Result<Option<Ceremony>> {
    let delete = "delete from ceremony where id = $1 and kind = $2 and expires_us > $3 returning id, kind, person, body, expires_us";
    Ok(sqlx::query_as(delete).bind(id).bind(kind).bind(now_us).fetch_optional(conn).await?)
}

/// Adds a provider, or changes it if its version is the one before this one. False if it was changed meanwhile.
pub(crate) async fn provider_put(conn: &mut Conn, provider: &Provider) -> Result<bool> {
    let upsert = "insert into provider (id, agency, name, issuer, client_id, client_secret, rules, active, version, changed_by, \
                  changed_us) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (id) do update set \
                  name = excluded.name, issuer = excluded.issuer, client_id = excluded.client_id, \
                  client_secret = excluded.client_secret, rules = excluded.rules, active = excluded.active, \
                  version = excluded.version, changed_by = excluded.changed_by, changed_us = excluded.changed_us \
                  where provider.version = excluded.version - 1";
    let done = sqlx::query(upsert)
        .bind(&provider.id)
        .bind(&provider.agency)
        .bind(&provider.name)
        .bind(&provider.issuer)
        .bind(&provider.client_id)
        .bind(&provider.client_secret)
        .bind(&provider.rules)
        .bind(provider.active)
        .bind(provider.version)
        .bind(&provider.changed_by)
        .bind(provider.changed_us)
        .execute(&mut *conn)
        .await?;
    let put = done.rows_affected() == 1;
    if put {
        note(conn, &PROVIDER, std::slice::from_ref(&provider.id)).await?;
    }
    Ok(put)
}

pub(crate) async fn providers(pool: &Pool) -> Result<Vec<Provider>> {
    let select = "select id, agency, name, issuer, client_id, client_secret, rules, active, version, changed_by, changed_us from provider \
         order by name, id";
    Ok(sqlx::query_as(select).fetch_all(pool).await?)
}

pub(crate) async fn identity(pool: &Pool, provider: &str, subject: &str) -> Result<Option<String>> {
    let select = "select person from identity where provider = $1 and subject = $2";
    Ok(sqlx::query_scalar(select).bind(provider).bind(subject).fetch_optional(pool).await?)
}

/// Says who is who; what is said already stays.
pub(crate) async fn identity_put(
    conn: &mut Conn,
    provider: &str,
    subject: &str,
    person: &str,
    now_us: i64,
) -> Result<bool> {
    let insert = "insert into identity (provider, subject, person, linked_us) values ($1, $2, $3, $4) \
                  on conflict (provider, subject) do nothing";
    let done = sqlx::query(insert).bind(provider).bind(subject).bind(person).bind(now_us).execute(&mut *conn).await?;
    let linked = done.rows_affected() == 1;
    if linked {
        note(conn, &IDENTITY, &[format!("{provider} {subject}")]).await?;
    }
    Ok(linked)
}
