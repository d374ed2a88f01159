//! The vocabulary as conditions ask it for words, also while it is being loaded.

use super::{Action, Event, Fact, Group, Index, Vocabulary};
use crate::condition::{Lexicon, SettingWord, Term, Words};
use crate::ids::{EventId, FactId, FieldId};
use crate::value::Type;
use crate::words::Sym;

/// What has been declared so far.
pub(super) struct Shelf<'a> {
    pub index: &'a Index,
    pub facts: &'a [Fact],
    pub events: &'a [Event],
    pub groups: &'a [Group],
    pub actions: &'a [Action],
}

impl Lexicon for Shelf<'_> {
    fn fact(&self, word: &str) -> Option<(FactId, &Type)> {
        let id = self.index.facts.get(word).copied()?;
        Some((id, &self.facts[id.place()].kind))
    }
    fn facts(&self) -> Vec<&str> {
        self.facts.iter().map(|f| f.id.as_str()).collect()
    }
    fn field(&self, word: &str) -> Option<FieldId> {
        self.index.fields.get(word).copied()
    }
    fn event(&self, event: EventId) -> &str {
        &self.events[event.place()].id
    }
    fn event_fields(&self, event: EventId) -> Vec<(&str, &Type)> {
        self.events[event.place()].fields.iter().map(|f| (f.id.as_str(), &f.kind)).collect()
    }
    fn is_role(&self, word: &str) -> bool {
        self.index.roles.contains_key(word)
    }
    fn is_action(&self, word: &str) -> bool {
        self.index.actions.contains_key(word)
    }
    fn answers(&self, decision: Sym) -> Vec<&str> {
        let action = self.actions.iter().find(|action| action.sym == decision);
        action.into_iter().flat_map(|action| &action.answers).map(|answer| answer.word.as_str()).collect()
    }
    fn is_form(&self, word: &str) -> bool {
        self.index.forms.contains_key(word)
    }
    fn group(&self, word: &str) -> Option<(&str, &[String])> {
        let found = self.groups.iter().find(|g| g.id == word && g.areas.is_empty())?;
        Some((found.name.as_str(), found.roles.as_slice()))
    }
    fn groups(&self) -> Vec<&str> {
        self.groups.iter().filter(|g| g.areas.is_empty()).map(|g| g.id.as_str()).collect()
    }
    fn areas(&self, word: &str) -> Option<(&str, &[String])> {
        let found = self.groups.iter().find(|g| g.id == word && !g.areas.is_empty())?;
        Some((found.name.as_str(), found.areas.as_slice()))
    }
}

impl Vocabulary {
    fn shelf(&self) -> Shelf<'_> {
        Shelf {
            index: &self.index,
            facts: &self.facts,
            events: &self.events,
            groups: &self.groups,
            actions: &self.actions,
        }
    }

    /// Calls `read` with the words for conditions in a rulebook.
    pub fn with_words<T>(
        &self,
        settings: &[SettingWord],
        terms: &[Term],
        here: Option<Sym>,
        read: impl FnOnce(&Words<'_>) -> T,
    ) -> T {
        read(&Words { lexicon: &self.shelf(), settings, terms, here })
    }
}
