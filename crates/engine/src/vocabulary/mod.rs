//! The shared words: roles, facts, events, actions, forms. One meaning each; closed.
//! What is written in `rulebooks/vocabulary/`. Loading is in `load`.

mod load;
mod source;

pub use load::load;
pub(crate) use source::MetBy as MetBySource;

use crate::calendar::Calendar;
use crate::condition::Condition;
use crate::value::{Type, Value};
use crate::words::Sym;
use std::collections::HashMap;

/// Index of a fact in the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FactId(pub u16);
/// Index of an event in the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct EventId(pub u16);
/// Index of an action in the vocabulary.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct ActionId(pub u16);
/// Index of a field name; names are shared between events.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct FieldId(pub u16);

/// A role: who does things and who is told.
#[derive(Clone, Debug)]
pub struct Role {
    /// The word.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// person, team, body or outside.
    pub kind: String,
    /// What it means.
    pub doc: String,
}

/// What a fact is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// The child or the placement: one value at a time over the whole record.
    Child,
    /// One episode.
    Episode,
    /// The moment itself.
    Clock,
}

/// Facts that are worked out rather than recorded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "each is documented in rulebooks/vocabulary/facts.toml")]
pub enum Derived {
    Age,
    Turns18,
    EpisodeStart,
    EpisodeEnd,
    EpisodeOpen,
    MissingSince,
    WasMissing,
    WasAway,
    WasAbsent,
    FirstEpisode,
    MissingBefore,
    OfficeHours,
}

/// A fact about the child, the placement, the episode or the clock.
#[derive(Clone, Debug)]
pub struct Fact {
    /// The word, such as `episode.risk`.
    pub id: String,
    /// What it is about, from the part before the dot.
    pub scope: Scope,
    /// Type of its values.
    pub kind: Type,
    /// What it means.
    pub doc: String,
    /// The value when nothing is recorded; unknown if left out.
    pub if_silent: Value,
    /// Worked out, not recorded.
    pub derived: Option<Derived>,
    /// Where it is declared.
    pub place: crate::diagnostic::Place,
}

/// One field of an event.
#[derive(Clone, Debug)]
pub struct Field {
    /// The word.
    pub id: String,
    /// Its number.
    pub field: FieldId,
    /// Type of its values.
    pub kind: Type,
    /// Must be given.
    pub required: bool,
    /// What it means.
    pub doc: String,
}

impl Event {
    /// The field that holds a photograph, if it has one.
    pub fn photograph(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == Type::Photograph)
    }
}

/// A fact that an event sets.
#[derive(Clone, Debug)]
pub struct Sets {
    /// Which fact.
    pub fact: FactId,
    /// To what.
    pub to: SetTo,
    /// Only when this is true of the entry.
    pub when: Condition,
}

/// What a fact is set to by an entry.
#[derive(Clone, Copy, Debug)]
pub enum SetTo {
    /// Always this.
    Value(Value),
    /// The entry's field; nothing happens when the field is empty.
    Field(FieldId),
    /// The moment of the entry.
    Moment,
}

/// What an event does to the episode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EpisodeEffect {
    /// Belongs to an episode, changes nothing of its extent.
    Within,
    /// Starts one.
    Starts,
    /// Ends it.
    Ends,
}

/// Something that can happen, as a chronology records it.
#[derive(Clone, Debug)]
pub struct Event {
    /// The word, such as `return.recorded`.
    pub id: String,
    /// Name for people, past tense.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// What it does to the episode.
    pub episode: EpisodeEffect,
    /// The field that may put the episode's start before the entry.
    pub start_at: Option<FieldId>,
    /// It can only happen once the child is back.
    pub after_return: bool,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The facts it sets.
    pub sets: Vec<Sets>,
    /// Recording it also tells this role, of this.
    pub tells: Option<(Sym, Sym)>,
    /// Made up by the casebook; never written in a chronology.
    pub made_up: bool,
    /// Where it is declared.
    pub place: crate::diagnostic::Place,
}

/// The sort of act an action is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words say it; see rulebooks/vocabulary/actions/core.toml")]
pub enum ActionKind {
    Notify,
    Share,
    Meet,
    Decide,
    Record,
    Assess,
    Interview,
    Do,
}

/// An event, and what must be true of the entry, for something to be met.
#[derive(Clone, Debug)]
pub struct Met {
    /// The event.
    pub event: EventId,
    /// Of the entry.
    pub when: Condition,
}

/// An act that rules ask for; the same word in every area.
#[derive(Clone, Debug)]
pub struct Action {
    /// The word, such as `return_home_interview.hold`.
    pub id: String,
    /// Its symbol.
    pub sym: Sym,
    /// Name for people.
    pub name: String,
    /// What it means.
    pub doc: String,
    /// The sort of act.
    pub kind: ActionKind,
    /// For notify: about what. For share: what is shared.
    pub topic: Option<Sym>,
    /// Events that carry it out, beside `action.recorded`.
    pub met_by: Vec<Met>,
    /// Only these roles may own it (empty: any).
    pub only_by: Vec<Sym>,
    /// These roles may not own it.
    pub never_by: Vec<Sym>,
}

/// A form, plan or record that is filled in.
#[derive(Clone, Debug)]
pub struct Form {
    /// The word.
    pub id: String,
    /// Name for people.
    pub name: String,
    /// What it means.
    pub doc: String,
}

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
    /// Field `reason`.
    pub reason: FieldId,
    /// Field `duty`.
    pub duty: FieldId,
    /// Field `by`, on every entry.
    pub by: FieldId,
    /// The fact `episode.status`.
    pub status: FactId,
    /// The fact `child.date_of_birth`.
    pub date_of_birth: FactId,
}

impl Known {
    /// The fields by which an entry names what was done, who was told, and of what: entries are found by them.
    pub fn naming(&self) -> [FieldId; 7] {
        [self.action, self.decision, self.meeting, self.to, self.with, self.about, self.what]
    }
}

/// The closed vocabulary.
#[derive(Clone, Debug)]
pub struct Vocabulary {
    /// All roles.
    pub roles: Vec<Role>,
    /// All facts; `FactId` is the index.
    pub facts: Vec<Fact>,
    /// All events; `EventId` is the index.
    pub events: Vec<Event>,
    /// All actions; `ActionId` is the index.
    pub actions: Vec<Action>,
    /// All forms.
    pub forms: Vec<Form>,
    /// Field names; `FieldId` is the index.
    pub fields: Vec<String>,
    /// England's calendar.
    pub calendar: Calendar,
    /// What the engine needs to know by name.
    pub known: Known,
    /// The events that tell somebody by their nature: event, role, of what.
    pub tells: Vec<(EventId, Sym, Sym)>,
    names: HashMap<Sym, String>,
    index: Index,
}

#[derive(Clone, Debug, Default)]
struct Index {
    roles: HashMap<String, usize>,
    facts: HashMap<String, FactId>,
    events: HashMap<String, EventId>,
    actions: HashMap<String, ActionId>,
    forms: HashMap<String, usize>,
    fields: HashMap<String, FieldId>,
}

impl Vocabulary {
    /// A fact by its word.
    pub fn fact(&self, word: &str) -> Option<FactId> {
        self.index.facts.get(word).copied()
    }
    /// An event by its word.
    pub fn event(&self, word: &str) -> Option<EventId> {
        self.index.events.get(word).copied()
    }
    /// An action by its word.
    pub fn action(&self, word: &str) -> Option<ActionId> {
        self.index.actions.get(word).copied()
    }
    /// A role by its word.
    pub fn role(&self, word: &str) -> Option<&Role> {
        self.index.roles.get(word).map(|i| &self.roles[*i])
    }
    /// A form by its word.
    pub fn form(&self, word: &str) -> Option<&Form> {
        self.index.forms.get(word).map(|i| &self.forms[*i])
    }
    /// A field name by its word.
    pub fn field(&self, word: &str) -> Option<FieldId> {
        self.index.fields.get(word).copied()
    }
    /// The fact at an index.
    pub fn fact_at(&self, id: FactId) -> &Fact {
        &self.facts[id.0 as usize]
    }
    /// The event at an index.
    pub fn event_at(&self, id: EventId) -> &Event {
        &self.events[id.0 as usize]
    }
    /// The action at an index.
    pub fn action_at(&self, id: ActionId) -> &Action {
        &self.actions[id.0 as usize]
    }
    /// The word of a symbol, if the vocabulary has it.
    pub fn word(&self, sym: Sym) -> Option<&str> {
        self.names.get(&sym).map(String::as_str)
    }
    /// A role's name for people, or the word itself.
    pub fn role_name<'a>(&'a self, word: &'a str) -> &'a str {
        self.role(word).map_or(word, |r| &r.name)
    }
    /// The field of an event by its word.
    pub fn event_field(&self, event: EventId, word: &str) -> Option<&Field> {
        self.event_at(event).fields.iter().find(|f| f.id == word)
    }
    /// All choice values of a field of that name, on any event.
    pub fn field_values(&self, field: FieldId) -> Vec<&str> {
        let of = |f: &Field| if f.field == field { Some(f.kind.clone()) } else { None };
        let mut found: Vec<String> = Vec::new();
        for kind in self.events.iter().flat_map(|e| e.fields.iter().filter_map(of)) {
            if let Type::Choice(values) = kind {
                found.extend(values);
            }
        }
        found.iter().filter_map(|v| self.word(crate::words::sym(v))).collect()
    }
}
