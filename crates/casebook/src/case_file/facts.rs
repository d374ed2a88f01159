//! Which lines of the dated facts stand at a moment, once corrections and withdrawals known by then are applied.

use super::{CaseFile, DatedFact};
use engine::time::Moment;
use std::collections::HashMap;

/// The lines that stand, each with its place in the file. A line that was corrected or withdrawn does not; where the correction itself
/// was taken back, it does again.
pub fn standing(file: &CaseFile, known_at: Option<Moment>) -> Vec<(usize, &DatedFact)> {
    let known: Vec<(usize, &DatedFact)> =
        file.facts.iter().enumerate().filter(|(_, line)| is_known(line.recorded, known_at)).collect();
    let mut against: HashMap<&str, Vec<&DatedFact>> = HashMap::new();
    for (_, line) in &known {
        if let Some(target) = &line.corrects {
            against.entry(target).or_default().push(line);
        }
    }
    // A correction stands behind what it corrects, so that from the end it is settled before it is asked for.
    let mut gone: HashMap<&str, bool> = HashMap::with_capacity(known.len());
    for (_, line) in known.iter().rev() {
        let by = against.get(line.id.as_str()).into_iter().flatten();
        let is_gone = by.into_iter().any(|line| !gone.get(line.id.as_str()).copied().unwrap_or_default());
        gone.insert(&line.id, is_gone);
    }
    let stands = |line: &DatedFact| !line.withdrawn && !gone.get(line.id.as_str()).copied().unwrap_or_default();
    if against.is_empty() { known } else { known.into_iter().filter(|(_, line)| stands(line)).collect() }
}

/// The line by which another was corrected or withdrawn, if that still holds.
pub fn corrected_by<'a>(file: &'a CaseFile, id: &str) -> Option<&'a DatedFact> {
    let by = file.facts.iter().rev().filter(|line| line.corrects.as_deref() == Some(id));
    by.into_iter().find(|line| corrected_by(file, &line.id).is_none())
}

/// Was something recorded by then?
pub(crate) fn is_known(recorded: Moment, known_at: Option<Moment>) -> bool {
    known_at.is_none_or(|at| recorded <= at)
}
