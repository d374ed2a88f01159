//! What several do together, and whether they were several: a meeting of one is no meeting.

use super::{ActionKind, Vocabulary};
use crate::case::Entry;
use crate::value::{Truth, Value};
use crate::words::Sym;

impl Vocabulary {
    /// Did more than one side take part in what an entry records? True of everything that is not done together. Unknown where the entry
    /// does not say who came, or names one side alone and not who led; what names nobody beside whoever led was done by one alone.
    pub fn together(&self, entry: &Entry) -> Truth {
        let event = self.event_at(entry.event);
        let Some(field) = event.came else {
            let ticked = entry.event == self.known.action_recorded && self.ticks_a_meeting(entry);
            return if ticked { Truth::Unknown } else { Truth::True };
        };
        let led = event.doer.and_then(|doer| entry.get(doer)).and_then(word);
        let mut came = entry.fields.iter().filter(|(id, _)| *id == field).filter_map(|(_, value)| word(*value));
        let Some(first) = came.next() else { return Truth::Unknown };
        let other = led.unwrap_or(first);
        match first != other || came.any(|one| one != other) {
            true => Truth::True,
            false if led.is_some() => Truth::False,
            false => Truth::Unknown,
        }
    }

    /// Does an entry say of a meeting no more than that it took place?
    fn ticks_a_meeting(&self, entry: &Entry) -> bool {
        let Some(action) = entry.get(self.known.action).and_then(word) else { return false };
        let Some(action) = self.word(action).and_then(|id| self.action(id)) else { return false };
        let action = self.action_at(action);
        let together = |event| self.event_at(event).came.is_some();
        let by_its_event = action.met_by.iter().any(|met| together(met.event));
        action.kind == ActionKind::Meet
            && (by_its_event || action.met_by.is_empty() && together(self.known.meeting_held))
    }
}

fn word(value: Value) -> Option<Sym> {
    match value {
        Value::Word(word) => Some(word),
        _ => None,
    }
}
