//! From whom a child withholds where they are. What the child wants counts from the refusal on, whoever wrote it down; that it may be told
//! again counts only as certain.

use super::hold::is_own_side;
use crate::app::App;
use casebook::case_file::EntryLine;
use engine::case::{Case, Entry};
use engine::ids::EventId;
use engine::value::Value;
use engine::vocabulary::{FieldId, Vocabulary};
use engine::words::{Sym, sym};

/// Does the child withhold it from whoever has this role, as things stand?
pub(crate) fn withheld_by_wish(app: &App, role: &str, case: &Case) -> bool {
    let vocabulary = app.rules.vocabulary();
    let (refused, allowed) = (vocabulary.event("disclosure.refused"), vocabulary.event("disclosure.allowed"));
    let mut withheld = false;
    for entry in case.entries.iter().filter(|e| !e.void && !e.refused) {
        if Some(entry.event) == allowed {
            withheld &= entry.told;
        } else if Some(entry.event) == refused {
            withheld |= is_from(app, role, vocabulary, entry);
        } else if says_yes(vocabulary, entry, "refuses_disclosure") {
            withheld |= is_bound_to_nothing(app, role);
        }
    }
    withheld
}

/// Is it withheld from this role by this refusal? Where nobody is named, from everybody who is not bound to know.
fn is_from(app: &App, role: &str, vocabulary: &Vocabulary, entry: &Entry) -> bool {
    let field = vocabulary.field("withheld_from");
    let mut named = entry.fields.iter().filter(|(f, _)| Some(*f) == field).peekable();
    if named.peek().is_none() {
        return is_bound_to_nothing(app, role);
    }
    named.any(|(_, value)| matches!(value, Value::Word(word) if is_own_side(app, role, *word)))
}

/// Those who care for the child and the family may be left in the dark; the police and social care are bound to know.
fn is_bound_to_nothing(app: &App, role: &str) -> bool {
    let roles = app.policies.roles();
    roles.is(role, "carers") || roles.is(role, "family")
}

fn says_yes(vocabulary: &Vocabulary, entry: &Entry, field: &str) -> bool {
    let field = vocabulary.field(field);
    entry.fields.iter().any(|(f, value)| Some(*f) == field && *value == Value::Bool(true))
}

/// What is decided, done and told about the child's wish, while it stands: as much as the wish itself it is kept from those from whom the
/// child withholds it. The decision, with its reasons; that the child was encouraged; and what was passed on meanwhile, with whom and what for.
pub(crate) struct OfWish {
    acts: Vec<Sym>,
    named_in: [FieldId; 2],
    shared: Option<EventId>,
}

impl OfWish {
    pub fn of(vocabulary: &Vocabulary) -> OfWish {
        let acts = vocabulary.actions.iter().filter(|act| act.id.starts_with("disclosure.")).map(|act| sym(&act.id));
        let named_in = [vocabulary.known.action, vocabulary.known.decision];
        OfWish { acts: acts.collect(), named_in, shared: vocabulary.event("information.shared") }
    }

    pub fn tells(&self, line: &EntryLine) -> bool {
        let is_act = |value: &Value| matches!(value, Value::Word(word) if self.acts.contains(word));
        self.shared == Some(line.event)
            || line.fields.iter().any(|(field, value)| self.named_in.contains(field) && is_act(value))
    }
}
