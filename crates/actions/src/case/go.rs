//! Until when a record is kept, and letting it go: its rows are emptied, and with them every record that was merged into it.

use super::append::own_key;
use super::derive::{ChildBase, derive};
use super::whole::Whole;
use crate::app::{App, micros};
use crate::authorise::Permit;
use crate::refused::{Refused, Result};
use casebook::retention::{KeptAs, WorkedWith};
use engine::time::Moment;
use serde_json::json;
use std::collections::BTreeSet;
use store::{NewRow, RowKind};

/// What a record is called in lists that was let go.
pub(crate) const ERASED: &str = "Erased record";

/// Until when a record is kept, for those who decide on it.
pub(crate) struct Stays {
    /// Every kind that it is of, the longest first; nothing where it cannot be told until when one of them lasts.
    pub kept: Vec<KeptAs>,
    /// An episode is open.
    pub open: bool,
    /// When the last of it was written down: what somebody decided before does not hold any more.
    pub last_us: i64,
    /// The records that it is made of: its own, and those that were merged into it.
    pub records: Vec<String>,
}

impl Stays {
    /// The day until which it is kept, by the longest: `2056-05-05`; none where it cannot be told.
    pub fn until(&self) -> Option<String> {
        self.kept.first().map(|one| one.until.to_string())
    }
}

/// Until when a record is kept. Nothing of it is shown but that.
pub(crate) async fn stays(app: &App, permit: &Permit) -> Result<Stays> {
    stays_of(app, &permit.child).await
}

/// As [`stays`], for the worker, which shows it to nobody.
pub(crate) async fn stays_of(app: &App, child: &str) -> Result<Stays> {
    let whole = Whole::load(app, child).await?;
    let open = whole.case.episodes.iter().any(|episode| episode.end.is_none());
    let last_us = whole.rows.iter().map(|row| row.recorded_us).max().unwrap_or_default();
    let (file, case) = (whole.file.clone(), whole.case.clone());
    let records: Vec<String> = all_of(app, whole).await?.into_iter().map(|one| one.base.id).collect();
    let agencies = worked_with(app, &records).await?;
    let kept = app.retention().kept(app.rules.vocabulary(), (&file, &case), &agencies, app.now());
    Ok(Stays { kept, open, last_us, records })
}

/// The agencies that work with a child, or did: whoever was barred as well, since what they wrote is there.
async fn worked_with(app: &App, records: &[String]) -> Result<Vec<WorkedWith>> {
    let mut ids = BTreeSet::new();
    for record in records {
        ids.extend(app.store.relations_of_child(record).await?.into_iter().filter_map(|one| one.agency_id));
    }
    let agencies = app.store.agencies().await?.into_iter().filter(|one| ids.contains(&one.id));
    Ok(agencies.map(|one| WorkedWith { kind: one.kind, name: one.name }).collect())
}

/// A record with those that were merged into it, itself last.
async fn all_of(app: &App, whole: Whole) -> Result<Vec<Whole>> {
    let mut all: Vec<Whole> = Vec::new();
    let mut held: Vec<String> = whole.same.holds.iter().map(|one| one.child.clone()).collect();
    while let Some(child) = held.pop() {
        let one = Whole::load(app, &child).await?;
        // One that was taken out again is a record of its own.
        let into = one.same.into.as_deref();
        let is_held = into.is_some_and(|into| into == whole.base.id || all.iter().any(|a| a.base.id == into));
        if is_held {
            held.extend(one.same.holds.iter().map(|one| one.child.clone()));
            all.push(one);
        }
    }
    all.reverse();
    all.push(whole);
    Ok(all)
}

/// Lets a record go. Those that were merged into it go first: whatever is interrupted, the rest is still on the list.
pub(crate) async fn let_go(app: &App, permit: &Permit, says: &serde_json::Value, key: &str) -> Result<()> {
    let whole = Whole::load(app, &permit.child).await?;
    let all = all_of(app, whole).await?;
    for (n, one) in all.iter().enumerate() {
        go(app, permit, one, says, &format!("{}:{n}", own_key(permit, key))).await?;
    }
    Ok(())
}

async fn go(app: &App, permit: &Permit, whole: &Whole, says: &serde_json::Value, key: &str) -> Result<()> {
    // The rows as the store has them: those that went elsewhere by a merger are there too.
    let rows = app.store.record(&whole.base.id).await?.rows;
    let erases: Vec<i64> =
        rows.iter().filter(|row| row.kind != RowKind::Erasure && row.payload.is_some()).map(|row| row.seq).collect();
    if erases.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let mut payload = says.clone();
    payload["erases"] = json!(erases);
    let row = NewRow {
        kind: RowKind::Erasure,
        occurred_us: micros(now),
        recorded_us: micros(now),
        actor: permit.person.clone(),
        payload: payload.to_string(),
        salt: app.secret(),
        photograph: None,
    };
    let derived = emptied(app, whole, now)?;
    app.store.let_go(&whole.base.id, rows.len() as i64, &row, &derived, key).await?;
    app.records.forget(&whole.base.id);
    app.told.forget(&whole.base.id);
    // Whoever restores an older backup finds here what has to be let go again.
    tracing::info!(record = %whole.base.id, "a record was let go");
    Ok(())
}

/// What lists keep of a record that says nothing any more.
fn emptied(app: &App, whole: &Whole, now: Moment) -> Result<store::Derived> {
    let base = ChildBase { id: whole.base.id.clone(), name: ERASED.into(), ..ChildBase::default() };
    let empty = Whole::read(&app.rules, base, Vec::new(), whole.local.clone()).map_err(|why| {
        tracing::error!(%why, "an empty record cannot be read");
        Refused::Unavailable(
            "This record cannot be let go now. Tell whoever runs Whereabouts; nothing was changed.".into(),
        )
    })?;
    Ok(derive(&app.rules, &empty.base, &empty.file, &empty.case, now))
}
