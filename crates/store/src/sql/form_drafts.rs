//! Forms half filled in.

use super::{Conn, Pool};
use crate::error::Result;
use crate::model::{DraftSaved, FormDraft};

/// `drafts!("where id = $1")`: drafts with all their columns.
macro_rules! drafts {
    ($which:literal) => {
        concat!(
            "select id, person_id, child_id, subject, rulebook, edition, form, body, beside, place, version, begun_us, saved_us from form_draft ",
            $which
        )
    };
}

/// Saves a draft that was read at `draft.version`; at 0 it is begun. One statement decides, so that of two places that save at once
/// exactly one is told.
/// `shown`: whoever saves was shown what is overwritten.
pub(crate) async fn save(conn: &mut Conn, draft: &FormDraft, shown: bool) -> Result<DraftSaved> {
    if draft.version == 0 {
        let insert = "insert into form_draft (id, person_id, child_id, rulebook, edition, form, body, beside, place, version, begun_us, saved_us, subject) \
                      values ($1, $2, $3, $4, $5, $6, $7, '', $9, 1, $8, $8, $10) on conflict do nothing";
        let begun = sqlx::query(insert)
            .bind(&draft.id)
            .bind(&draft.person_id)
            .bind(&draft.child_id)
            .bind(&draft.rulebook)
            .bind(&draft.edition)
            .bind(&draft.form)
            .bind(&draft.body)
            .bind(draft.saved_us)
            .bind(&draft.place)
            .bind(&draft.subject)
            .execute(&mut *conn)
            .await?;
        if begun.rows_affected() == 1 {
            return Ok(DraftSaved::At(1));
        }
    }
    // A page that saved it last saves again, also where the answer to its last attempt was lost. What is overwritten by somebody who was
    // shown it stands beside it from then on.
    let update = "update form_draft set body = $1, version = version + 1, saved_us = $2, edition = $6, place = $7, \
                  beside = case when $8 <> 0 and body <> $1 then body when beside = $1 then '' else beside end \
                  where id = $3 and person_id = $4 and (version = $5 or place = $7) returning version";
    let saved: Option<i64> = sqlx::query_scalar(update)
        .bind(&draft.body)
        .bind(draft.saved_us)
        .bind(&draft.id)
        .bind(&draft.person_id)
        .bind(draft.version)
        .bind(&draft.edition)
        .bind(&draft.place)
        .bind(i64::from(shown))
        .fetch_optional(&mut *conn)
        .await?;
    if let Some(version) = saved {
        return Ok(DraftSaved::At(version));
    }
    let beside = sqlx::query("update form_draft set beside = $1 where id = $2 and person_id = $3")
        .bind(&draft.body)
        .bind(&draft.id)
        .bind(&draft.person_id)
        .execute(&mut *conn)
        .await?;
    if beside.rows_affected() == 1 {
        return Ok(DraftSaved::Beside);
    }
    // The same form was begun in another place before this page had saved anything: there is one draft of it, and this stands beside it.
    let twin = "update form_draft set beside = case when body <> $1 then $1 else beside end \
                where person_id = $2 and child_id = $3 and subject = $4 and subject <> '' and $5 = 0 returning id";
    let twin: Option<String> = sqlx::query_scalar(twin)
        .bind(&draft.body)
        .bind(&draft.person_id)
        .bind(&draft.child_id)
        .bind(&draft.subject)
        .bind(draft.version)
        .fetch_optional(conn)
        .await?;
    Ok(twin.map_or(DraftSaved::Gone, DraftSaved::BesideAnother))
}

/// The draft of this person, child and subject.
pub(crate) async fn of_subject(pool: &Pool, person: &str, child: &str, subject: &str) -> Result<Option<FormDraft>> {
    let select = drafts!("where person_id = $1 and child_id = $2 and subject = $3 and subject <> ''");
    Ok(sqlx::query_as(select).bind(person).bind(child).bind(subject).fetch_optional(pool).await?)
}

/// Takes over what was typed: nothing stands beside it any more.
pub(crate) async fn settle(conn: &mut Conn, person: &str, id: &str) -> Result<()> {
    let settle = "update form_draft set beside = '' where id = $1 and person_id = $2";
    sqlx::query(settle).bind(id).bind(person).execute(conn).await?;
    Ok(())
}

pub(crate) async fn get(pool: &Pool, person: &str, id: &str) -> Result<Option<FormDraft>> {
    let select = drafts!("where person_id = $1 and id = $2");
    Ok(sqlx::query_as(select).bind(person).bind(id).fetch_optional(pool).await?)
}

pub(crate) async fn of_person(pool: &Pool, person: &str) -> Result<Vec<FormDraft>> {
    let select = drafts!("where person_id = $1 order by saved_us desc, id");
    Ok(sqlx::query_as(select).bind(person).fetch_all(pool).await?)
}

pub(crate) async fn of_child(pool: &Pool, person: &str, child: &str) -> Result<Vec<FormDraft>> {
    let select = drafts!("where person_id = $1 and child_id = $2 order by saved_us desc, id");
    Ok(sqlx::query_as(select).bind(person).bind(child).fetch_all(pool).await?)
}

pub(crate) async fn delete(conn: &mut Conn, person: &str, id: &str) -> Result<()> {
    let delete = "delete from form_draft where person_id = $1 and id = $2";
    sqlx::query(delete).bind(person).bind(id).execute(conn).await?;
    Ok(())
}
