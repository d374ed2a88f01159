//! The shared words: roles, facts, events, actions, forms. One meaning each; closed.
//! What is written in `rulebooks/vocabulary/`. Loading is in `load`.

mod authority;
mod event;
mod group;
mod lexicon;
mod load;
mod role;
mod source;

pub use crate::ids::{ActionId, EventId, FactId, FieldId};
pub use authority::Authority;
pub use event::{Answer, Class, EpisodeEffect, Event, Field, SetTo, Sets};
pub use group::Group;
pub use load::load;
use role::Relations;
pub use role::{Role, SeenTo};
pub(crate) use source::MetBy as MetBySource;

use crate::calendar::{Calendar, Length};
use crate::condition::Condition;
use crate::value::{Type, Value};
use crate::words::Sym;
use std::collections::HashMap;

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
    Night,
    PlacedOutOfArea,
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
    /// What people read before its value.
    pub label: String,
    /// A line of help for whoever answers; may be empty.
    pub hint: String,
    /// It lies ahead when it is recorded.
    pub planned: bool,
    /// The group in which it is asked for; empty for what entries, placements or the engine say.
    pub group: String,
    /// Its closed values, as people read them, in order.
    pub answers: Vec<Answer>,
    /// Who may see it.
    pub class: Class,
    /// The value when nothing is recorded; unknown if left out.
    pub if_silent: Value,
    /// Worked out, not recorded.
    pub derived: Option<Derived>,
    /// Where it is declared.
    pub place: crate::diagnostic::Place,
}

/// A section of the page on what is known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FactGroup {
    /// The word, as in the page's address.
    pub id: String,
    /// What people read.
    pub title: String,
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
    /// As a decision: what its answer may be. Yes and no, and what the vocabulary has beside them.
    pub answers: Vec<Answer>,
    /// Only these roles may own it (empty: any).
    pub only_by: Vec<Sym>,
    /// As a decision: whose it is to say that it was made (empty: anybody's). Whoever else puts it down puts it down as told.
    pub said_by: Vec<Sym>,
    /// These roles may not own it.
    pub never_by: Vec<Sym>,
    /// Whom it tells by its nature, where no rule has to name them: whoever is reported to.
    pub tells: Vec<Sym>,
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

impl ActionKind {
    /// Is the act that somebody is told something?
    pub fn tells(self) -> bool {
        matches!(self, ActionKind::Notify | ActionKind::Share)
    }
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
    /// Groups of roles.
    pub groups: Vec<Group>,
    /// Sections in which facts are asked for, in order.
    pub fact_groups: Vec<FactGroup>,
    /// The authorities that can answer for a child.
    pub authorities: Vec<Authority>,
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
    /// For so long after an occasion without a limit what is learned counts for what it brought about.
    pub learned_within: Length,
    /// What the engine needs to know by name.
    pub known: Known,
    /// The events that tell somebody by their nature: event, role, of what.
    pub tells: Vec<(EventId, Sym, Sym)>,
    names: HashMap<Sym, String>,
    /// The area of a rulebook, by the authority that is part of it.
    within: HashMap<Sym, Sym>,
    relations: Relations,
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
    /// Does an act of `doer` count as one of `owner`? See `role`.
    pub fn may_act_for(&self, doer: Sym, owner: Sym) -> bool {
        self.relations.may_act_for(doer, owner)
    }
    /// Is `role` the same as `body`, or a part of it, near or far?
    pub fn is_part_of(&self, role: Sym, body: Sym) -> bool {
        self.relations.is_part_of(role, body)
    }
    /// Was `recipient` told when `told` was? Whoever tells a part of a body has told the body; whoever tells the body has not yet
    /// told a certain part of it.
    pub fn reaches(&self, told: Sym, recipient: Sym) -> bool {
        self.relations.reaches(told, recipient)
    }
    /// Whoever, being told, has told a role: itself first, then its parts.
    pub fn reached_by(&self, recipient: Sym) -> &[Sym] {
        self.relations.reached_by(recipient)
    }
    /// The owners whose duties stand on the lists of a role in some case, since they may not sign in themselves.
    pub fn sees_to(&self, role: &str) -> impl Iterator<Item = &str> {
        let role = crate::words::sym(role);
        self.roles.iter().filter(move |r| r.seen_to_by.iter().any(|s| s.role == role)).map(|r| r.id.as_str())
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
        &self.facts[id.place()]
    }
    /// An authority by its word.
    pub fn authority(&self, word: &str) -> Option<&Authority> {
        self.authorities.iter().find(|a| a.id == word)
    }
    /// What rulebooks take a value for: an authority that is part of a rulebook's area is that area to them.
    pub fn to_rulebooks(&self, value: Value) -> Value {
        let Value::Word(word) = value else { return value };
        Value::Word(self.within.get(&word).copied().unwrap_or(word))
    }
    /// The section of a word.
    pub fn fact_group(&self, word: &str) -> Option<&FactGroup> {
        self.fact_groups.iter().find(|g| g.id == word)
    }
    /// The facts of a section, in order.
    pub fn facts_of(&self, group: &str) -> impl Iterator<Item = (FactId, &Fact)> {
        let all = self.facts.iter().enumerate().map(|(n, fact)| (FactId::at(n), fact));
        all.filter(move |(_, fact)| fact.group == group && fact.derived.is_none())
    }
    /// The event at an index.
    pub fn event_at(&self, id: EventId) -> &Event {
        &self.events[id.place()]
    }
    /// The action at an index.
    pub fn action_at(&self, id: ActionId) -> &Action {
        &self.actions[id.place()]
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
            if let Type::Choice(values) | Type::Answer(values) = kind {
                found.extend(values);
            }
        }
        found.iter().filter_map(|v| self.word(crate::words::sym(v))).collect()
    }
}
