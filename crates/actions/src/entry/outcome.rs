//! What came of recording, also where it was done by an earlier attempt whose answer was lost.

use crate::app::{App, moment};
use crate::authorise::Actor;
use crate::case::read;
use crate::queries::Lens;
use crate::refused::{Refused, Result};
use crate::views::Warning;
use casebook::case_file::CaseFile;
use engine::case::Case;
use serde_json::Value;
use store::{Appended, RowKind};

/// Something was recorded.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Recorded {
    /// The entry's id; of a correction, that of the entry it corrects.
    pub entry: String,
    /// The episode that the entry belongs to.
    pub episode: Option<String>,
    /// The version of the record now.
    pub version: i64,
    /// `Recorded: the child came back, 20:50 today.`
    pub words: String,
    /// What somebody should look at; the entry is kept.
    pub warnings: Vec<Warning>,
}

/// The answer to an attempt with this key that went through before, if one did.
pub(crate) async fn again(app: &App, actor: &Actor, child: &str, key: &str) -> Result<Option<Recorded>> {
    match app.store.outcome_of(key).await? {
        None => Ok(None),
        Some(done) if done.child != child => Err(other_record()),
        Some(done) => Ok(Some(recorded(app, actor, &done, Vec::new()).await?)),
    }
}

/// The words for a key that was used for another child.
pub(super) fn other_record() -> Refused {
    Refused::NotAllowed("This form was used for another record already. Open it again from the child's page.".into())
}

/// What was recorded, told from the record itself: by whoever did not write it just now.
pub(crate) async fn recorded(app: &App, actor: &Actor, done: &Appended, warnings: Vec<Warning>) -> Result<Recorded> {
    let record = app.store.record(&done.child).await?;
    let (file, case, _) = read(&app.rules, &record, &[]).map_err(Refused::Unavailable)?;
    let first = record.rows.iter().find(|r| r.seq == done.first_seq && r.kind == RowKind::Entry);
    let first = first.and_then(|r| Some((r.payload.as_deref()?, r.occurred_us))).unwrap_or(("{}", 0));
    let told = told(&Lens::new(app, actor), first, &file, &case);
    Ok(Recorded { version: done.version, warnings, ..told })
}

/// What the first row of a write says, in the record as it is with it: its payload, and when it happened.
pub(super) fn told(lens: &Lens<'_>, (payload, occurred_us): (&str, i64), file: &CaseFile, case: &Case) -> Recorded {
    let payload: Value = serde_json::from_str(payload).unwrap_or_default();
    let text = |key: &str| payload.get(key).and_then(Value::as_str).unwrap_or_default();
    let entry = if text("corrects").is_empty() { text("id") } else { text("corrects") };
    let standing = case.entries.iter().find(|e| e.id == entry);
    // What was withdrawn belongs to the episode in which it would fall.
    let root = || file.chronology.iter().find(|l| l.id == entry).and_then(|l| case.episode_at(l.occurred));
    let episode = standing.map_or_else(root, |e| e.episode).map(|e| case.episodes[e as usize].id.clone());
    let verb = match (payload.get("withdrawn"), payload.get("corrects")) {
        (Some(_), _) => "Withdrawn",
        (None, Some(_)) => "Corrected",
        (None, None) => "Recorded",
    };
    let vocabulary = lens.app.rules.vocabulary();
    let line = file.chronology.iter().find(|l| l.id == text("id"));
    let words = match line.map(|l| vocabulary.event_at(l.event).name.as_str()) {
        Some(what) => format!("{verb}: {what}, {}.", lens.face.when(moment(occurred_us)).words),
        None => format!("{verb}."),
    };
    Recorded { entry: entry.into(), episode, words, ..Recorded::default() }
}
