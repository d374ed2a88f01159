//! The form for an event: its fields from the vocabulary, filled with what is known.

use super::protocol::Cited;
use super::{AtHand, ChildHead, DutyKey, EventLink, Version, Viewer};
use serde::Serialize;

/// The page on which an event is recorded or corrected.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct EventForm {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The event.
    pub event: String,
    /// `The child came back`.
    pub title: String,
    /// A sentence under it.
    pub hint: String,
    /// The version of the record, for the hidden field `version`.
    pub version: i64,
    /// The episode, for the hidden field `episode`; empty when there is none.
    pub episode: String,
    /// The duty it carries out: its label; empty when opened from the menu.
    pub duty_label: String,
    /// Until when, in words, and what follows where that is over; empty where it has no limit, or none was asked about.
    pub duty_due: String,
    /// The key of that duty; may be empty.
    pub duty: Option<DutyKey>,
    /// What else answers the duty, where it was something else that happened.
    pub instead: Vec<EventLink>,
    /// The key of that duty.
    pub instead_of: Option<DutyKey>,
    /// When it happened: always a field of kind `moment`, filled with now.
    pub occurred: FormField,
    /// Who did it: a field of kind `choice`, filled with the viewer's role or, where another does this, that role.
    pub by: FormField,
    /// The name of the person who did it: a line of text.
    pub by_name: FormField,
    /// The fields of the event, in order.
    pub fields: Vec<FormField>,
    /// The note: a field of kind `long-text`.
    pub note: FormField,
    /// What the rulebooks say at this step.
    pub guidance: Vec<Guidance>,
    /// Whom to ring, what one may do, the law and the words, at this step.
    pub hand: AtHand,
    /// What belongs to the act, in the rulebooks' words.
    pub checklist: Vec<CheckLine>,
    /// When correcting: what the entry says now. The form is filled with it.
    pub correcting: Option<Version>,
    /// When correcting: why, from a list and in words; else empty.
    pub why: Vec<FormField>,
    /// This event ends the episode.
    pub ends_episode: bool,
    /// The viewer may dispute it.
    pub may_dispute: bool,
    /// The viewer may confirm it.
    pub may_confirm: bool,
    /// It began an absence that can be made one with the one before, or was.
    pub may_join: bool,
}

/// Two absences that may be one, beside each other; or that were made one, to be taken apart.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct JoinPage {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child.
    pub child: ChildHead,
    /// The version of the record, for the hidden field `version`.
    pub version: i64,
    /// The entry that began the second.
    pub entry: String,
    /// They were made one.
    pub apart: bool,
    /// `From 18:00 on Mon 5 Jan to 20:00`; empty where they are one.
    pub first: String,
    /// The same of the second.
    pub second: String,
}

/// A line of a checklist, to be answered.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct CheckLine {
    /// The name of its field; `{key}-why` is that for why.
    pub key: String,
    /// What is asked.
    pub text: String,
    /// `should`, where it is not a must; may be empty.
    pub badge: String,
    /// `yes`, `no`, `not-applicable`, or empty.
    pub answer: String,
    /// Why, of a no.
    pub why: String,
    /// What is wrong with it; empty when nothing is.
    pub error: String,
    /// Provisions.
    pub cited: Cited,
}

/// A field.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FormField {
    /// Its name in the form. For a moment the parts are `{name}-day`, `-month`, `-year`, `-time` and, in the hour that comes
    /// twice, `-fold` (`first`, `second`); for a date the first three. Several roles are several values of one name.
    pub name: String,
    /// `Back to where`.
    pub label: String,
    /// A line of help; may be empty.
    pub hint: String,
    /// How it is drawn.
    pub kind: FieldKind,
    /// Must be filled in.
    pub required: bool,
    /// Choices, where it is one.
    pub options: Vec<ChoiceOption>,
    /// Many choices, under headings: for a `<select>` with groups, or checkboxes. Used instead of `options`.
    pub groups: Vec<OptionGroup>,
    /// What is filled in: one text; several for roles.
    pub values: Vec<String>,
    /// For moments and dates what is filled in, part by part.
    pub day: String,
    /// See `day`.
    pub month: String,
    /// See `day`.
    pub year: String,
    /// See `day`: `18:30`.
    pub time: String,
    /// See `day`: empty, `first` or `second`.
    pub fold: String,
    /// Its answers are people, by their roles.
    pub people: bool,
    /// A moment to come, of something planned: nobody means just now.
    pub ahead: bool,
    /// Ask which of the two hours is meant.
    pub ask_fold: bool,
    /// What is wrong with it; empty when nothing is.
    pub error: String,
    /// Of a date or a moment, the part that is at fault: `day`, `month`, `year` or `time`; empty where it is the whole.
    pub at_fault: String,
    /// What is offered while a line is written; anything else can be written.
    pub suggested: Vec<String>,
    /// Lies folded under this title, with the fields beside it of the same title, while all of them are empty; not folded where it is empty.
    pub folded: String,
    /// What may be meant by a time that can be read in several ways: a press on one sends the form with it as `{name}-fold`.
    pub offers: Vec<ChoiceOption>,
}

impl FormField {
    /// Nothing was answered, and nothing is wrong with it.
    pub fn is_blank(&self) -> bool {
        let parts = [&self.day, &self.month, &self.year, &self.time, &self.error];
        self.values.iter().chain(parts).all(String::is_empty)
    }

    /// Does it ask which of all the acts it was?
    pub fn is_of_many_acts(&self) -> bool {
        self.kind == FieldKind::Select
            && self.groups.iter().map(|group| group.options.len()).sum::<usize>() > MANY
            && self.values.is_empty()
            && ["f-action", "f-decision"].contains(&self.name.as_str())
    }
}

/// More choices than this nobody looks through.
const MANY: usize = 20;

/// How a field is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// A line of text.
    #[default]
    Text,
    /// Several lines.
    LongText,
    /// Yes or no, as radios, with neither chosen until somebody does.
    YesNo,
    /// One of a few, as radios.
    Choice,
    /// One of many, as a select with groups.
    Select,
    /// Any of many, as checkboxes in groups.
    Checkboxes,
    /// A whole number.
    Number,
    /// A date in three parts.
    Date,
    /// A date in three parts, and a time.
    Moment,
    /// A photograph that was put already: shown, with its id in a hidden field.
    Photograph,
    /// Not shown: a hidden field with its value.
    Hidden,
}

/// A choice.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ChoiceOption {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// A line under it; may be empty.
    pub hint: String,
    /// Is it filled in?
    pub chosen: bool,
}

/// Choices under a heading.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct OptionGroup {
    /// `Police`.
    pub title: String,
    /// The choices.
    pub options: Vec<ChoiceOption>,
    /// They are not likely: whoever means one of them types its name.
    pub rest: bool,
}

/// What a rulebook says at a step.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Guidance {
    /// `Exampleshire`.
    pub rulebook: String,
    /// Its title; may be empty.
    pub title: String,
    /// In words.
    pub says: String,
    /// Provisions.
    pub provisions: String,
}
