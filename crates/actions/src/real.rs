//! Which events may be recorded.

use crate::app::App;
use crate::refused::{Refused, Result};
use engine::vocabulary::EventId;

/// An event that may be recorded.
pub(crate) fn real(app: &App, event: &str) -> Result<EventId> {
    let vocabulary = app.rules.vocabulary();
    let by_hand = |e: &EventId| !vocabulary.event_at(*e).made_up && !vocabulary.event_at(*e).by_action;
    vocabulary.event(event).filter(by_hand).ok_or(Refused::NotFound)
}
