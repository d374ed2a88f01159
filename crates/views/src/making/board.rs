//! A line of the board: a child who is gone.

use super::EpisodeSummary;
use crate::words::{Clockface, risk, status};
use crate::{BoardLine, ChildHead, Lens, Limit};

/// A line, from an open episode.
pub fn line(lens: &Lens<'_>, child: ChildHead, episode: &EpisodeSummary) -> BoardLine {
    BoardLine {
        child,
        episode: episode.id.clone(),
        status: status(episode.status.as_deref()),
        since: lens.face.when(episode.started),
        gone_for: Clockface::between(episode.started, lens.now),
        risk: risk(episode.risk.as_deref()),
        risk_since: episode.risk_since.map(|at| lens.face.when(at)),
        reported: episode.reported,
        next_limit: next_limit(lens, episode),
        next_label: episode.next_label.clone().unwrap_or_default(),
        last_entry: episode.last_entry.map(|at| lens.face.when(at)),
        last_entry_words: episode.last_entry_words.clone().unwrap_or_default(),
        silent_for: episode.last_recorded.map(|at| Clockface::between(at, lens.now)).unwrap_or_default(),
        silent: false,
        told: String::new(),
    }
}

fn next_limit(lens: &Lens<'_>, episode: &EpisodeSummary) -> Limit {
    match episode.next_limit.filter(|_| episode.next_at_once) {
        Some(due) => lens.face.due(due, Some(due)),
        None => lens.face.limit(episode.next_limit),
    }
}
