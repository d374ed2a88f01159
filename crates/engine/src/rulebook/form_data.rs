//! What a rulebook says of a form: its questions, what each reads and writes, from which stage it is asked, and what completing it records.

use super::model::Cite;
use crate::calendar::Length;
use crate::vocabulary::{Class, EventId, FactId};

/// A form, as data: what is filled in, and what filling it in comes to.
#[derive(Clone, PartialEq, Debug)]
pub struct Form {
    /// Its fields, in order.
    pub fields: Vec<FormField>,
    /// The event that completing it records: `form.completed`, unless the form says another; none where the vocabulary has neither.
    pub records: Option<EventId>,
    /// What is answered of that event without being asked: field and word, such as which decision it is.
    pub answers: Vec<(String, String)>,
    /// How long after it was completed it is to be reviewed, where the protocol says; the page offers the date.
    pub review_within: Option<Length>,
    /// What completing it records beside that, in the same write.
    pub also: Vec<Also>,
}

/// What completing a form records beside its own event: that the interview was held whose record it is, that the notification came in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Also {
    /// The event.
    pub event: EventId,
    /// The question that says when it happened; none where it happened when the form was filled in.
    pub at: Option<String>,
    /// The question that says, with a yes, that it did not happen.
    pub unless: Option<String>,
    /// The page on which the event is recorded by itself leads to the form.
    pub leads: bool,
    /// What is answered of the event without being asked: field and word.
    pub answers: Vec<(String, String)>,
    /// What is answered of it by a question of the form: field and question.
    pub asks: Vec<(String, String)>,
}

impl Form {
    /// A field by its id.
    pub fn field(&self, id: &str) -> Option<&FormField> {
        self.fields.iter().find(|field| field.id == id)
    }
}

/// What a field of a form takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the words are in docs/rulebook-language.md")]
pub enum FieldType {
    Text,
    LongText,
    YesNo,
    Choice,
    Graded,
    Date,
    Moment,
    Time,
    Number,
    Role,
    Phone,
    Photograph,
    Person,
    Place,
    Group,
}

impl FieldType {
    /// All of them, by their words.
    pub const ALL: [(&'static str, FieldType); 15] = [
        ("text", FieldType::Text),
        ("long-text", FieldType::LongText),
        ("yes-no", FieldType::YesNo),
        ("choice", FieldType::Choice),
        ("graded", FieldType::Graded),
        ("date", FieldType::Date),
        ("moment", FieldType::Moment),
        ("time", FieldType::Time),
        ("number", FieldType::Number),
        ("role", FieldType::Role),
        ("phone", FieldType::Phone),
        ("photograph", FieldType::Photograph),
        ("person", FieldType::Person),
        ("place", FieldType::Place),
        ("group", FieldType::Group),
    ];

    /// Those that a line of a group may be of: each is answered by one line of writing.
    pub const OF_LINES: [(&'static str, FieldType); 4] = [
        ("text", FieldType::Text),
        ("phone", FieldType::Phone),
        ("person", FieldType::Person),
        ("place", FieldType::Place),
    ];

    /// The word.
    pub fn word(self) -> &'static str {
        FieldType::ALL.iter().find(|(_, kind)| *kind == self).map_or("text", |(word, _)| word)
    }
}

/// Whose word a field's answer is: of the record, which is read before anybody types and written once the form is completed.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub enum Bound {
    /// Nobody's: the answer stands in the form alone.
    #[default]
    No,
    /// A fact that people answer; its type and its answers are the fact's.
    Fact(FactId),
    /// What is kept of who the child is, by its key in the vocabulary's particulars.
    Particular(String),
    /// A field, by its id, of the event that completing the form records; its type and its answers are that field's.
    Event(String),
}

/// What a field is filled with before anybody types, where its answer is not written back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reads {
    /// One of the words that the pages know: [`Reads::WORDS`].
    Word(String),
    /// The last answer to a field of an event: of the episode, or else of any.
    Entry(EventId, String),
}

impl Reads {
    /// What is read of a record by a word of its own.
    pub const WORDS: [&'static str; 10] = [
        "name",
        "known_as",
        "address",
        "people",
        "associates",
        "risks",
        "places",
        "earlier_episodes",
        "photograph",
        "social_worker",
    ];
}

/// From which stage on a field is asked, and required if it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Stage {
    /// At any time.
    #[default]
    Always,
    /// Once the child is gone.
    Missing,
    /// Once the child is back.
    Back,
}

impl Stage {
    /// All of them, by their words.
    pub const ALL: [(&'static str, Stage); 3] =
        [("always", Stage::Always), ("missing", Stage::Missing), ("back", Stage::Back)];
}

/// What is asked beside a yes, or beside a grade.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Details {
    /// Nothing.
    #[default]
    None,
    /// What it rests on.
    What,
    /// What it rests on, and since when.
    WhatSince,
}

impl Details {
    /// All of them, by their words.
    pub const ALL: [(&'static str, Details); 3] =
        [("none", Details::None), ("what", Details::What), ("what-since", Details::WhatSince)];
}

/// What is asked of each line of a repeated group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineField {
    /// Unique in the group.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// What it takes: one of [`FieldType::OF_LINES`].
    pub kind: FieldType,
}

/// A field of a form.
#[derive(Clone, PartialEq, Debug)]
pub struct FormField {
    /// Unique in the form.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// What it takes; of a field that is bound to the record, what the record takes.
    pub kind: FieldType,
    /// Grades or choices; none for the other types.
    pub choices: Vec<String>,
    /// Has to be filled in, from its stage on.
    pub required: bool,
    /// From when on it is asked.
    pub stage: Stage,
    /// What is asked beside the answer.
    pub details: Details,
    /// What of the record it is.
    pub bound: Bound,
    /// Answered with yes, this is so of the child too.
    pub yes: Option<FactId>,
    /// What it is filled with, where it is not written back.
    pub reads: Option<Reads>,
    /// Of a group, what is asked of each line.
    pub lines: Vec<LineField>,
    /// Of a group of people: each new line becomes somebody around the child, of this kind (`friend`, `family`).
    pub keeps: Option<String>,
    /// Who may see the answer.
    pub class: Class,
    /// A line of help beside it.
    pub help: Option<String>,
    /// The heading it stands under.
    pub section: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
}
