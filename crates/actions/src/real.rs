//! Which events may be recorded.

use crate::app::App;
use crate::refused::{Refused, Result};
use engine::vocabulary::EventId;

/// An event that may be recorded.
pub(crate) fn real(app: &App, event: &str) -> Result<EventId> {
    let vocabulary = app.rules.vocabulary();
    vocabulary.event(event).filter(|e| !vocabulary.event_at(*e).made_up).ok_or(Refused::NotFound)
}
