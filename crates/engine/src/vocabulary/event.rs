//! Events: what can happen, as a chronology records it; and the words and classes of what is filled in.

use super::{FactId, FieldId};
use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::value::{Type, Value};
use crate::words::Sym;

/// The class of a piece of information: who may see it hangs on this.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum Class {
    /// Whatever everybody who works with the child may see.
    #[default]
    Ordinary,
    /// The child's own words, wishes and refusals.
    ChildsWords,
    /// Told in confidence.
    InConfidence,
    /// Health.
    Health,
    /// Lines of a police enquiry, whose disclosure could hurt it.
    PoliceLines,
    /// Whereabouts and addresses: of the child, of family, of carers.
    Whereabouts,
    /// A concern about somebody who works with children.
    PractitionerConcern,
}

impl Class {
    /// Every class with its word.
    pub const ALL: [(&'static str, Class); 7] = [
        ("ordinary", Class::Ordinary),
        ("childs_words", Class::ChildsWords),
        ("in_confidence", Class::InConfidence),
        ("health", Class::Health),
        ("police_lines", Class::PoliceLines),
        ("whereabouts", Class::Whereabouts),
        ("practitioner_concern", Class::PractitionerConcern),
    ];

    /// The word, as the vocabulary and the policies write it.
    pub fn word(self) -> &'static str {
        Class::ALL.iter().find(|(_, class)| *class == self).map_or("ordinary", |(word, _)| word)
    }

    /// The class of a word.
    pub fn of(word: &str) -> Option<Class> {
        Class::ALL.iter().find(|(known, _)| *known == word).map(|(_, class)| *class)
    }
}

/// A closed answer, as people read it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answer {
    /// The word in the record.
    pub word: String,
    /// What people read.
    pub label: String,
    /// What it means, where the label does not say.
    pub hint: String,
    /// An entry with this answer is of this class as a whole.
    pub class: Option<Class>,
    /// It was an answer once: records that have it are read, and nobody is offered it any more.
    pub former: bool,
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
    /// Whoever records the event must give it: without it the act is a tick with a date. What came from elsewhere may lack it, and
    /// wherever it is shown as done, it is said what it lacks.
    pub needed: bool,
    /// What it means.
    pub doc: String,
    /// The question that a form asks.
    pub label: String,
    /// What helps to answer it.
    pub hint: String,
    /// The heading under which a form asks it; empty: none.
    pub group: String,
    /// Lines of a text: 1 is a short one.
    pub lines: u8,
    /// A moment that is planned when the entry is made.
    pub planned: bool,
    /// Its closed answers, in order.
    pub answers: Vec<Answer>,
    /// Who may see it.
    pub class: Class,
    /// Where it is given, the whole entry is of its class.
    pub hides_entry: bool,
    /// It says where the child was found: the places of the child are offered.
    pub place: bool,
}

impl Field {
    /// A closed answer by its word.
    pub fn answer(&self, word: &str) -> Option<&Answer> {
        self.answers.iter().find(|a| a.word == word)
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
    /// Only while nothing else has set it: a second such entry attaches to the first and moves nothing.
    pub first: bool,
    /// What is so no more, was so until then: where nobody had recorded it, the entry tells that as well.
    pub ends: bool,
}

/// What a fact is set to by an entry.
#[derive(Clone, Copy, Debug)]
pub enum SetTo {
    /// Always this; `Unknown`: what was known is known no more.
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
    /// What helps to fill in its form.
    pub hint: String,
    /// The heading under which it stands in a list of what can be recorded.
    pub group: String,
    /// What it does to the episode.
    pub episode: EpisodeEffect,
    /// The field that may put the episode's start before the entry.
    pub start_at: Option<FieldId>,
    /// It can only happen once the child is back.
    pub after_return: bool,
    /// It is kept for those who read the record; no rule has to ask for it.
    pub for_the_record: bool,
    /// An action of its own writes it, with what belongs to it; no form offers it.
    pub by_action: bool,
    /// The field that names who did it; where it is left out of an entry, or there is none, `by` does.
    pub doer: Option<FieldId>,
    /// Several sides did it together, such as a meeting: each of those whose statement it is says it for itself, and `doer` names who led.
    pub joint: bool,
    /// Of what several do together, the field for those who came.
    pub came: Option<FieldId>,
    /// A further one in the same episode attaches to the first: it brings nothing about by itself, and moves no clock.
    pub attaches: bool,
    /// Whose statement it is: these roles, or parts of these bodies. Empty: anybody's.
    pub said_by: Vec<Sym>,
    /// Who may see that it happened, and what it says.
    pub class: Class,
    /// Its fields.
    pub fields: Vec<Field>,
    /// The facts it sets.
    pub sets: Vec<Sets>,
    /// Recording it also tells this role, of this.
    pub tells: Option<(Sym, Sym)>,
    /// Made up by the casebook; never written in a chronology.
    pub made_up: bool,
    /// Where it is declared.
    pub place: Place,
}

impl Event {
    /// The field that holds a photograph, if it has one.
    pub fn photograph(&self) -> Option<&Field> {
        self.fields.iter().find(|field| field.kind == Type::Photograph)
    }

    /// The classes of an entry as a whole: that of the event, and those that its closed answers bring and fields that hide the entry. `gave`
    /// says whether a field was given this word; of a text, with an empty word, whether it was given at all. Whoever may not see one of them
    /// does not see that the entry exists; the class of a field hides no more than the field.
    pub fn classes(&self, gave: impl Fn(FieldId, &str) -> bool) -> Vec<Class> {
        let mut found = vec![self.class];
        for field in &self.fields {
            if field.hides_entry && gave(field.field, "") && !found.contains(&field.class) {
                found.push(field.class);
            }
            for answer in &field.answers {
                if let Some(class) = answer.class.filter(|_| gave(field.field, &answer.word))
                    && !found.contains(&class)
                {
                    found.push(class);
                }
            }
        }
        found
    }
}
