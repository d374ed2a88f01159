//! Writing on a record: the key, the version, the rows of the chain, the read models and the change, in one transaction.

use super::Conn;
use super::derived::{Before, replace};
use super::photographs;
use crate::chain::links;
use crate::error::{Result, StoreError};
use crate::model::{Appended, ChangeKind};
use crate::prepare::{Prepared, Write, json};

/// Adds a child, or continues its record.
pub(crate) async fn append(conn: &mut Conn, write: &Write) -> Result<Appended> {
    let Write { child, version, rows, derived, key, created_us } = write;
    let answer = Appended {
        child: child.clone(),
        version: version + rows.len() as i64,
        first_seq: version + 1,
        head: String::new(),
        repeated: false,
    };
    let made_us = rows.iter().map(|r| r.recorded_us).chain(*created_us).max().unwrap_or(0);
    if let Some(first) = claim(conn, key, &answer, made_us).await? {
        // A child that is added again under the same key has got another id: the first one is the answer.
        let same = if created_us.is_some() { first.first_seq == 1 } else { first.child == *child };
        return if same { Ok(first) } else { Err(StoreError::KeyReused(key.clone())) };
    }
    let before = match created_us {
        Some(created) => {
            add_child(conn, child, *created, derived).await?;
            Before::nothing()
        }
        None => advance(conn, child, *version, answer.version).await?,
    };
    let links = links(child, *version, &before.head, rows);
    let insert = concat!(
        "insert into chain (child_id, seq, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash) ",
        "select $1, x.seq, x.kind, x.occurred_us, x.recorded_us, x.actor, x.payload, x.salt, x.commitment, x.hash from ",
        json_rows!("$2"; seq bigint, kind text, occurred_us bigint, recorded_us bigint, actor text, payload text, salt text,
            commitment text, hash text)
    );
    sqlx::query(insert).bind(child).bind(json(&links)?).execute(&mut *conn).await?;
    photographs::keep(conn, child, rows).await?;
    let head = links.last().map_or(&before.head, |link| &link.hash);
    summarise(conn, child, answer.version, head, derived).await?;
    replace(conn, child, &before, derived).await?;
    tell_from(conn, child, ChangeKind::Record, answer.first_seq).await?;
    Ok(Appended { head: head.clone(), ..answer })
}

/// Takes the key for this write, or returns the answer of the write that has it.
async fn claim(conn: &mut Conn, key: &str, answer: &Appended, made_us: i64) -> Result<Option<Appended>> {
    let insert = "insert into write_key (key, child_id, version, first_seq, made_us) values ($1, $2, $3, $4, $5) \
                  on conflict (key) do nothing";
    let insert =
        sqlx::query(insert).bind(key).bind(&answer.child).bind(answer.version).bind(answer.first_seq).bind(made_us);
    if insert.execute(&mut *conn).await?.rows_affected() == 1 {
        return Ok(None);
    }
    let select = "select child_id, version, first_seq from write_key where key = $1";
    let (child, version, first_seq) = sqlx::query_as(select).bind(key).fetch_one(&mut *conn).await?;
    Ok(Some(Appended { child, version, first_seq, head: String::new(), repeated: true }))
}

async fn add_child(conn: &mut Conn, child: &str, created_us: i64, derived: &Prepared) -> Result<()> {
    let insert = "insert into child (id, created_us, version, head, name, folded, agencies) values ($1, $2, 0, '', $3, '', '[]') \
                  on conflict (id) do nothing";
    let insert = sqlx::query(insert).bind(child).bind(created_us).bind(&derived.name);
    match insert.execute(&mut *conn).await?.rows_affected() {
        0 => Err(StoreError::Taken(format!("the id `{child}`"))),
        _ => Ok(()),
    }
}

/// Moves the record on from the version that the caller knows. From here to the commit nobody else writes on it.
pub(super) async fn advance(conn: &mut Conn, child: &str, from: i64, to: i64) -> Result<Before> {
    let update = "update child set version = $3 where id = $1 and version = $2 returning head, folded, agencies";
    let before = sqlx::query_as(update).bind(child).bind(from).bind(to).fetch_optional(&mut *conn).await?;
    if let Some(before) = before {
        return Ok(before);
    }
    let version =
        sqlx::query_scalar("select version from child where id = $1").bind(child).fetch_optional(conn).await?;
    Err(match version {
        Some(current_version) => StoreError::Stale { current_version },
        None => StoreError::NoSuchChild(child.to_owned()),
    })
}

pub(super) async fn summarise(
    conn: &mut Conn,
    child: &str,
    version: i64,
    head: &str,
    derived: &Prepared,
) -> Result<()> {
    let update = "update child set version = $2, head = $3, name = $4, folded = $5, date_of_birth = $6, photograph = $7, \
                  agencies = $8, next_change_us = $9, merged_into = $10, listed = $11 where id = $1";
    sqlx::query(update)
        .bind(child)
        .bind(version)
        .bind(head)
        .bind(&derived.name)
        .bind(&derived.folded)
        .bind(&derived.date_of_birth)
        .bind(&derived.photograph)
        .bind(&derived.related)
        .bind(derived.next_change_us)
        .bind(&derived.merged_into)
        .bind(derived.listed())
        .execute(conn)
        .await?;
    Ok(())
}

/// Works the read models of a version again. Says whether it still is that version.
pub(crate) async fn refresh(conn: &mut Conn, child: &str, version: i64, derived: &Prepared) -> Result<bool> {
    let before = match advance(conn, child, version, version).await {
        Err(StoreError::Stale { .. }) => return Ok(false),
        other => other?,
    };
    summarise(conn, child, version, &before.head, derived).await?;
    if replace(conn, child, &before, derived).await? {
        tell(conn, child, ChangeKind::Derived).await?;
    }
    Ok(true)
}

/// Notes a change for live pages.
pub(crate) async fn tell(conn: &mut Conn, child: &str, kind: ChangeKind) -> Result<()> {
    tell_from(conn, child, kind, 0).await
}

/// Notes that rows were written from this place on.
async fn tell_from(conn: &mut Conn, child: &str, kind: ChangeKind, first_row: i64) -> Result<()> {
    let insert =
        concat!("insert into change (seq, child_id, kind, first_row) values (", change_seq!(), ", $1, $2, $3)");
    sqlx::query(insert).bind(child).bind(kind.word()).bind(first_row).execute(conn).await?;
    Ok(())
}
