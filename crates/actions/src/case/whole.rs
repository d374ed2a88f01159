//! The whole of a child's record: rows of the store, the case file they are, the case that the engine sees. Only this folder sees it.

use super::derive::ChildBase;
use super::same::{Standing, settle};
use super::text::known_text;
use crate::app::{App, moment};
use crate::refused::{Refused, Result, not_related};
use casebook::case_file::{CaseFile, Faults, Rows};
use casebook::known::{Flag, known};
use casebook::rules::Rules;
use engine::case::Case;
use engine::time::Moment;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;
use store::{NewRow, Row, RowKind};
use views::{Record, Written};

/// A record, ready to be worked with.
pub(super) struct Whole {
    /// Name and agencies.
    pub base: ChildBase,
    /// The number of its rows.
    pub version: i64,
    /// What it says about other records.
    pub same: Standing,
    /// The rows. Those that went back to another record say nothing any more.
    pub rows: Vec<Row>,
    /// What areas have set of their rulebooks; empty where nothing is.
    pub(super) local: String,
    read: Rows,
    /// As a case file.
    pub file: Arc<CaseFile>,
    /// As the engine sees it.
    pub case: Arc<Case>,
    /// What does not fit together in it.
    pub flags: Arc<Vec<Flag>>,
}

/// A record with rows at its end that are not written yet.
pub(super) struct After {
    read: Rows,
    /// As a case file.
    pub file: Arc<CaseFile>,
    /// As the engine sees it.
    pub case: Arc<Case>,
    /// What does not fit together in it.
    pub flags: Arc<Vec<Flag>>,
}

impl Whole {
    /// Reads the record of a child.
    pub async fn load(app: &App, child: &str) -> Result<Whole> {
        Whole::stored(app, child).await?.map_err(|why| {
            tracing::error!(%child, %why, "the record cannot be read");
            Refused::Unavailable(
                "The record of this child cannot be read. Tell whoever runs Whereabouts; nothing is lost.".into(),
            )
        })
    }

    /// Reads the record of a child, or says what is wrong with it.
    pub async fn stored(app: &App, child: &str) -> Result<std::result::Result<Whole, String>> {
        let base = base(app, child).await?;
        let record = app.store.record(child).await?;
        let local = crate::setting::local_text(app).await?;
        Ok(Whole::read(&app.rules, base, record.rows, local))
    }

    /// Reads rows, each once.
    ///
    /// # Errors
    /// What is wrong with them: nothing that was recorded through actions.
    pub fn read(
        rules: &Rules,
        mut base: ChildBase,
        mut rows: Vec<Row>,
        local: String,
    ) -> std::result::Result<Whole, String> {
        let same = settle(&mut rows);
        base.into.clone_from(&same.into);
        let parts = rows.iter().filter_map(|r| Some((r.kind, r.payload.as_deref()?)));
        let After { read, file, case, flags } = read_all(rules, &base.id, &local, parts)?;
        Ok(Whole { base, version: rows.len() as i64, same, rows, local, read, file, case, flags })
    }

    /// With rows that are about to be appended.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn with(&self, rules: &Rules, more: &[NewRow]) -> std::result::Result<After, String> {
        if more.iter().all(|row| row.kind == RowKind::Entry) {
            // What is there was read already, and is not read again.
            let mut read = self.read.clone();
            read.add(rules.vocabulary(), more.iter().map(|row| row.payload.as_str())).map_err(|f| said(&f))?;
            return after(rules, read);
        }
        let old = self.rows.iter().filter_map(|r| Some((r.kind, r.payload.as_deref()?)));
        let new = more.iter().map(|r| (r.kind, r.payload.as_str()));
        read_all(rules, &self.base.id, &self.local, old.chain(new))
    }

    /// The record with the rows that were appended.
    pub fn grown(self, after: After, rows: &[NewRow], version: i64) -> Whole {
        let mut all = self.rows;
        extend(&mut all, rows);
        Whole {
            base: self.base,
            version,
            same: self.same,
            rows: all,
            local: self.local,
            read: after.read,
            file: after.file,
            case: after.case,
            flags: after.flags,
        }
    }

    /// As it is shown, with nothing taken out yet.
    pub async fn record(&self, app: &App) -> Result<Record> {
        let rows = |kind: RowKind| self.rows.iter().filter(move |r| r.kind == kind && r.payload.is_some());
        // Lines of facts are in the order of their rows, as entries are.
        let entries = rows(RowKind::Entry).zip(self.file.chronology.iter().map(|line| &line.id));
        let facts = rows(RowKind::Fact).zip(self.file.facts.iter().map(|line| &line.id));
        let mut names: HashMap<&str, (String, String)> = HashMap::new();
        let mut written: HashMap<String, Written> = HashMap::with_capacity(self.rows.len());
        for (row, id) in entries.chain(facts) {
            if !names.contains_key(row.actor.as_str()) {
                let person = app.store.person(&row.actor).await?.unwrap_or_default();
                names.insert(&row.actor, (person.name, person.agency));
            }
            let (name, agency) = names.get(row.actor.as_str()).cloned().unwrap_or_default();
            let person = row.actor.clone();
            written.insert(id.clone(), Written { seq: row.seq, person, name, agency, ..Written::default() });
        }
        Ok(Record {
            id: self.base.id.clone(),
            name: self.base.name.clone(),
            version: self.version,
            file: self.file.clone(),
            case: self.case.clone(),
            flags: self.flags.clone(),
            written: Arc::new(written),
            whole: None,
            glass: false,
            sees: Vec::new(),
            records: Vec::new(),
            waives: false,
        })
    }

    /// The row of an entry of this person that says the very same and still stands. Whoever goes back to a form that was saved and saves
    /// it once more sends it with a new key, and still means one entry.
    pub fn twin(&self, person: &str, occurred: Moment, json: &Map<String, Value>) -> Option<i64> {
        let same = |row: &&Row| {
            let entry = row.kind == RowKind::Entry && row.actor == person;
            entry && moment(row.occurred_us).minute() == occurred.minute()
        };
        self.rows.iter().filter(same).rev().find_map(|row| {
            let mut payload: Map<String, Value> = serde_json::from_str(row.payload.as_deref()?).ok()?;
            let id = payload.remove("id")?;
            payload.remove("recorded_at");
            let stands = || self.case.entries.iter().any(|e| Some(e.id.as_str()) == id.as_str());
            (payload == *json && stands()).then_some(row.seq)
        })
    }
}

/// Adds rows that are new at the end of rows of the store, as they will stand there; their hashes are the store's to make.
pub(super) fn extend(rows: &mut Vec<Row>, more: &[NewRow]) {
    rows.extend(more.iter().zip(rows.len() as i64 + 1..).map(|(row, seq)| Row {
        seq,
        kind: row.kind,
        occurred_us: row.occurred_us,
        recorded_us: row.recorded_us,
        actor: row.actor.clone(),
        payload: Some(row.payload.clone()),
        hash: String::new(),
    }));
}

/// A record of these rows, below which stands what areas have set of their rulebooks.
///
/// # Errors
/// What is wrong with them.
pub(super) fn read_all<'t>(
    rules: &'t Rules,
    child: &str,
    local: &'t str,
    parts: impl Iterator<Item = (RowKind, &'t str)>,
) -> std::result::Result<After, String> {
    let below = Some((RowKind::Setting, local)).filter(|(_, local)| !local.is_empty());
    let (entries, others): (Vec<_>, Vec<_>) =
        below.into_iter().chain(parts).partition(|(kind, _)| *kind == RowKind::Entry);
    let text = known_text(child, others.into_iter());
    let mut read = Rows::begin(child, &text, rules.vocabulary()).map_err(|f| said(&f))?;
    read.add(rules.vocabulary(), entries.into_iter().map(|(_, payload)| payload)).map_err(|f| said(&f))?;
    after(rules, read)
}

fn after(rules: &Rules, read: Rows) -> std::result::Result<After, String> {
    let file = read.file(rules.vocabulary()).map_err(|f| said(&f))?;
    let (case, flags) = known(&file, &rules.evaluator, None);
    Ok(After { read, file: Arc::new(file), case: Arc::new(case), flags: Arc::new(flags) })
}

fn said(faults: &Faults) -> String {
    faults.iter().map(|p| format!("{}: {}", p.code, p.message)).collect::<Vec<_>>().join("; ")
}

/// Name and agencies of a child, which every write needs again.
async fn base(app: &App, child: &str) -> Result<ChildBase> {
    let row = app.store.child_row(child).await?.ok_or_else(not_related)?;
    let agencies = app.store.agencies_of_child(child).await?.into_iter().map(|a| a.id).collect();
    Ok(ChildBase { id: row.id, name: row.name, agencies, into: None })
}
