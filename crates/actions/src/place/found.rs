//! Where a child was found, by what entries that stand say; and which place that is.

use super::{ids, rows};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_tied};
use crate::refused::{Refused, Result};
use casebook::likeness::words;
use engine::time::Moment;
use engine::vocabulary::Vocabulary;
use policy::Act;
use views::Record;
use views::words::Names;

/// The child was found somewhere.
pub(super) struct Found {
    /// When.
    pub at: Moment,
    /// What was recorded.
    pub what: String,
    /// Where, as it was written.
    pub place: String,
    /// The entry.
    pub entry: String,
    /// Its episode.
    pub episode: Option<String>,
}

/// Everything that a record says, to these eyes, of where the child was found; the latest first.
pub(super) fn all(vocabulary: &Vocabulary, names: &Names<'_>, record: &Record) -> Vec<Found> {
    let standing = record.standing();
    let mut found = Vec::new();
    for entry in record.case.entries.iter().filter(|entry| !entry.void) {
        let Some(line) = standing.says(&entry.id).filter(|line| !line.withdrawn) else { continue };
        let event = vocabulary.event_at(line.event);
        for field in event.fields.iter().filter(|field| field.place) {
            let texts = line.texts.iter().filter(|(id, text)| *id == field.field && !text.trim().is_empty());
            found.extend(texts.map(|(_, text)| Found {
                at: entry.occurred,
                what: names.happened(entry.event, None),
                place: text.trim().to_string(),
                entry: entry.id.clone(),
                episode: entry.episode.map(|episode| record.case.episodes[episode.place()].id.clone()),
            }));
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.at));
    found
}

/// Is this a place, by the name that it has or had? What is written behind a comma says where there.
pub(super) fn is_at(place: &[&Kept], written: &str) -> bool {
    let written = [words(written), words(written.split(',').next().unwrap_or_default())];
    place.iter().map(|row| words(row.text("name"))).any(|name| !name.is_empty() && written.contains(&name))
}

/// Where an entry says that the child was found, for the form in which that is written down as a place.
///
/// # Errors
/// `NotFound` where this person sees no entry that says it.
pub async fn called(app: &App, actor: &Actor, child: &str, entry: &str) -> Result<String> {
    let own = load_tied(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    let names = Names::of(&app.rules, &own.record.case, app.now());
    let found = all(app.rules.vocabulary(), &names, &own.record).into_iter().find(|found| found.entry == entry);
    found.map(|found| found.place).filter(|_| own.sees_places).ok_or(Refused::NotFound)
}

/// The names of the places of a child, for the forms that ask where the child was found.
pub(crate) fn named(kept: &[Kept]) -> Vec<String> {
    let last = ids(kept).into_iter().filter_map(|id| rows(kept, id).last().copied()).filter(|row| !row.is_void());
    last.map(|row| row.text("name").to_string()).filter(|name| !name.is_empty()).collect()
}
