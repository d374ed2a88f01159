//! What was known at a moment: from a case file to the case that the engine sees.
//!
//! `standing` applies corrections, `episodes` cuts the chronology into episodes, `fold` turns entries into facts, `record`
//! does the same for dated facts (of which `facts` says which stand) and placements, `settings` reads local settings, and `refused` leaves out what the rulebooks refuse.

mod episodes;
mod fold;
mod record;
mod refused;
mod settings;
mod standing;

pub use crate::case_file::{corrected_by, standing_facts};
pub use standing::{Corrected, corrected, in_force, last_corrections, lines_in_force};

use crate::case_file::{CaseFile, Reading, read};
use engine::case::{Case, Entry, Episode, Timelines};
use engine::diagnostic::Diagnostic;
use engine::evaluate::{Evaluator, hold};
use engine::ids::{EntryNo, EpisodeNo, LineNo};
use engine::source::SourceFile;
use engine::time::Moment;
use engine::vocabulary::{EpisodeEffect, Event, Scope, Vocabulary};
use episodes::Segments;
use standing::Standing;
use std::collections::HashSet;

/// Something that does not fit together. The entry is kept; somebody should look at it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flag {
    /// The entry it is about, by its id in the case file; none for facts and settings.
    pub entry: Option<String>,
    /// What, with its code and place. Settings that no rulebook has are errors, all else are warnings.
    pub says: Diagnostic,
}

/// The case as it was known at a moment; `known_at = None` is everything that is known now. The one way from a file to a case: what the
/// rulebooks of the evaluator certainly refuse is kept, and eases nothing, whoever asks.
///
/// Entries, corrections and facts recorded later than `known_at` are left out. A corrected entry keeps the id of the original;
/// [`corrected`] lists them. In the case, [`engine::case::Source::Record`] counts the facts of the file and then its placements.
///
/// Flags: C10 return without an open episode, C11 second return, C12 overlapping episodes, C17 no episode to belong to, C18 no return
/// recorded before the next absence; and for settings C01 (no such rulebook or setting) and C02 (not a value of it).
pub fn known(file: &CaseFile, evaluator: &Evaluator<'_>, known_at: Option<Moment>) -> (Case, Vec<Flag>) {
    let standing = standing::standing(file, known_at);
    refused::settle(evaluator, &standing, |refused| built(file, evaluator, known_at, &standing, refused))
}

/// The case with the entries of these numbers refused.
fn built(
    file: &CaseFile,
    evaluator: &Evaluator<'_>,
    known_at: Option<Moment>,
    standing: &[Standing<'_>],
    refused: &HashSet<LineNo>,
) -> (Case, Vec<Flag>) {
    let vocabulary = evaluator.vocabulary();
    let mut flags = Vec::new();
    let Segments { episodes, of } = episodes::segment(file, vocabulary, standing, refused, &mut flags);
    let entries = standing.iter().zip(&of).map(|(entry, part)| Entry {
        id: entry.root.id.clone(),
        event: entry.content.event,
        occurred: entry.content.occurred,
        earliest: entry.earliest,
        recorded: entry.content.recorded,
        known: entry.known,
        episode: part.episode,
        also: part.also.iter().copied().collect(),
        void: part.void,
        refused: refused.contains(&entry.number),
        told: entry.told,
        fields: entry.content.fields.clone(),
    });
    let mut case = Case::default();
    case.id.clone_from(&file.id);
    case.entries = entries.collect();
    let supposed: Vec<EpisodeNo> =
        episodes.iter().enumerate().filter(|(_, e)| e.is_supposed()).map(|(n, _)| EpisodeNo::at(n)).collect();
    case.episodes = episodes.into_iter().map(|e| episode(e, standing, vocabulary)).collect();
    case.facts = Timelines::new(vocabulary.facts.len());
    case.words.clone_from(&file.words);
    case.settings = settings::settings(file, evaluator, &mut flags);
    // The record first: where an entry of the same moment says something else, the entry counts.
    record::fold(file, vocabulary, known_at, &mut case, &mut flags);
    let sure = case.entries.iter().any(|entry| entry.told).then(|| case.clone());
    let finish = |case: &mut Case, counts: fn(&Entry) -> bool| {
        fold::fold(vocabulary, &of, case, counts);
        supposed.iter().for_each(|episode| fold::supposed(vocabulary, *episode, case));
        case.index(vocabulary);
        hold(evaluator, case);
    };
    finish(&mut case, |_| true);
    case.sure = sure.map(|mut sure| {
        finish(&mut sure, |entry| !entry.told);
        Box::new(sure)
    });
    (case, flags)
}

/// Everything wrong with a case file, the flags of its episodes and settings included, by place.
pub fn check(source: &SourceFile, evaluator: &Evaluator<'_>, now: Option<Moment>) -> Vec<Diagnostic> {
    let Reading { case, mut problems } = read(source, evaluator.vocabulary(), now);
    if let Some(case) = case {
        let (_, flags) = known(&case, evaluator, None);
        problems.extend(flags.into_iter().map(|f| f.says));
        problems.sort_by(|a, b| (&a.place, a.code).cmp(&(&b.place, b.code)));
    }
    problems
}

fn episode(found: episodes::Extent, standing: &[Standing<'_>], vocabulary: &Vocabulary) -> Episode {
    let known = |entry: EntryNo| standing[entry.place()].known;
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

/// Does the event, whatever an entry of it says, say something about an episode, so that it means nothing without one?
fn needs_episode(event: &Event, vocabulary: &Vocabulary) -> bool {
    event.sets.iter().any(|s| s.when.is_always() && vocabulary.fact_at(s.fact).scope == Scope::Episode)
}

/// The events that start an episode, for help lines.
fn starting(vocabulary: &Vocabulary) -> String {
    let events = vocabulary.events.iter().filter(|e| e.episode == EpisodeEffect::Starts);
    events.map(|e| format!("`{}`", e.id)).collect::<Vec<_>>().join(" or ")
}
