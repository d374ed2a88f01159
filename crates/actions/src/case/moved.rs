//! What a corrected time does to what hangs on it: a start that moves past what was recorded of its episode, a return that would come before
//! its start.

use super::whole::{After, Whole};
use crate::app::App;
use crate::refused::{Objection, Refused, Result};
use engine::ids::EpisodeNo;
use engine::vocabulary::{EpisodeEffect, Vocabulary};
use views::words::Names;
use views::{Lens, Record};

/// A return does not come before the start of the absence that it ends.
pub(super) fn may_return(vocabulary: &Vocabulary, lens: &Lens<'_>, before: &Whole, after: &After) -> Result<()> {
    match return_before_start(vocabulary, lens, before, after) {
        Some(objection) => Err(Refused::RuleRefuses(vec![objection])),
        None => Ok(()),
    }
}

/// A return whose corrected time lies before the start of the absence that it ends.
fn return_before_start(vocabulary: &Vocabulary, lens: &Lens<'_>, before: &Whole, after: &After) -> Option<Objection> {
    let line =
        after.file.chronology.get(before.file.chronology.len()..)?.iter().find(|line| line.corrects.is_some())?;
    if vocabulary.event_at(line.event).episode != EpisodeEffect::Ends || line.withdrawn || line.remark.is_some() {
        return None;
    }
    let root = &after.file.chronology.get(line.root.place())?.id;
    let entry = before.case.entries.iter().find(|entry| entry.id == *root)?;
    let episode = before.case.episodes.get(entry.episode?.place())?;
    (line.occurred.minute() < episode.start.minute()).then(|| Objection {
        says: format!(
            "The return would be at {}, before the child was gone: the absence began at {}.",
            lens.face.when(line.occurred).words,
            lens.face.when(episode.start).words
        ),
        instead: "Check the time of the return. If the start is wrong, correct the start first.".into(),
        ..Objection::default()
    })
}

/// What was recorded of an episode whose start is corrected, and would stand before it; in words, of what the writer sees.
pub(super) fn before_start(app: &App, lens: &Lens<'_>, seen: &Record, before: &Whole, after: &After) -> Vec<String> {
    let new = after.file.chronology.get(before.file.chronology.len()..).unwrap_or_default();
    let Some(line) = new.iter().find(|line| line.corrects.is_some() && line.remark.is_none() && !line.withdrawn) else {
        return Vec::new();
    };
    let root = &after.file.chronology[line.root.place()].id;
    let start = |case: &engine::case::Case, episode: EpisodeNo| {
        let place = case.episodes[episode.place()].start_entry;
        case.entry(place).id.clone()
    };
    let names = Names::shared(&app.rules);
    let mut found = Vec::new();
    let Some(moved) = after.case.episodes.iter().find(|one| after.case.entry(one.start_entry).id == *root) else {
        return found;
    };
    for entry in &before.case.entries {
        let began = entry.episode.filter(|episode| start(&before.case, *episode) == *root);
        let Some(began) = began.map(|episode| before.case.episodes[episode.place()].start) else { continue };
        if entry.id == *root || !seen.written.contains_key(&entry.id) {
            continue;
        }
        // What stood before it already is no news.
        let at = entry.occurred.minute();
        if (began.minute()..moved.start.minute()).contains(&at) {
            found.push(format!("{} {}", names.happened(entry.event, None), lens.face.when(entry.occurred).words));
        }
    }
    found
}
