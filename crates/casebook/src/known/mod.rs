//! What was known at a moment: from a case file to the case that the engine sees.
//!
//! `standing` applies corrections, `episodes` cuts the chronology into episodes, `fold` turns entries into facts, `record`
//! does the same for dated facts and placements, `settings` reads local settings.

mod episodes;
mod fold;
mod record;
mod settings;
mod standing;

pub use standing::{Corrected, corrected};

use crate::case_file::CaseFile;
use engine::case::{Case, Entry, Episode, Timelines};
use engine::diagnostic::Diagnostic;
use engine::evaluate::hold;
use engine::rulebook::Rulebook;
use engine::time::Moment;
use engine::vocabulary::{EpisodeEffect, Event, Scope, Vocabulary};
use episodes::Segments;
use standing::Standing;

/// Something that does not fit together. The entry is kept; somebody should look at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flag {
    /// The entry it is about, by its id in the case file; none for facts and settings.
    pub entry: Option<String>,
    /// What, with its code and place. Settings that no rulebook has are errors, all else are warnings.
    pub says: Diagnostic,
}

/// The case as it was known at a moment; `known_at = None` is everything that is known now.
///
/// Entries, corrections and facts recorded later than `known_at` are left out. A corrected entry keeps the id of the original;
/// [`corrected`] lists them. In the case, [`engine::case::Source::Record`] counts the facts of the file and then its placements.
///
/// Flags: C10 return without an open episode, C11 second return, C12 overlapping episodes, C17 no episode to belong to,
/// and for settings C01 (no such rulebook or setting) and C02 (not a value of it).
pub fn known(
    file: &CaseFile,
    vocabulary: &Vocabulary,
    rulebooks: &[Rulebook],
    known_at: Option<Moment>,
) -> (Case, Vec<Flag>) {
    let mut flags = Vec::new();
    let standing = standing::standing(file, known_at);
    let Segments { episodes, of } = episodes::segment(file, vocabulary, &standing, &mut flags);
    let entries = standing.iter().zip(&of).map(|(entry, part)| Entry {
        id: entry.root.id.clone(),
        event: entry.content.event,
        occurred: entry.content.occurred,
        earliest: entry.earliest,
        recorded: entry.content.recorded,
        known: entry.root.recorded,
        episode: part.episode,
        also: std::iter::empty().collect(),
        void: part.void,
        refused: false,
        fields: entry.content.fields.clone(),
    });
    let mut case = Case::default();
    case.id.clone_from(&file.id);
    case.entries = entries.collect();
    case.episodes = episodes.into_iter().map(|e| episode(e, &standing, vocabulary)).collect();
    case.facts = Timelines::new(vocabulary.facts.len());
    case.words.clone_from(&file.words);
    case.settings = settings::settings(file, rulebooks, &mut flags);
    // The record first: where an entry of the same moment says something else, the entry counts.
    record::fold(file, vocabulary, known_at, &mut case, &mut flags);
    fold::fold(vocabulary, &of, &mut case);
    case.index(vocabulary);
    hold(vocabulary, rulebooks, &mut case);
    (case, flags)
}

fn episode(found: episodes::Extent, standing: &[Standing<'_>], vocabulary: &Vocabulary) -> Episode {
    let known = |entry: u32| standing[entry as usize].root.recorded;
    Episode {
        known: known(found.start_entry),
        end_known: found.end_entry.map(known),
        id: found.id,
        start: found.start,
        end: found.end,
        start_entry: found.start_entry,
        end_entry: found.end_entry,
        facts: Timelines::new(vocabulary.facts.len()),
    }
}

/// Does the event say something about an episode, so that it means nothing without one?
fn needs_episode(event: &Event, vocabulary: &Vocabulary) -> bool {
    event.sets.iter().any(|s| vocabulary.fact_at(s.fact).scope == Scope::Episode)
}

/// The events that start an episode, for help lines.
fn starting(vocabulary: &Vocabulary) -> String {
    let events = vocabulary.events.iter().filter(|e| e.episode == EpisodeEffect::Starts);
    events.map(|e| format!("`{}`", e.id)).collect::<Vec<_>>().join(" or ")
}
