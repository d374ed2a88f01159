//! The words that the program itself goes by, resolved once, at load.

use super::{EventId, FactId, FieldId};

/// Events and fields that the engine itself needs, found by name once.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// `episode.started`, made up.
    pub episode_started: EventId,
    /// `episode.ended`, made up.
    pub episode_ended: EventId,
    /// `action.recorded`.
    pub action_recorded: EventId,
    /// `decision.recorded`.
    pub decision_recorded: EventId,
    /// `meeting.held`.
    pub meeting_held: EventId,
    /// `notification.sent`.
    pub notification_sent: EventId,
    /// `information.shared`.
    pub information_shared: EventId,
    /// `duty.waived`.
    pub duty_waived: EventId,
    /// Field `action`.
    pub action: FieldId,
    /// Field `decision`.
    pub decision: FieldId,
    /// Field `meeting`.
    pub meeting: FieldId,
    /// Field `to`.
    pub to: FieldId,
    /// Field `about`.
    pub about: FieldId,
    /// Field `with`.
    pub with: FieldId,
    /// Field `what`.
    pub what: FieldId,
    /// Field `form`, if the vocabulary has it.
    pub form: Option<FieldId>,
    /// Field `reason`.
    pub reason: FieldId,
    /// Field `duty`.
    pub duty: FieldId,
    /// Field `by`, on every entry.
    pub by: FieldId,
    /// Field `occurred_at`, on every entry.
    pub occurred_at: FieldId,
    /// Field `recorded_at`, on every entry.
    pub recorded_at: FieldId,
    /// Field `followed`, on every entry: the rulebook that was followed where another contradicts it.
    pub followed: FieldId,
    /// Field `answer`.
    pub answer: FieldId,
    /// Field `episodes`: further episodes that an entry is about.
    pub episodes: FieldId,
    /// The fact `episode.status`.
    pub status: FactId,
    /// The fact `episode.whereabouts_known`, if the vocabulary has it.
    pub whereabouts_known: Option<FactId>,
    /// The fact `child.date_of_birth`.
    pub date_of_birth: FactId,
    /// The facts that a child placed out of area is told by, where a fact is derived from them.
    pub areas: Option<Areas>,
    /// The fact `episode.reported`, if the vocabulary has it: what sets it calls the police.
    pub reported: Option<FactId>,
    /// The fact `child.known_from`, if the vocabulary has it: the area whose rulebook is followed while nobody knows better.
    pub known_from: Option<FactId>,
    /// The fact `child.expected_date_of_birth`, if the vocabulary has it.
    pub expected_birth: Option<FactId>,
    /// The fact `child.date_of_birth_disputed`, if the vocabulary has it.
    pub disputed_birth: Option<FactId>,
}

impl Known {
    /// The fields by which an entry names what was done or filled in, who was told, and of what: entries are found by them.
    pub fn naming(&self) -> [FieldId; 8] {
        let form = self.form.unwrap_or(self.what);
        [self.action, self.decision, self.meeting, self.to, self.with, self.about, self.what, form]
    }
}

/// The facts by which it is told whether a child is placed out of area.
#[derive(Clone, Copy, Debug)]
pub struct Areas {
    /// `child.responsible_authority`.
    pub responsible: FactId,
    /// `placement.host_authority`.
    pub host: FactId,
    /// `placement.out_of_area`, for when one of the two is not on record.
    pub recorded: FactId,
}

impl Areas {
    /// All three.
    pub fn all(&self) -> [FactId; 3] {
        [self.responsible, self.host, self.recorded]
    }
}
