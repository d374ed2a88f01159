//! Read models, written with the record they are derived from: only the rows that changed.

use super::Conn;
use super::deeds::note;
use crate::deeds::RELATION;
use crate::error::Result;
use crate::prepare::{Line, Prepared, json};
use std::collections::HashMap;

/// The statements for one table.
struct Table {
    known: &'static str,
    upsert: &'static str,
    delete: &'static str,
}

/// Writes lines of a list that are new or changed: which columns it has, from which parameter, and under which condition.
macro_rules! upsert {
    ($rows:literal, $guard:expr, $table:literal, $key:ident; $($column:ident $type:ident),*; $also:literal) => {
        concat!(
            "insert into ", $table, " (child_id, ", stringify!($key), $(", ", stringify!($column),)* ") select $1, x.",
            stringify!($key), $(", x.", stringify!($column),)*
            " from ", json_rows!($rows; $key text $(, $column $type)*),
            " where ", $guard, " on conflict (child_id, ", stringify!($key), ") do update set ",
            $(stringify!($column), " = excluded.", stringify!($column), ", ",)* $also
        )
    };
}

/// Takes lines out of a list.
macro_rules! gone {
    ($rows:literal, $guard:expr, $table:literal, $key:literal) => {
        concat!(
            "delete from ", $table, " where child_id = $1 and ", $key, " in (select x.key from ", json_rows!($rows; key text),
            ") and ", $guard
        )
    };
}

macro_rules! upsert_episodes {
    ($rows:literal, $guard:expr) => {
        upsert!($rows, $guard, "episode", id;
            started_us bigint, ended_us bigint, status text, risk text, risk_since_us bigint, reported boolean, last_entry_us bigint,
            last_entry text, last_recorded_us bigint, next_limit_us bigint, next_limit text, next_at_once boolean, interview text,
            interview_due_us bigint, interview_done_us bigint, fingerprint text;
            "child_id = excluded.child_id")
    };
}

macro_rules! upsert_duties {
    ($rows:literal, $guard:expr) => {
        upsert!($rows, $guard, "duty", key;
            episode_id text, rulebook text, rule text, action text, label text, owner text, modality text, state text,
            arises_us bigint, due_us bigint, done_us bigint, remind_us bigint, provisions text, limit_words text, line text,
            silent boolean, open boolean, urgency_us bigint, fingerprint text;
            "alerted = case when excluded.due_us is distinct from duty.due_us then 0 else duty.alerted end")
    };
}

pub(super) use {gone, upsert, upsert_duties, upsert_episodes};

const EPISODES: Table = Table {
    known: "select id, fingerprint from episode where child_id = $1",
    upsert: upsert_episodes!("$2", "true"),
    delete: gone!("$2", "true", "episode", "id"),
};

const DUTIES: Table = Table {
    known: "select key, fingerprint from duty where child_id = $1",
    upsert: upsert_duties!("$2", "true"),
    delete: gone!("$2", "true", "duty", "key"),
};

/// What stood in the child's row before.
#[derive(sqlx::FromRow)]
pub(crate) struct Before {
    pub(crate) head: String,
    folded: String,
    agencies: String,
}

impl Before {
    /// Nothing, for a child that is new.
    pub(crate) fn nothing() -> Before {
        Before { head: String::new(), folded: String::new(), agencies: "[]".to_owned() }
    }
}

/// Writes what is derived in place of what was derived before. Says whether a list changed by it.
pub(crate) async fn replace(conn: &mut Conn, child: &str, before: &Before, now: &Prepared) -> Result<bool> {
    if before.agencies != now.related {
        let agencies = column("agency", &now.agencies)?;
        let add = concat!(
            "insert into child_agency (agency_id, child_id) select x.agency, $1 from ",
            json_rows!("$2"; agency text),
            " where true on conflict do nothing"
        );
        sqlx::query(add).bind(child).bind(&agencies).execute(&mut *conn).await?;
        let gone = concat!(
            "delete from child_agency where child_id = $1 and agency_id not in (select x.agency from ",
            json_rows!("$2"; agency text),
            ") and not exists (select 1 from relation r where r.child_id = $1 and r.agency_id = child_agency.agency_id ",
            "and r.kind <> 'usual')"
        );
        sqlx::query(gone).bind(child).bind(&agencies).execute(&mut *conn).await?;
        let end = concat!(
            "update relation set until_us = 0 where child_id = $1 and kind = 'usual' and until_us is null ",
            "and agency_id not in (select x.agency from ",
            json_rows!("$2"; agency text),
            ") returning id"
        );
        let mut changed: Vec<String> =
            sqlx::query_scalar(end).bind(child).bind(&agencies).fetch_all(&mut *conn).await?;
        // An agency that comes in is what its kind is to a child, until somebody says anything else.
        let relate = concat!(
            "insert into relation (id, child_id, agency_id, kind, from_us, grace_us, reason, made_by, made_us) ",
            "select 'usual:' || $1 || ':' || x.agency, $1, x.agency, 'usual', 0, 0, '', '', 0 from ",
            json_rows!("$2"; agency text),
            " where not exists (select 1 from relation r where r.child_id = $1 and r.agency_id = x.agency) returning id"
        );
        let begun: Vec<String> = sqlx::query_scalar(relate).bind(child).bind(&agencies).fetch_all(&mut *conn).await?;
        changed.extend(begun);
        note(conn, &RELATION, &changed).await?;
    }
    if before.folded != now.folded {
        sqlx::query("delete from child_token where child_id = $1").bind(child).execute(&mut *conn).await?;
        let add = concat!(
            "insert into child_token (token, child_id) select x.token, $1 from ",
            json_rows!("$2"; token text),
            " where true"
        );
        sqlx::query(add).bind(child).bind(column("token", &now.tokens)?).execute(&mut *conn).await?;
    }
    numbers(conn, child, now).await?;
    marks(conn, child, now).await?;
    let episodes = exchange(conn, child, &EPISODES, &now.episodes).await?;
    let duties = exchange(conn, child, &DUTIES, &now.duties).await?;
    Ok(episodes || duties || before.agencies != now.related || before.folded != now.folded)
}

/// The incident numbers by which the child is found.
async fn numbers(conn: &mut Conn, child: &str, now: &Prepared) -> Result<()> {
    let select = "select number from incident where child_id = $1 order by number";
    let known: Vec<String> = sqlx::query_scalar(select).bind(child).fetch_all(&mut *conn).await?;
    if known.iter().eq(now.incidents.iter()) {
        return Ok(());
    }
    sqlx::query("delete from incident where child_id = $1").bind(child).execute(&mut *conn).await?;
    let add = concat!(
        "insert into incident (number, child_id) select x.number, $1 from ",
        json_rows!("$2"; number text),
        " where true"
    );
    sqlx::query(add).bind(child).bind(column("number", &now.incidents)?).execute(conn).await?;
    Ok(())
}

/// The keys by which the records of one child find each other.
async fn marks(conn: &mut Conn, child: &str, now: &Prepared) -> Result<()> {
    let select = "select kind, value from mark where child_id = $1";
    let known: Vec<(String, String)> = sqlx::query_as(select).bind(child).fetch_all(&mut *conn).await?;
    if known.len() == now.marks.len() && known.iter().all(|one| now.marks.contains(one)) {
        return Ok(());
    }
    sqlx::query("delete from mark where child_id = $1").bind(child).execute(&mut *conn).await?;
    let rows: Vec<_> =
        now.marks.iter().map(|(kind, value)| HashMap::from([("kind", kind), ("value", value)])).collect();
    let add = concat!(
        "insert into mark (kind, value, child_id) select x.kind, x.value, $1 from ",
        json_rows!("$2"; kind text, value text),
        " where true"
    );
    sqlx::query(add).bind(child).bind(json(&rows)?).execute(conn).await?;
    Ok(())
}

/// Brings one table up to date.
async fn exchange(conn: &mut Conn, child: &str, table: &Table, lines: &[Line]) -> Result<bool> {
    let known: Vec<(String, String)> = sqlx::query_as(table.known).bind(child).fetch_all(&mut *conn).await?;
    let mut known: HashMap<String, String> = known.into_iter().collect();
    let mut changed: Vec<&str> = Vec::new();
    for line in lines {
        if known.remove(&line.key).is_none_or(|fingerprint| fingerprint != line.fingerprint) {
            changed.push(&line.json);
        }
    }
    if !changed.is_empty() {
        let rows = format!("[{}]", changed.join(","));
        sqlx::query(table.upsert).bind(child).bind(rows).execute(&mut *conn).await?;
    }
    if !known.is_empty() {
        sqlx::query(table.delete).bind(child).bind(column("key", known.keys())?).execute(&mut *conn).await?;
    }
    Ok(!changed.is_empty() || !known.is_empty())
}

/// Texts as a JSON array of objects with one key, which is what `json_rows!` reads.
pub(super) fn column<T: AsRef<str>>(name: &str, texts: impl IntoIterator<Item = T>) -> Result<String> {
    let objects: Vec<_> = texts.into_iter().map(|text| HashMap::from([(name, text.as_ref().to_owned())])).collect();
    json(&objects)
}
