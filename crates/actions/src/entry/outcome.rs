//! What came of recording, also where it was done by an earlier attempt whose answer was lost.

use crate::case::Appending;
use casebook::case_file::{EntryLine, Remark};
use engine::time::Moment;
use views::{Lens, Record, Warning};

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

/// What was recorded, from the record as it is with it.
pub(crate) fn recorded(lens: &Lens<'_>, done: Appending) -> Recorded {
    let told = told(lens, &done.seen, done.first_seq);
    Recorded { version: done.version, warnings: done.warnings, ..told }
}

/// What the entry at this place of the record says.
pub(super) fn told(lens: &Lens<'_>, record: &Record, seq: i64) -> Recorded {
    let written = record.written.iter().find(|(_, written)| written.seq == seq).map(|(id, _)| id.as_str());
    let line = written.and_then(|id| record.file.chronology.iter().rfind(|line| line.id == id));
    let Some(line) = line else { return Recorded { words: "Recorded.".into(), ..Recorded::default() } };
    let root = &record.file.chronology[line.root.place()];
    let standing = record.case.entries.iter().rfind(|e| e.id == root.id);
    // What was withdrawn belongs to the episode in which it would fall.
    let episode = standing.map_or_else(|| record.case.episode_at(root.occurred), |e| e.episode);
    let what = &lens.rules.vocabulary().event_at(line.event).name;
    Recorded {
        entry: root.id.clone(),
        episode: episode.map(|e| record.case.episodes[e.place()].id.clone()),
        words: format!("{}: {what}, {}.", verb(line), lens.face.when(happened(line, root)).words),
        ..Recorded::default()
    }
}

/// When that happened of which it is said: a withdrawal, and a remark, is of what it is about.
fn happened(line: &EntryLine, root: &EntryLine) -> Moment {
    if line.withdrawn || line.remark.is_some() { root.occurred } else { line.occurred }
}

fn verb(line: &EntryLine) -> &'static str {
    match (line.remark, line.withdrawn, line.corrects) {
        (Some(Remark::Confirmed), ..) => "Confirmed",
        (Some(Remark::Disputed), ..) => "Disputed",
        (None, true, _) => "Withdrawn",
        (None, false, Some(_)) => "Corrected",
        (None, false, None) if line.told_by.is_some() => "Put down as told",
        (None, false, None) => "Recorded",
    }
}
