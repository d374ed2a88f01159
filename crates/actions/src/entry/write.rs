//! Judges rows and appends them, with everything that lists keep; and finds out what became of a write whose answer was lost.

use super::judge::judge;
use super::outcome::{Recorded, other_record, recorded, told};
use crate::app::{App, micros};
use crate::authorise::{Actor, Permit};
use crate::case::{ChildBase, Loaded, derive, load, read};
use crate::queries::{Lens, newer};
use crate::refused::{Refused, Result, TRY_AGAIN};
use engine::case::Case;
use engine::time::Moment;
use serde_json::{Map, Value};
use store::{Appended, Derived, NewRow, RowKind, StoreError};

/// So often a write whose outcome is not known is looked up, and sent again with the same key.
const ATTEMPTS: usize = 3;

/// A row for an entry, recorded now.
pub(crate) fn row(app: &App, actor: &Actor, id: &str, occurred: Moment, mut json: Map<String, Value>) -> NewRow {
    let now = app.now();
    json.insert("recorded_at".into(), app.rules.vocabulary().calendar.stamp(now).into());
    json.insert("id".into(), id.into());
    NewRow {
        kind: RowKind::Entry,
        occurred_us: micros(occurred),
        recorded_us: micros(now),
        actor: actor.person.clone(),
        payload: Value::Object(json).to_string(),
        salt: app.secret(),
        photograph: None,
    }
}

/// Appends rows to a record that was loaded, if the page was not stale, the record still fits together and no rulebook refuses.
pub(crate) async fn write(
    app: &App,
    actor: &Actor,
    permit: &Permit,
    loaded: &Loaded,
    version: i64,
    rows: &[NewRow],
    key: &str,
) -> Result<Recorded> {
    if loaded.record.version != version {
        return Err(stale(app, actor, loaded, version).await?);
    }
    let now = app.now();
    let (file, case, flags) = read(&app.rules, &loaded.record, rows).map_err(|why| {
        tracing::error!(child = %permit.child, %why, "a new entry cannot be read");
        Refused::Unavailable("This cannot be recorded as it is. Tell whoever runs Whereabouts.".into())
    })?;
    let warnings = judge(&app.rules, loaded, &case, &flags, now)?;
    let base = joined(app, loaded, &case).await?;
    let derived = derive(&app.rules, &base, &file, &case, now);
    match append(app, &permit.child, version, rows, &derived, key).await {
        // An earlier attempt went through whose answer was lost: the record may hold more by now than was loaded.
        Ok(done) if done.repeated => recorded(app, actor, &done, warnings).await,
        Ok(done) => {
            let first = rows.first().map_or(("{}", 0), |row| (row.payload.as_str(), row.occurred_us));
            let told = told(&Lens::new(app, actor), first, &file, &case);
            Ok(Recorded { version: done.version, warnings, ..told })
        }
        Err(StoreError::Stale { .. }) => {
            let now_loaded = load(app, permit).await?;
            Err(stale(app, actor, &now_loaded, version).await?)
        }
        Err(StoreError::KeyReused(_)) => Err(other_record()),
        Err(error) => Err(error.into()),
    }
}

/// With the first episode of a child, those come in who work with every child that goes missing: the police could not see a child
/// otherwise who was just reported to them.
async fn joined(app: &App, loaded: &Loaded, case: &Case) -> Result<ChildBase> {
    let mut base = loaded.base.clone();
    if loaded.case.episodes.is_empty() && !case.episodes.is_empty() {
        for agency in app.store.agencies().await? {
            if app.policy.joins_at_first_episode(&agency.kind) && !base.agencies.contains(&agency.id) {
                base.agencies.push(agency.id);
            }
        }
    }
    Ok(base)
}

/// What was recorded since the page was made.
async fn stale(app: &App, actor: &Actor, loaded: &Loaded, version: i64) -> Result<Refused> {
    let lens = Lens::new(app, actor);
    Ok(Refused::Stale { newer: newer(&lens, loaded, version).await?, version: loaded.record.version })
}

/// A failed commit may have happened: the key is looked up before anything is answered.
async fn append(
    app: &App,
    child: &str,
    version: i64,
    rows: &[NewRow],
    derived: &Derived,
    key: &str,
) -> std::result::Result<Appended, StoreError> {
    let mut last = StoreError::Unavailable(TRY_AGAIN.into());
    for _ in 0..ATTEMPTS {
        match app.store.append(child, version, rows, derived, key).await {
            Err(StoreError::Unavailable(why)) => {
                tracing::warn!(%child, %why, "the outcome of a write is not known");
                if let Ok(Some(done)) = app.store.outcome_of(key).await {
                    return Ok(done);
                }
                last = StoreError::Unavailable(why);
            }
            other => return other,
        }
    }
    Err(last)
}
