//! The append path: judges rows and appends them, with everything that lists keep; and finds out what became of a write whose answer was
//! lost. The rulebooks are asked of the whole record, whatever the writer may see of it.

use super::derive::{ChildBase, derive, derive_again};
use super::judge::judge;
use super::kept::Kept;
use super::load::{Opened, opened};
use super::redact::shown_unmarked;
use super::whole::{Whole, places, written};
use crate::app::{App, micros};
use crate::authorise::{Actor, Permit};
use crate::lens::lens;
use crate::refused::{Refused, Result, TRY_AGAIN};
use engine::case::Case;
use engine::time::Moment;
use serde_json::{Map, Value};
use store::{Appended, Derived, NewRow, RowKind, StoreError};
use views::asked::standing;
use views::making::{newer, objections, warning};
use views::{FieldLine, Lens, Record, TimelineItem, Warning};

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

impl Opened {
    /// The form of an entry that stands, as it is kept: the whole of it, whatever this person sees.
    pub fn filled(&self, entry: &str) -> Option<Value> {
        let file = &self.whole.file;
        let root = file.chronology.iter().find(|line| line.id == entry && line.corrects.is_none())?;
        let corrected = casebook::known::corrected(file, None).into_iter().find(|one| one.entry == entry);
        let line = corrected.and_then(|one| file.chronology.iter().find(|line| line.id == one.by)).unwrap_or(root);
        line.filled.as_ref().map(casebook::case_file::Filled::json)
    }

    /// A line of the chronology as it is kept, whatever this person sees of it: without its id and when it was recorded.
    pub fn as_kept(&self, id: &str) -> Option<Map<String, Value>> {
        let payloads = self.whole.rows.iter().filter(|row| row.kind == RowKind::Entry);
        let mut says =
            payloads.filter_map(|row| serde_json::from_str::<Map<String, Value>>(row.payload.as_deref()?).ok());
        let mut found = says.find(|says| says.get("id").and_then(Value::as_str) == Some(id))?;
        for own in ["id", "recorded_at"] {
            found.remove(own);
        }
        Some(found)
    }

    /// What this person recorded before that says the very same and still stands: its place in the record.
    pub fn twin(&self, person: &str, occurred: Moment, json: &Map<String, Value>) -> Option<i64> {
        let seq = self.whole.twin(person, occurred, json)?;
        Some(seq - self.hidden.iter().filter(|hidden| **hidden < seq).count() as i64)
    }
}

/// What came of appending.
pub(crate) struct Appending {
    /// The record as the writer sees it now; of its entries it is not said what they may do about them.
    pub seen: Record,
    /// What somebody should look at; the rows are kept.
    pub warnings: Vec<Warning>,
    /// The place of the first of the rows.
    pub first_seq: i64,
    /// The version after the write.
    pub version: i64,
}

/// Appends rows to a record, if the page was not stale, the record still fits together and no rulebook refuses.
pub(crate) async fn append(
    app: &App,
    actor: &Actor,
    opened: Opened,
    version: i64,
    rows: &[NewRow],
    key: &str,
) -> Result<Appending> {
    // Versions are counted by what its reader sees of a record: not even a number tells of more.
    if opened.seen.version != version {
        return Err(stale(app, actor, &opened, version).await?);
    }
    let Opened { permit, whole, reports, .. } = opened;
    let now = app.now();
    let after = whole.with(&app.rules, rows).map_err(|why| {
        tracing::error!(child = %permit.child, %why, "a new entry cannot be read");
        Refused::Unavailable("This cannot be recorded as it is. Tell whoever runs Whereabouts.".into())
    })?;
    let warnings = judge(&app.rules, &whole, &after, now, reports)?;
    let mut base = joined(app, &whole, &after.case).await?;
    base.name = renamed(rows).unwrap_or(base.name);
    if rows.iter().any(|row| row.kind == RowKind::Place) {
        base.places = places(&whole.rows, rows);
    }
    let kept = standing(&app.rules, whole.kept.as_deref(), &after.case, now);
    let derived = derive_again(&app.rules, &base, &after.file, &kept);
    let done = match send(app, &permit.child, whole.version, rows, &derived, &own_key(&permit, key)).await {
        // An earlier attempt went through whose answer was lost: the record may hold more by now than was loaded.
        Ok(done) if done.repeated => return told(app, permit, &done, warnings).await,
        Ok(done) => done,
        Err(StoreError::Stale { .. }) => {
            let now = self::opened(app, permit).await?;
            return Err(stale(app, actor, &now, version).await?);
        }
        Err(StoreError::KeyReused(_)) => return Err(other_record()),
        Err(error) => return Err(error.into()),
    };
    let version = whole.version;
    let whole = whole.grown(after, written(rows, version, &done.head), done.head).having(kept);
    // What says how records hang together is worked out anew when the record is read next.
    if rows.iter().all(|row| row.kind != RowKind::Same) {
        app.records.put(&permit.child, &whole, app.now_us());
    }
    let shown = shown_unmarked(app, &permit, &whole).await?;
    let warnings = for_these_eyes(app, &whole, &shown.record, warnings);
    let (first_seq, version) = (shown.place(done.first_seq), shown.record.version);
    Ok(Appending { seen: shown.record, warnings, first_seq, version })
}

/// Without what a rulebook remarks only by what its writer does not see: the remark would tell them of it.
fn for_these_eyes(app: &App, whole: &Whole, seen: &Record, mut warnings: Vec<Warning>) -> Vec<Warning> {
    if seen.whole.is_none() || warnings.is_empty() {
        return warnings;
    }
    let remarks = |case: &Case| -> Vec<String> {
        let found = objections(&app.rules, case, app.now()).into_iter();
        found.map(|flag| warning(&app.rules, flag).says).collect()
    };
    let (all, theirs) = (remarks(&whole.case), remarks(&seen.case));
    warnings.retain(|one| theirs.contains(&one.says) || !all.contains(&one.says));
    warnings
}

/// A form's key belongs to the person who was given the form: another's tells nothing, and does nothing.
pub(crate) fn own_key(permit: &Permit, key: &str) -> String {
    format!("{}:{key}", permit.person)
}

/// The answer to an attempt with this key that went through before, if one did.
pub(crate) async fn again(app: &App, opened: &Opened, key: &str) -> Result<Option<Appending>> {
    match app.store.outcome_of(&own_key(&opened.permit, key)).await? {
        None => Ok(None),
        Some(done) if done.child != opened.permit.child => Err(other_record()),
        Some(done) => Ok(Some(told(app, opened.permit.clone(), &done, Vec::new()).await?)),
    }
}

/// What was recorded, told from the record itself.
async fn told(app: &App, permit: Permit, done: &Appended, warnings: Vec<Warning>) -> Result<Appending> {
    let now = opened(app, permit).await?;
    let first_seq = now.place(done.first_seq);
    let version = done.version - now.hidden.iter().filter(|hidden| **hidden <= done.version).count() as i64;
    Ok(Appending { seen: now.seen, warnings, first_seq, version })
}

/// The words for a key that was used for another child.
fn other_record() -> Refused {
    Refused::NotAllowed("This form was used for another record already. Open it again from the child's page.".into())
}

/// With the first episode of a child, those come in who work with every child that goes missing: the police could not see a child
/// otherwise who was just reported to them.
async fn joined(app: &App, before: &Whole, case: &Case) -> Result<ChildBase> {
    let mut base = before.base.clone();
    if before.case.episodes.is_empty() && !case.episodes.is_empty() {
        for agency in app.store.agencies().await? {
            if app.policies.roles().joins_at_first_episode(&agency.kind) && !base.agencies.contains(&agency.id) {
                base.agencies.push(agency.id);
            }
        }
    }
    Ok(base)
}

/// The name at the head of the record, where a row gives the child another.
fn renamed(rows: &[NewRow]) -> Option<String> {
    let people = rows.iter().rev().filter(|row| row.kind == RowKind::Person);
    let says = people.filter_map(|row| serde_json::from_str::<Value>(&row.payload).ok());
    let child = says.into_iter().find(|says| says.get("role").and_then(Value::as_str) == Some("child"))?;
    child.get("name").and_then(Value::as_str).filter(|name| !name.is_empty()).map(String::from)
}

/// What was recorded since the page was made.
async fn stale(app: &App, actor: &Actor, opened: &Opened, version: i64) -> Result<Refused> {
    let lens = lens(app, actor);
    let mut found = newer(&lens, &opened.seen, version);
    let kept: Vec<Kept> = opened.kept().into_iter().filter(|row| opened.place(row.seq) > version).collect();
    let actors: Vec<&str> = kept.iter().map(|row| row.actor.as_str()).collect();
    let writers = app.store.people_known(&actors).await?;
    for row in kept.iter().rev() {
        let by = writers.iter().find(|one| one.id == row.actor).map(|one| one.name.clone()).unwrap_or_default();
        found.push(changed(&lens, row, by));
    }
    Ok(Refused::Stale { newer: found, version: opened.seen.version })
}

/// What somebody wrote meanwhile of a person, a placement or a place: whose page to open, to read all of it.
fn changed(lens: &Lens<'_>, row: &Kept, by: String) -> TimelineItem {
    let title = match row.kind {
        RowKind::Placement => "Where the child lives was changed",
        RowKind::Place => "A place of the child was changed",
        _ if row.text("role") == "child" => "Who the child is was changed",
        _ => "Somebody around the child was changed",
    };
    let texts = [
        ("Name", "name"),
        ("Telephone", "phone"),
        ("Address", "address"),
        ("Why", "details.why"),
        ("Risk", "details.risk"),
    ];
    let line = |(label, key): (&str, &str)| FieldLine {
        label: label.into(),
        value: row.text(key).into(),
        ..FieldLine::default()
    };
    let (occurred, recorded) = (lens.face.when(row.recorded), lens.face.when(row.recorded));
    let fields = texts.into_iter().map(line).filter(|line| !line.value.is_empty()).collect();
    TimelineItem { id: row.id.clone(), title: title.into(), occurred, recorded, by, fields, ..TimelineItem::default() }
}

/// A failed commit may have happened: the key is looked up before anything is answered.
pub(super) async fn send(
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

/// What became of rows that were added by whoever brings records in.
pub(crate) enum Added {
    /// They are there.
    Yes,
    /// They were there already: this key was used before.
    Before,
    /// They do not fit the record; why, for whoever brings them.
    Unreadable(String),
}

/// Adds rows that came from elsewhere at the end of a record, whoever else writes on it meanwhile. History is not refused by rulebooks: what they
/// would refuse is kept without its effect, as in a case file.
pub(crate) async fn add_rows(app: &App, child: &str, rows: Vec<NewRow>, key: &str) -> Result<Added> {
    for _ in 0..ATTEMPTS {
        if app.store.outcome_of(key).await?.is_some() {
            return Ok(Added::Before);
        }
        let whole = Whole::load(app, child).await?;
        let after = match whole.with(&app.rules, &rows) {
            Ok(after) => after,
            Err(why) => return Ok(Added::Unreadable(why)),
        };
        let mut base = joined(app, &whole, &after.case).await?;
        base.name = renamed(&rows).unwrap_or(base.name);
        let derived = derive(&app.rules, &base, &after.file, &after.case, app.now());
        match send(app, child, whole.version, &rows, &derived, key).await {
            Ok(_) => return Ok(Added::Yes),
            Err(StoreError::Stale { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(Refused::Unavailable(TRY_AGAIN.into()))
}
