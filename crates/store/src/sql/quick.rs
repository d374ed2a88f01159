//! Continuing a record in one step. Where a server knows what stands in the lists of a child, it need not ask before it writes: one
//! statement on PostgreSQL, one job of SQLite's writer. It writes only if the record and its lists stand as they are known; where they do
//! not, nothing is written, and `append` does it step by step and finds out why.

use super::derived::{gone, upsert, upsert_duties, upsert_episodes};
use super::{Conn, Pool};
use crate::error::Result;
use crate::known::{Known, Step};

const STEP: &str = together!(
    "update child set version = $3, head = $10, name = $11, date_of_birth = $12, photograph = $13, next_change_us = $14, listed = $15 \
     where id = $1 and version = $2 and head = $4 and listed = $5 \
     and not exists (select 1 from write_key where key = $6) returning id",
    concat!(
        "insert into write_key (key, child_id, version, first_seq, made_us) select $6, $1, $3, $7, $8 where ",
        moved!()
    ),
    concat!(
        "insert into chain (child_id, seq, kind, occurred_us, recorded_us, actor, payload, salt, commitment, hash) ",
        "select $1, x.seq, x.kind, x.occurred_us, x.recorded_us, x.actor, x.payload, x.salt, x.commitment, x.hash from ",
        json_rows!("$9"; seq bigint, kind text, occurred_us bigint, recorded_us bigint, actor text, payload text, salt text,
            commitment text, hash text),
        " where ",
        moved!()
    ),
    upsert_episodes!("$18", moved!()),
    gone!("$19", moved!(), "episode", "id"),
    upsert_duties!("$16", moved!()),
    gone!("$17", moved!(), "duty", "key"),
    concat!(
        "insert into change (seq, child_id, kind, first_row) select ",
        change_seq!(),
        ", $1, $20, $7 where ",
        moved!()
    )
);

/// Does the step, if everything stands as it is known. Says whether it did.
pub(crate) async fn step(conn: &mut Conn, step: &Step) -> Result<bool> {
    let query = sqlx::query(STEP)
        .bind(&step.child)
        .bind(step.version)
        .bind(step.next)
        .bind(&step.head_before)
        .bind(&step.listed_before)
        .bind(&step.key)
        .bind(step.version + 1)
        .bind(step.made_us)
        .bind(&step.links)
        .bind(&step.head)
        .bind(&step.name)
        .bind(&step.date_of_birth)
        .bind(&step.photograph)
        .bind(step.next_change_us)
        .bind(&step.listed)
        .bind(&step.duties)
        .bind(&step.duties_gone)
        .bind(&step.episodes)
        .bind(&step.episodes_gone)
        .bind(crate::model::ChangeKind::Record.word());
    Ok(!query.fetch_all(conn).await?.is_empty())
}

/// What stands in the lists of a child. None where there is no such child, or it was not written down yet what stands there.
pub(crate) async fn known(pool: &Pool, child: &str) -> Result<Option<Known>> {
    let select = "select version, head, listed from child where id = $1 and listed <> ''";
    let found: Option<(i64, String, String)> = sqlx::query_as(select).bind(child).fetch_optional(pool).await?;
    let Some((version, head, listed)) = found else { return Ok(None) };
    let select = "select 'episode' as list, id as key, fingerprint from episode where child_id = $1 \
                  union all select 'duty', key, fingerprint from duty where child_id = $1";
    let lines: Vec<(String, String, String)> = sqlx::query_as(select).bind(child).fetch_all(pool).await?;
    let (episodes, duties): (Vec<_>, Vec<_>) = lines.into_iter().partition(|(list, ..)| list == "episode");
    let by_key = |lines: Vec<(String, String, String)>| lines.into_iter().map(|(_, key, print)| (key, print)).collect();
    Ok(Some(Known { version, head, listed, episodes: by_key(episodes), duties: by_key(duties) }))
}
