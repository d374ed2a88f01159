//! A case file as read: everything in it, every word known to the vocabulary, every reference resolved.

use super::checked::Checked;
use super::filled::Filled;
use engine::diagnostic::Place;
use engine::ids::LineNo;
use engine::time::Moment;
use engine::value::Value;
use engine::vocabulary::{EventId, FactId, FieldId};
use engine::words::Sym;
use std::collections::HashMap;
use std::sync::Arc;

/// The whole record of one child.
#[derive(Clone, PartialEq, Debug)]
pub struct CaseFile {
    /// Path of the file, for messages.
    pub file: String,
    /// The case's id.
    pub id: String,
    /// What the case shows, for examples; free text.
    pub about: Option<String>,
    /// Dated facts, in the order of the file.
    pub facts: Vec<DatedFact>,
    /// People around the child.
    pub people: Vec<Person>,
    /// Where the child lived, lives, and is to live.
    pub placements: Vec<Placement>,
    /// Local settings for this case.
    pub settings: Vec<SettingLine>,
    /// What happened, in the order of the file. Shared: a record that grows by an entry does not copy the others.
    pub chronology: Vec<Arc<EntryLine>>,
    /// Words that are not in the vocabulary (areas), for display.
    pub words: HashMap<Sym, String>,
}

/// Where a fact was taken from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Taken {
    /// Whoever recorded it saw it.
    Seen,
    /// Somebody told it.
    Told,
    /// A document says so.
    Document,
    /// From where the record was opened or the child was reported; nobody has confirmed it.
    Report,
}

impl Taken {
    /// Every source with its word, in the order in which they are offered.
    pub const ALL: [(Taken, &'static str); 4] =
        [(Taken::Told, "told"), (Taken::Seen, "seen"), (Taken::Document, "document"), (Taken::Report, "report")];

    /// A source by its word.
    pub fn of(word: &str) -> Option<Taken> {
        Taken::ALL.iter().find(|(_, known)| *known == word).map(|(taken, _)| *taken)
    }

    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Taken::Told => "told",
            Taken::Seen => "seen",
            Taken::Document => "document",
            Taken::Report => "report",
        }
    }
}

/// A fact, true from a moment on; or the correction or withdrawal of what was recorded of it.
#[derive(Clone, PartialEq, Debug)]
pub struct DatedFact {
    /// Unique among the facts; `fact#n` (n its position, from 1) if the file gives none.
    pub id: String,
    /// Which fact; never a derived one.
    pub fact: FactId,
    /// Its value, of the fact's type; of a withdrawal [`Value::Unknown`].
    pub value: Value,
    /// From when; [`Moment::EVER`] if the file does not say.
    pub from: Moment,
    /// Until when it held, if that is known.
    pub until: Option<Moment>,
    /// When it was recorded; as `from` if the file does not say.
    pub recorded: Moment,
    /// Where it was taken from.
    pub taken: Option<Taken>,
    /// Who told it, or which document says so, in words.
    pub told_by: Option<String>,
    /// The id of the line that it replaces or withdraws.
    pub corrects: Option<String>,
    /// It takes `corrects` back rather than replacing it.
    pub withdrawn: bool,
    /// Why that was wrong.
    pub why: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Where it is written.
    pub place: Place,
}

impl DatedFact {
    /// A value that always held, with nothing said of where it is from.
    pub fn always(fact: FactId, value: Value, place: Place) -> DatedFact {
        DatedFact {
            id: String::new(),
            fact,
            value,
            from: Moment::EVER,
            until: None,
            recorded: Moment::EVER,
            taken: None,
            told_by: None,
            corrects: None,
            withdrawn: false,
            why: None,
            note: None,
            place,
        }
    }
}

/// Somebody around the child. Nothing is evaluated from it; pages and letters show it.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Unique among the people of the case.
    pub id: String,
    /// Name.
    pub name: Option<String>,
    /// A role of the vocabulary.
    pub role: Option<Sym>,
    /// Telephone number, as written.
    pub phone: Option<String>,
    /// E-mail address, as written.
    pub email: Option<String>,
    /// Postal address, as written.
    pub address: Option<String>,
    /// Anything else, key by key; kept as written, not interpreted.
    pub facts: Vec<(String, String)>,
    /// What the page of the person asks beside, key by key; nothing is evaluated from it.
    pub details: Vec<(String, String)>,
    /// Where they are written.
    pub place: Place,
}

/// A placement, or the family home.
#[derive(Clone, PartialEq, Debug)]
pub struct Placement {
    /// Unique among the placements of the case.
    pub id: String,
    /// What it says of the facts `placement.*`; `placement.start` is `from`.
    pub facts: Vec<(FactId, Value)>,
    /// From when.
    pub from: Moment,
    /// Until when, if it has ended or its end is known.
    pub until: Option<Moment>,
    /// When it was recorded; as `from` if the file does not say.
    pub recorded: Moment,
    /// Name of the home or carers.
    pub name: Option<String>,
    /// Address; policy withholds it from some readers.
    pub address: Option<String>,
    /// What the page of the placement asks beside, key by key; nothing is evaluated from it.
    pub details: Vec<(String, String)>,
    /// Where it is written.
    pub place: Place,
}

/// A local setting for this case.
#[derive(Clone, PartialEq, Debug)]
pub struct SettingLine {
    /// The rulebook's id.
    pub rulebook: String,
    /// The setting's id in it.
    pub setting: String,
    /// As written, to be read by the rulebook.
    pub value: String,
    /// From when; [`Moment::EVER`] where it does not say. What came about before goes by what held then.
    pub from: Moment,
    /// Where it is written.
    pub place: Place,
}

/// What is said about an entry that stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Remark {
    /// It is so: by the side that it was told by, or by a manager where that side does not use Whereabouts.
    Confirmed,
    /// It is not so; both stand.
    Disputed,
}

/// An entry of the chronology, or the correction or withdrawal of one.
#[derive(Clone, PartialEq, Debug)]
pub struct EntryLine {
    /// Unique in the chronology; `#n` (n its position, from 1) if the file gives none.
    pub id: String,
    /// What happened. A withdrawal has the event of the entry it withdraws.
    pub event: EventId,
    /// When it happened.
    pub occurred: Moment,
    /// When it was recorded.
    pub recorded: Moment,
    /// The role that did it.
    pub by: Option<Sym>,
    /// The person who did it.
    pub by_name: Option<String>,
    /// Free text.
    pub note: Option<String>,
    /// Of a correction: why what stood before was put right.
    pub why: Option<String>,
    /// Fields with a value; several values of one field are several pairs.
    pub fields: Vec<(FieldId, Value)>,
    /// The words of free-text fields, which conditions do not see; and ids of rules and entries as they are written.
    pub texts: Vec<(FieldId, String)>,
    /// The entry that starts the episode it is said to belong to, by index in the chronology.
    pub episode: Option<LineNo>,
    /// The entries that start further episodes it is said to be about, by index in the chronology.
    pub also: Vec<LineNo>,
    /// The entry it corrects or withdraws, by index in the chronology.
    pub corrects: Option<LineNo>,
    /// The entry at the beginning of its chain of corrections; itself, if it corrects nothing.
    pub root: LineNo,
    /// It takes `corrects` back rather than replacing it.
    pub withdrawn: bool,
    /// It replaces nothing: it says something about `corrects`, which stands.
    pub remark: Option<Remark>,
    /// The role on whose behalf it was put down, by somebody of another side.
    pub told_by: Option<Sym>,
    /// The checklist of the duty that it did, answered line by line.
    pub checklist: Vec<Checked>,
    /// The form that was filled in, where completing one recorded it.
    pub filled: Option<Filled>,
    /// Where it is written.
    pub place: Place,
}
