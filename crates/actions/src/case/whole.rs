//! The whole of a child's record: rows of the store, the case file they are, the case that the engine sees. Only this folder sees it.

use super::derive::ChildBase;
use super::places::keys_of_rows;
use super::same::{Standing, settle};
use super::text::known_text;
use crate::app::{App, moment};
use crate::refused::{Refused, Result, not_related};
use casebook::case_file::{CaseFile, Faults, Rows};
use casebook::known::{Flag, known};
use casebook::rules::Rules;
use engine::case::Case;
use engine::evaluate::Kept;
use engine::time::Moment;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::sync::Arc;
use store::{NewRow, Row, RowKind, Stands};
use views::{Lives, Record, Written};

/// A record, ready to be worked with. Cheap to clone.
#[derive(Clone)]
pub(super) struct Whole {
    /// Name and agencies.
    pub base: ChildBase,
    /// The number of its rows.
    pub version: i64,
    /// What it says about other records.
    pub same: Standing,
    /// The hash of the last of its rows.
    head: String,
    /// The rows. Those that went back to another record say nothing any more.
    pub rows: Arc<Vec<Row>>,
    /// What areas have set of their rulebooks; empty where nothing is.
    pub(super) local: Arc<str>,
    read: Arc<Rows>,
    /// As a case file.
    pub file: Arc<CaseFile>,
    /// As the engine sees it.
    pub case: Arc<Case>,
    /// What does not fit together in it.
    pub flags: Arc<Vec<Flag>>,
    /// What stood of it when somebody last wrote on it, to go on from. It may be of less than is here.
    pub kept: Option<Arc<Kept>>,
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

/// A row that is read: what it is, and what it says.
type Part<'t> = (RowKind, &'t str);

/// Among so many of somebody's last entries is the one that they may be saving once more.
const BACK: usize = 200;
/// What a row takes in memory beside what it says, as text and as read, in bytes.
const ROW: usize = 1_500;

impl Whole {
    /// The record of a child as it stands now: what was read before is read no more.
    pub async fn load(app: &App, child: &str) -> Result<Whole> {
        let stands = app.store.stands(child).await?.ok_or_else(not_related)?;
        let local = crate::setting::local_text_at(app, stands.deeds).await?;
        let now_us = app.now_us();
        let known = app.records.get(child, now_us).filter(|whole| whole.local == local);
        if let Some(whole) = known.as_ref().filter(|whole| whole.is(&stands)) {
            return Ok(whole.clone().standing(child, stands));
        }
        let newer = match known {
            Some(whole) => whole.caught_up(app, &stands).await?,
            None => None,
        };
        let whole = match newer {
            Some(whole) => whole.standing(child, stands),
            None => {
                let rows = app.store.record(child).await?.rows;
                let read = Whole::read(&app.rules, ChildBase::of(child, stands), rows, local);
                read.map_err(|why| unreadable(child, &why))?
            }
        };
        app.records.put(child, &whole, now_us);
        Ok(whole)
    }

    /// As [`load`](Self::load), for whoever goes through all children: nothing is remembered by it.
    pub async fn stored(app: &App, child: &str) -> Result<std::result::Result<Whole, String>> {
        let stands = app.store.stands(child).await?.ok_or_else(not_related)?;
        let local = crate::setting::local_text_at(app, stands.deeds).await?;
        let known = app.records.peek(child).filter(|whole| whole.local == local);
        if let Some(whole) = known.filter(|whole| whole.is(&stands)) {
            return Ok(Ok(whole.standing(child, stands)));
        }
        let rows = app.store.record(child).await?.rows;
        Ok(Whole::read(&app.rules, ChildBase::of(child, stands), rows, local))
    }

    /// With what the store says of the child now.
    fn standing(self, child: &str, stands: Stands) -> Whole {
        let known = ChildBase::of(child, stands);
        Whole { base: ChildBase { name: known.name, agencies: known.agencies, ..self.base }, ..self }
    }

    /// Reads rows, each once.
    ///
    /// # Errors
    /// What is wrong with them: nothing that was recorded through actions.
    pub fn read(
        rules: &Rules,
        mut base: ChildBase,
        mut rows: Vec<Row>,
        local: Arc<str>,
    ) -> std::result::Result<Whole, String> {
        let same = settle(&mut rows);
        base.into.clone_from(&same.into);
        base.ties = same.ties.iter().map(|tie| tie.mark.clone()).collect();
        base.places = places(&rows, &[]);
        let parts = rows.iter().filter_map(|r| Some((r.kind, r.payload.as_deref()?)));
        let After { read, file, case, flags } = read_all(rules, &base.id, &local, parts)?;
        let (version, head) = (rows.len() as i64, rows.last().map(|row| row.hash.clone()).unwrap_or_default());
        let (rows, read) = (Arc::new(rows), Arc::new(read));
        Ok(Whole { base, version, same, head, rows, local, read, file, case, flags, kept: None })
    }

    /// Is this all of the record, as it stands?
    fn is(&self, stands: &Stands) -> bool {
        self.version == stands.version && self.head == stands.head
    }

    /// With what was appended since by others; none where that does not continue what is known, or something was erased.
    async fn caught_up(self, app: &App, stands: &Stands) -> Result<Option<Whole>> {
        if self.version == 0 || self.version >= stands.version {
            return Ok(None);
        }
        let mut rows = app.store.record_from(&self.base.id, self.version).await?.into_iter();
        let continues = rows.next().is_some_and(|last| last.seq == self.version && last.hash == self.head);
        let rows: Vec<Row> = rows.collect();
        let parts: Option<Vec<Part<'_>>> = rows.iter().map(|row| Some((row.kind, row.payload.as_deref()?))).collect();
        let Some(parts) = parts.filter(|parts| {
            continues && parts.iter().all(|(kind, _)| !matches!(kind, RowKind::Erasure | RowKind::Same))
        }) else {
            return Ok(None);
        };
        let Ok(after) = self.with_parts(&app.rules, parts.into_iter()) else { return Ok(None) };
        let head = rows.last().map(|row| row.hash.clone()).unwrap_or_default();
        Ok(Some(self.grown(after, rows, head)))
    }

    /// With rows that are about to be appended. What is there was read already, and is not read again.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn with(&self, rules: &Rules, more: &[NewRow]) -> std::result::Result<After, String> {
        self.with_parts(rules, more.iter().map(|row| (row.kind, row.payload.as_str())))
    }

    fn with_parts<'t>(
        &self,
        rules: &Rules,
        more: impl Iterator<Item = Part<'t>>,
    ) -> std::result::Result<After, String> {
        let (entries, others): (Vec<_>, Vec<_>) = more.partition(|(kind, _)| *kind == RowKind::Entry);
        let mut read = (*self.read).clone();
        if !others.is_empty() {
            // Of what is known beside the chronology the last row of an id counts: that is put together anew.
            let old = self.rows.iter().filter(|row| row.kind != RowKind::Entry);
            let old = old.filter_map(|r| Some((r.kind, r.payload.as_deref()?)));
            let text = known_text(&self.base.id, below(&self.local).chain(old).chain(others));
            read.replace_known(&self.base.id, &text, rules.vocabulary()).map_err(|f| said(&f))?;
        }
        read.add(rules.vocabulary(), entries.into_iter().map(|(_, payload)| payload)).map_err(|f| said(&f))?;
        Ok(after(rules, read))
    }

    /// The record with rows that were appended, the last of which has this hash.
    pub fn grown(self, after: After, rows: Vec<Row>, head: String) -> Whole {
        let version = self.version + rows.len() as i64;
        let of_places = rows.iter().any(|row| row.kind == RowKind::Place);
        let mut all = Arc::unwrap_or_clone(self.rows);
        all.extend(rows);
        let base = if of_places { ChildBase { places: places(&all, &[]), ..self.base } } else { self.base };
        let After { read, file, case, flags } = after;
        Whole { base, version, head, rows: Arc::new(all), read: Arc::new(read), file, case, flags, ..self }
    }

    /// With what stands of it.
    pub fn having(self, kept: Kept) -> Whole {
        Whole { kept: Some(Arc::new(kept)), ..self }
    }

    /// About so much memory it takes.
    pub fn bytes(&self) -> usize {
        let rows: usize = self.rows.iter().map(|row| ROW + 4 * row.payload.as_ref().map_or(0, String::len)).sum();
        // What stood of an earlier version holds that as well.
        let kept = |kept: &Arc<Kept>| kept.bytes() + if Arc::ptr_eq(kept.case(), &self.case) { 0 } else { rows };
        rows + self.kept.as_ref().map_or(0, kept)
    }

    /// As it is shown, with nothing taken out yet.
    pub async fn record(&self, app: &App) -> Result<Record> {
        let rows = |kind: RowKind| self.rows.iter().filter(move |r| r.kind == kind && r.payload.is_some());
        // Lines of facts are in the order of their rows, as entries are.
        let entries = rows(RowKind::Entry).zip(self.file.chronology.iter().map(|line| &line.id));
        let facts = rows(RowKind::Fact).zip(self.file.facts.iter().map(|line| &line.id));
        let mut actors: Vec<&str> = self.rows.iter().map(|row| row.actor.as_str()).collect();
        actors.sort_unstable();
        actors.dedup();
        // Who they are is asked each time: people change their name, and move to other agencies.
        let known = app.store.people_known(&actors).await?;
        let mut writers: HashMap<&str, Written> =
            known.iter().map(|one| (one.id.as_str(), written_by(&one.id, &one.name, &one.agency))).collect();
        let mut written: HashMap<String, Written> = HashMap::with_capacity(self.rows.len());
        for (row, id) in entries.chain(facts) {
            let by = writers.entry(&row.actor).or_insert_with(|| written_by(&row.actor, "", ""));
            written.insert(id.clone(), Written { seq: row.seq, at: Some(moment(row.recorded_us)), ..by.clone() });
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
            lives: Lives::Shown,
            left: None,
            sees: Vec::new(),
            records: Vec::new(),
            keeps: false,
            waives: false,
        })
    }

    /// The row of an entry of this person that says the very same and still stands. Whoever goes back to a form that was saved and saves
    /// it once more sends it with a new key, and still means one entry.
    pub fn twin(&self, person: &str, occurred: Moment, json: &Map<String, Value>) -> Option<i64> {
        let theirs = self.rows.iter().rev().filter(|row| row.kind == RowKind::Entry && row.actor == person);
        let same = |row: &&Row| moment(row.occurred_us).minute() == occurred.minute();
        theirs.take(BACK).filter(same).find_map(|row| {
            let mut payload: Map<String, Value> = serde_json::from_str(row.payload.as_deref()?).ok()?;
            let id = payload.remove("id")?;
            payload.remove("recorded_at");
            let stands = || self.case.entries.iter().any(|e| Some(e.id.as_str()) == id.as_str());
            (payload == *json && stands()).then_some(row.seq)
        })
    }
}

/// The keys of the places of a record, with rows at its end.
pub(super) fn places(rows: &[Row], more: &[NewRow]) -> Vec<(String, String)> {
    let old = rows.iter().filter(|row| row.kind == RowKind::Place).filter_map(|row| row.payload.as_deref());
    let new = more.iter().filter(|row| row.kind == RowKind::Place).map(|row| row.payload.as_str());
    keys_of_rows(old.chain(new))
}

/// What somebody wrote, wherever it stands.
fn written_by(person: &str, name: &str, agency: &str) -> Written {
    Written { person: person.into(), name: name.into(), agency: agency.into(), ..Written::default() }
}

/// What areas have set, as a row that comes before all others.
fn below(local: &str) -> impl Iterator<Item = Part<'_>> {
    Some((RowKind::Setting, local)).filter(|(_, local)| !local.is_empty()).into_iter()
}

/// Rows as they stand once they are written after a version, the last of which has this hash; nobody asks for the others'.
pub(super) fn written(rows: &[NewRow], version: i64, head: &str) -> Vec<Row> {
    let row = |(row, seq): (&NewRow, i64)| Row {
        seq,
        kind: row.kind,
        occurred_us: row.occurred_us,
        recorded_us: row.recorded_us,
        actor: row.actor.clone(),
        payload: Some(row.payload.clone()),
        hash: if seq == version + rows.len() as i64 { head.to_owned() } else { String::new() },
    };
    rows.iter().zip(version + 1..).map(row).collect()
}

/// A record of these rows, below which stands what areas have set of their rulebooks.
///
/// # Errors
/// What is wrong with them.
pub(super) fn read_all<'t>(
    rules: &'t Rules,
    child: &str,
    local: &'t str,
    parts: impl Iterator<Item = Part<'t>>,
) -> std::result::Result<After, String> {
    let (entries, others): (Vec<_>, Vec<_>) = below(local).chain(parts).partition(|(kind, _)| *kind == RowKind::Entry);
    let text = known_text(child, others.into_iter());
    let mut read = Rows::begin(child, &text, rules.vocabulary()).map_err(|f| said(&f))?;
    read.add(rules.vocabulary(), entries.into_iter().map(|(_, payload)| payload)).map_err(|f| said(&f))?;
    Ok(after(rules, read))
}

fn after(rules: &Rules, read: Rows) -> After {
    let file = read.file();
    let (case, flags) = known(&file, &rules.evaluator, None);
    After { read, file: Arc::new(file), case: Arc::new(case), flags: Arc::new(flags) }
}

/// What whoever asks is told, and whoever runs the program reads in its log.
fn unreadable(child: &str, why: &str) -> Refused {
    tracing::error!(%child, %why, "the record cannot be read");
    Refused::Unavailable(
        "The record of this child cannot be read. Tell whoever runs Whereabouts; nothing is lost.".into(),
    )
}

fn said(faults: &Faults) -> String {
    faults.iter().map(|p| format!("{}: {}", p.code, p.message)).collect::<Vec<_>>().join("; ")
}
