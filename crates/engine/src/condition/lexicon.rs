//! The words that a condition may use, as it asks for them: the vocabulary answers.

use crate::ids::{EventId, FactId, FieldId};
use crate::value::Type;
use crate::words::Sym;

/// Answers for the words in conditions.
pub trait Lexicon {
    /// A fact and the type of its values.
    fn fact(&self, word: &str) -> Option<(FactId, &Type)>;
    /// All facts.
    fn facts(&self) -> Vec<&str>;
    /// A field name.
    fn field(&self, word: &str) -> Option<FieldId>;
    /// An event's word.
    fn event(&self, event: EventId) -> &str;
    /// The fields of an event and the types of their values.
    fn event_fields(&self, event: EventId) -> Vec<(&str, &Type)>;
    /// Is it a role?
    fn is_role(&self, word: &str) -> bool;
    /// Is it an action?
    fn is_action(&self, word: &str) -> bool;
    /// What the answer to a decision may be, by its action.
    fn answers(&self, decision: Sym) -> Vec<&str>;
    /// Is it a form?
    fn is_form(&self, word: &str) -> bool;
    /// A group of roles: its name for people, and its roles.
    fn group(&self, word: &str) -> Option<(&str, &[String])>;
    /// All groups of roles.
    fn groups(&self) -> Vec<&str>;
    /// A group of areas: its name for people, and its areas.
    fn areas(&self, word: &str) -> Option<(&str, &[String])>;
}
