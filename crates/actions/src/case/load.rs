//! A child's record, read from the store and made into what the engine sees.

use super::derive::ChildBase;
use super::text::case_file;
use crate::app::App;
use crate::authorise::Permit;
use crate::refused::{Refused, Result, not_related};
use casebook::case_file::{self as file, CaseFile, EntryLine};
use casebook::known::{self, known};
use casebook::rules::Rules;
use engine::case::Case;
use engine::source::SourceFile;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::Vocabulary;
use store::{NewRow, Record};

/// A record, ready to be looked at.
pub(crate) struct Loaded {
    /// The rows.
    pub record: Record,
    /// As a case file.
    pub file: CaseFile,
    /// As the engine sees it.
    pub case: Case,
    /// What does not fit together in it.
    pub flags: Vec<known::Flag>,
    /// Name and agencies.
    pub base: ChildBase,
}

impl Loaded {
    /// What an entry says now: itself, or the correction in force. None for one that was withdrawn, or is no entry.
    pub fn in_force(&self, entry: &str) -> Option<&EntryLine> {
        let root = self.file.chronology.iter().find(|e| e.id == entry && e.corrects.is_none())?;
        match known::corrected(&self.file, None).iter().find(|c| c.entry == entry) {
            Some(correction) if correction.withdrawn => None,
            Some(correction) => self.file.chronology.iter().find(|e| e.id == correction.by),
            None => Some(root),
        }
    }
}

/// Reads the record of the child that a permit is for.
pub(crate) async fn load(app: &App, permit: &Permit) -> Result<Loaded> {
    let base = base(app, &permit.child).await?;
    let record = app.store.record(&permit.child).await?;
    let (file, case, flags) = read(&app.rules, &record, &[]).map_err(|why| {
        tracing::error!(child = %permit.child, %why, "the record cannot be read");
        Refused::Unavailable(
            "The record of this child cannot be read. Tell whoever runs Whereabouts; nothing is lost.".into(),
        )
    })?;
    Ok(Loaded { record, file, case, flags, base })
}

/// Name and agencies of a child, which every write needs again.
pub(crate) async fn base(app: &App, child: &str) -> Result<ChildBase> {
    let row = app.store.child_row(child).await?.ok_or_else(not_related)?;
    let agencies = app.store.agencies_of_child(child).await?.into_iter().map(|a| a.id).collect();
    Ok(ChildBase { id: row.id, name: row.name, agencies })
}

/// A record, with rows that are about to be appended, as a case.
///
/// # Errors
/// What is wrong with it: nothing that was recorded through actions.
pub(crate) fn read(
    rules: &Rules,
    record: &Record,
    more: &[NewRow],
) -> std::result::Result<(CaseFile, Case, Vec<known::Flag>), String> {
    let source = SourceFile::new(record.child.as_str(), case_file(record, more));
    let reading = file::read(&source, rules.vocabulary(), None);
    let Some(file) = reading.case else {
        let errors = reading.problems.iter().filter(|p| p.level == engine::diagnostic::Level::Error);
        return Err(errors.map(|p| format!("{}: {}", p.code, p.message)).collect::<Vec<_>>().join("; "));
    };
    let (case, flags) = known(&file, &rules.evaluator, None);
    Ok((file, case, flags))
}

/// The start of the day on which the child was born.
pub(crate) fn born(vocabulary: &Vocabulary, case: &Case, now: Moment) -> Option<Moment> {
    match case.facts.at(vocabulary.known.date_of_birth, now)?.value {
        Value::Date(date) => Some(vocabulary.calendar.start_of(date)),
        _ => None,
    }
}
