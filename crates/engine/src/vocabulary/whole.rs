//! All words, and how one is found.

use super::role::Relations;
use super::{
    Action, ActionId, Authority, Event, EventId, Fact, FactGroup, FactId, Field, FieldId, Form, Group, Known,
    PoliceForce, Role,
};
use crate::calendar::{Calendar, Length};
use crate::value::{Type, Value};
use crate::words::Sym;
use std::collections::HashMap;

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
    /// The police forces, each with its areas.
    pub police_forces: Vec<PoliceForce>,
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
    pub(super) names: HashMap<Sym, String>,
    /// The area of a rulebook, by the authority that is part of it.
    pub(super) within: HashMap<Sym, Sym>,
    pub(super) relations: Relations,
    pub(super) index: Index,
}

/// Where each word stands.
#[derive(Clone, Debug, Default)]
pub(super) struct Index {
    pub(super) roles: HashMap<String, usize>,
    pub(super) facts: HashMap<String, FactId>,
    pub(super) events: HashMap<String, EventId>,
    pub(super) actions: HashMap<String, ActionId>,
    pub(super) forms: HashMap<String, usize>,
    pub(super) fields: HashMap<String, FieldId>,
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
    /// The police force of an area, by the area's word.
    pub fn police_force(&self, area: &str) -> Option<&PoliceForce> {
        self.police_forces.iter().find(|force| force.areas.iter().any(|one| one == area))
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
