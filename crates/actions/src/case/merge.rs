//! Makes two records one, and two of one again: the rows of both chains, and everything that lists keep, in one transaction.

use super::append::own_key;
use super::carry::{carried, parted};
use super::derive::derive;
use super::load::{Opened, opened};
use super::same::{Held, Same};
use super::whole::{Whole, written};
use crate::app::{App, micros, moment};
use crate::authorise::{Actor, Permit};
use crate::refused::{Refused, Result};
use casebook::likeness::Marks;
use engine::time::Moment;
use serde_json::json;
use std::collections::BTreeSet;
use store::{Joined, NewRow, RowKind};
use views::Record;

/// A record as somebody sees it, with what it is known by.
pub(crate) struct Seen {
    /// The record.
    pub record: Record,
    /// What the child is known by, of what they see.
    pub marks: Marks,
    /// When it was opened.
    pub opened: Moment,
    /// The records that were found to be of other children.
    pub apart: BTreeSet<String>,
    /// The records that it holds.
    pub holds: Vec<Held>,
}

/// A record, for whoever looks whether it is of the same child as another.
pub(crate) async fn seen(app: &App, permit: Permit) -> Result<Seen> {
    let Opened { seen: record, whole, .. } = opened(app, permit).await?;
    let marks = Marks::of(app.rules.vocabulary(), &record.name, &record.file);
    let opened = whole.rows.first().map_or(app.now(), |row| moment(row.recorded_us));
    Ok(Seen { record, marks, opened, apart: whole.same.apart, holds: whole.same.holds })
}

/// What a child is known by, by the whole record: for whoever runs the server.
pub(crate) async fn marks_of(app: &App, child: &str) -> Result<(String, Marks)> {
    let whole = Whole::load(app, child).await?;
    let marks = Marks::of(app.rules.vocabulary(), &whole.base.name, &whole.file);
    Ok((whole.base.name, marks))
}

fn now_row(app: &App, actor: &Actor, kind: RowKind, payload: String) -> NewRow {
    let now = micros(app.now());
    NewRow {
        kind,
        occurred_us: now,
        recorded_us: now,
        actor: actor.person.clone(),
        payload,
        salt: app.secret(),
        photograph: None,
    }
}

pub(super) fn same_row(app: &App, actor: &Actor, says: &Same) -> NewRow {
    // Plain data is always JSON.
    now_row(app, actor, RowKind::Same, serde_json::to_string(says).unwrap_or_default())
}

/// The entry that tells of it.
fn told(app: &App, actor: &Actor, event: &str, name: &str, why: &str) -> NewRow {
    let stamp = app.rules.vocabulary().calendar.stamp(app.now());
    let mut says = json!({
        "id": app.new_id(), "event": event, "occurred_at": stamp, "recorded_at": stamp, "by_name": actor.name, "other_record": name,
    });
    // Some posts are no roles of the protocols.
    if app.rules.vocabulary().roles.iter().any(|role| role.id == actor.role) {
        says["by"] = json!(actor.role);
    }
    if !why.is_empty() {
        says["note"] = json!(why);
    }
    now_row(app, actor, RowKind::Entry, says.to_string())
}

/// A row that says that two records are of two children.
pub(crate) fn apart(app: &App, actor: &Actor, other: &str) -> NewRow {
    same_row(app, actor, &Same::Apart { child: other.into() })
}

/// That two were found to be of two children was an error.
pub(crate) fn perhaps(app: &App, actor: &Actor, other: &str) -> NewRow {
    same_row(app, actor, &Same::Perhaps { child: other.into() })
}

/// Reads a record with more rows at its end.
pub(super) fn read_with(app: &App, whole: &Whole, more: &[NewRow]) -> Result<Whole> {
    let mut rows = (*whole.rows).clone();
    rows.extend(written(more, whole.version, ""));
    Whole::read(&app.rules, whole.base.clone(), rows, whole.local.clone()).map_err(|why| {
        tracing::error!(child = %whole.base.id, %why, "the two records cannot be read as one");
        Refused::Unavailable(
            "These records cannot be made one as they are. Tell whoever runs Whereabouts; nothing was changed.".into(),
        )
    })
}

/// Merges another record into this one.
pub(crate) async fn merge(app: &App, actor: &Actor, here: Opened, other: Opened, why: &str, key: &str) -> Result<()> {
    let (one, two) = (here.whole, other.whole);
    let key = own_key(&here.permit, key);
    let (rows, renamed) = carried(app, &one, &two);
    let of_places = renamed.iter().filter(|(of, _, _)| of == "placement");
    let places = of_places.map(|(_, new, old)| (old.clone(), new.clone())).collect();
    let mut all = vec![
        told(app, actor, "record.merged", &two.base.name, why),
        same_row(app, actor, &Same::Holds { child: two.base.id.clone(), rows: rows.len() as i64, renamed }),
    ];
    all.extend(rows);
    let after = read_with(app, &one, &all)?;
    let back = [
        told(app, actor, "record.merged", &one.base.name, why),
        same_row(app, actor, &Same::Into { child: one.base.id.clone() }),
    ];
    let gone = read_with(app, &two, &back)?;
    let mut base = after.base.clone();
    base.agencies.extend(two.base.agencies.iter().filter(|agency| !one.base.agencies.contains(agency)).cloned());
    let derived = derive(&app.rules, &base, &after.file, &after.case, app.now());
    let left = derive(&app.rules, &gone.base, &gone.file, &gone.case, app.now());
    let joined = Joined {
        key,
        one: (one.base.id, one.version, all, derived),
        two: (two.base.id, two.version, back.to_vec(), left),
        places,
    };
    app.store.merge(joined).await?;
    Ok(())
}

/// Takes a record out of this one again.
pub(crate) async fn part(app: &App, actor: &Actor, here: Opened, other: &str, why: &str, key: &str) -> Result<()> {
    let one = here.whole;
    let held = one.same.holds.iter().rfind(|held| held.child == other).cloned().ok_or(Refused::NotFound)?;
    let two = Whole::load(app, other).await?;
    let (moved, rows, child) = parted(app, &one, &held);
    let mut all = vec![
        told(app, actor, "record.parted", &two.base.name, why),
        same_row(app, actor, &Same::Parts { child: other.into(), holds: held.seq, moved }),
    ];
    all.extend(child);
    let after = read_with(app, &one, &all)?;
    let mut back = vec![
        told(app, actor, "record.parted", &one.base.name, why),
        same_row(app, actor, &Same::Out { child: one.base.id.clone() }),
        // They were found to be two: nobody is asked again.
        same_row(app, actor, &Same::Apart { child: one.base.id.clone() }),
    ];
    back.extend(rows);
    let restored = read_with(app, &two, &back)?;
    let mut base = after.base.clone();
    base.agencies = app.store.agencies_without(&base.id, other).await?;
    let derived = derive(&app.rules, &base, &after.file, &after.case, app.now());
    let again = derive(&app.rules, &restored.base, &restored.file, &restored.case, app.now());
    let key = own_key(&here.permit, key);
    let joined = Joined {
        key,
        one: (base.id, one.version, all, derived),
        two: (two.base.id, two.version, back, again),
        places: Vec::new(),
    };
    app.store.part(joined).await?;
    Ok(())
}
