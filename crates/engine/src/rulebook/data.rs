//! What a rulebook holds beside its duties: objections, permissions, forms and texts, the catalogue, settings, office hours.

use super::form_data::Form;
use super::hours::{HOURS, OfficeHours};
use super::model::Cite;
use crate::calendar::{Calendar, Length};
use crate::condition::Condition;
use crate::diagnostic::Place;
use crate::time::Moment;
use crate::vocabulary::{ActionId, EventId, FactId, Met};
use crate::words::Sym;
use jiff::civil::Time;

/// A refusal or a warning on recording.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Unique in the rulebook.
    pub id: String,
    /// Refused, or only warned.
    pub refuses: bool,
    /// On these entries.
    pub events: Vec<Met>,
    /// And only when.
    pub filter: Condition,
    /// What is wrong.
    pub says: String,
    /// What to do instead.
    pub instead: String,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// How the text is read.
    pub reading: Option<String>,
    /// Where it is written.
    pub place: Place,
}

/// Somebody may do something.
#[derive(Clone, Debug)]
pub struct Permission {
    /// Unique in the rulebook.
    pub id: String,
    /// Who.
    pub who: Vec<String>,
    /// What.
    pub action: Option<ActionId>,
    /// Only when.
    pub when: Condition,
    /// In words.
    pub says: String,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// What kind of data a block is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the words are the blocks of docs/rulebook-language.md")]
pub enum BlockKind {
    Form,
    Register,
    Panel,
    Contact,
    Power,
    Definition,
    Guidance,
    Statistic,
    SetAside,
    Pending,
    TitlePage,
}

impl BlockKind {
    /// The word, as in the files.
    pub fn word(self) -> &'static str {
        match self {
            BlockKind::Form => "form",
            BlockKind::Register => "register",
            BlockKind::Panel => "panel",
            BlockKind::Contact => "contact",
            BlockKind::Power => "power",
            BlockKind::Definition => "definition",
            BlockKind::Guidance => "guidance",
            BlockKind::Statistic => "statistic",
            BlockKind::SetAside => "set_aside",
            BlockKind::Pending => "pending",
            BlockKind::TitlePage => "title page",
        }
    }
}

/// Data that pages show: a form, a contact, a legal power, a text.
#[derive(Clone, Debug)]
pub struct Block {
    /// Unique in the rulebook; for set-aside and pending, empty.
    pub id: String,
    /// Title, term or name.
    pub title: String,
    /// In words; for set-aside the reason, for pending what it waits for.
    pub says: String,
    /// What belongs to its kind alone.
    pub content: Content,
    /// Everything it cites, its fields' citations included.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
    /// The date of the source, where it matters: `2011-09`.
    pub as_of: Option<String>,
    /// How unclear text is read.
    pub reading: Option<String>,
}

impl Block {
    /// What it is.
    pub fn kind(&self) -> BlockKind {
        match self.content {
            Content::Form(_) => BlockKind::Form,
            Content::Register(_) => BlockKind::Register,
            Content::Panel(_) => BlockKind::Panel,
            Content::Contact(_) => BlockKind::Contact,
            Content::Power { .. } => BlockKind::Power,
            Content::Definition => BlockKind::Definition,
            Content::Guidance { .. } => BlockKind::Guidance,
            Content::Statistic { .. } => BlockKind::Statistic,
            Content::SetAside => BlockKind::SetAside,
            Content::Pending => BlockKind::Pending,
            Content::TitlePage => BlockKind::TitlePage,
        }
    }
}

/// What each kind of block has of its own.
#[derive(Clone, Debug)]
pub enum Content {
    /// Filled in by somebody.
    Form(Box<Form>),
    /// A list that is kept.
    Register(Register),
    /// A group that meets, with an agenda drawn from the records.
    Panel(Panel),
    /// Whom to reach, and how.
    Contact(Contact),
    /// A legal power.
    Power {
        /// The law.
        law: String,
        /// The actions and events at which somebody needs to know of it.
        at: Vec<String>,
        /// How long it runs, where that is limited.
        runs: Option<Runs>,
    },
    /// What a word means; the word is the title.
    Definition,
    /// Shown at a step.
    Guidance {
        /// An action, an event, a form, or `help`.
        at: String,
    },
    /// Counted and reported.
    Statistic {
        /// How often, where the protocol says.
        every: Option<String>,
    },
    /// Nothing carries it out.
    SetAside,
    /// Waits for something.
    Pending,
    /// The rulebook's own page.
    TitlePage,
}

/// Whom to reach, and how. There is at least one way.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The role that answers.
    pub role: Option<Sym>,
    /// Telephone numbers.
    pub phones: Vec<Phone>,
    /// E-mail.
    pub email: Option<String>,
    /// Postal address.
    pub address: Option<String>,
    /// Web address, as published.
    pub web: Option<String>,
    /// When they can be reached.
    pub hours: Option<String>,
    /// The same, by the rulebook's office hours.
    pub reached: Reached,
    /// A line that anybody may ring, not somebody who is told.
    pub helpline: bool,
}

/// When somebody is reached, by the rulebook's office hours.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Reached {
    /// The protocol does not say, or says at any time.
    #[default]
    Always,
    /// In office hours alone.
    Office,
    /// Outside them alone.
    OutOfHours,
}

/// From when a legal power runs, and how long at most.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Runs {
    /// The event with which it begins.
    pub from: EventId,
    /// The event with which it ends before its time.
    pub until: Option<EventId>,
    /// How long at most.
    pub lasts: Length,
}

/// A telephone number, as published. It is never joined into prose.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone {
    /// The number: `0300 126 1000`, `101 ext. 341015`.
    pub number: String,
    /// What it is for, where there are several: `advice`, `out of hours`.
    pub says: Option<String>,
    /// When it is answered.
    pub hours: Option<String>,
}

/// A list that is kept: drawn from the records by its rule, written line by line, or kept on each child's own record.
#[derive(Clone, Debug)]
pub struct Register {
    /// Its columns.
    pub columns: Vec<Column>,
    /// Out of what it is drawn.
    pub among: Among,
    /// Of those, only the children for whom this is so now.
    pub when: Condition,
    /// Ids of duties of this rulebook: of `Among::Duties`, the children for whom one of them is open.
    pub duties: Vec<String>,
    /// The roles that read it; for one that is written line by line, that write it.
    pub who: Vec<String>,
}

/// Out of what a register is drawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Among {
    /// It is kept on each child's own record.
    #[default]
    Record,
    /// Children who are missing, absent or away now.
    Open,
    /// Every episode, now and before, the latest first.
    Episodes,
    /// Children for whom one of its duties is open.
    Duties,
    /// Lines that people write: it is about no child.
    Lines,
}

/// A group that meets.
#[derive(Clone, Debug)]
pub struct Panel {
    /// The role that chairs.
    pub chair: Option<String>,
    /// The roles that take part, groups taken apart.
    pub members: Vec<String>,
    /// The meeting: an action of kind meet.
    pub meeting: ActionId,
    /// What is recorded on the record of a child that it takes up: an action of kind meet.
    pub discusses: ActionId,
    /// The duty of this rulebook that says how often it meets, where the protocol says so.
    pub meets: Option<String>,
    /// Whoever takes part signs a confidentiality agreement.
    pub confidentiality: bool,
    /// What brings a child on it.
    pub agenda: Vec<AgendaItem>,
    /// Registers of this rulebook that are its papers.
    pub papers: Vec<String>,
    /// What its record says.
    pub minutes: Vec<Column>,
}

/// What brings a child on an agenda: an open duty, or that the child is on a register.
#[derive(Clone, Debug)]
pub struct AgendaItem {
    /// The id of a duty of this rulebook.
    pub duty: Option<String>,
    /// The id of a register of this rulebook.
    pub register: Option<String>,
    /// Why the child is on it, for people.
    pub says: String,
    /// Provisions.
    pub cites: Vec<Cite>,
}

/// A column of a register, or a heading of a panel's record.
#[derive(Clone, Debug)]
pub struct Column {
    /// Label for people.
    pub label: String,
    /// What of a child's record stands in it.
    pub shows: Vec<Shows>,
    /// Provisions.
    pub cites: Vec<Cite>,
}

/// What of a child's record stands in a column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shows {
    /// The child, with age.
    Child,
    /// From when until when the episode lasted.
    Episode,
    /// What a fact is now; of a fact of an episode, in that one.
    Fact(FactId),
    /// The last entry of an event: when, by whom, and what it says.
    Entry(EventId),
}

/// A provision of the protocol, as catalogued.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Provision {
    /// Its id.
    pub id: String,
    /// Paragraph.
    pub para: String,
    /// duty, notification, definition, ...
    pub kind: String,
    /// Who, as the protocol names them.
    pub actor: String,
    /// Paraphrase.
    pub action: String,
    /// Limit in words, or empty.
    pub deadline: String,
    /// must, should, may, is.
    pub modality: String,
    /// Where it is catalogued.
    pub place: Place,
}

impl Provision {
    /// Kinds that a rule must execute.
    pub const EXECUTABLE: [&'static str; 9] = [
        "duty",
        "deadline-duty",
        "recurring-duty",
        "notification",
        "meeting",
        "decision",
        "state-change",
        "information-sharing",
        "access-control",
    ];

    /// Every kind there is.
    pub const KINDS: [&'static str; 19] = [
        "duty",
        "deadline-duty",
        "recurring-duty",
        "notification",
        "meeting",
        "decision",
        "state-change",
        "information-sharing",
        "access-control",
        "record-keeping",
        "form-field",
        "risk-factor",
        "checklist-item",
        "definition",
        "governance",
        "guidance",
        "contact",
        "legal-power",
        "statistic",
    ];

    /// Must a rule execute it?
    pub fn is_executable(&self) -> bool {
        Provision::EXECUTABLE.contains(&self.kind.as_str())
    }
}

/// A condition that the rulebook names once.
#[derive(Clone, Debug)]
pub struct Term {
    /// The word by which conditions use it.
    pub id: String,
    /// In words, as they read inside a sentence.
    pub says: String,
    /// What it stands for.
    pub when: Condition,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// A reading of unclear text, in the rulebook's register.
#[derive(Clone, Debug)]
pub struct Reading {
    /// By which rules point to it.
    pub id: String,
    /// How the text is read. This is what people see.
    pub says: String,
    /// Why it has to be read.
    pub why: String,
    /// What else it could mean.
    pub otherwise: String,
    /// Something points to it.
    pub used: bool,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// The value of a setting.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SettingValue {
    /// A length of time.
    Length(Length),
    /// One of the choices.
    Choice(Sym),
    /// Yes or no.
    YesNo(bool),
    /// When offices are open.
    Hours(OfficeHours),
}

/// A limit or choice the protocol leaves open.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Unique in the rulebook.
    pub id: String,
    /// duration, choice, yes-no, hours.
    pub kind: String,
    /// The choices.
    pub choices: Vec<String>,
    /// The safe default.
    pub default: SettingValue,
    /// As written, for people.
    pub default_text: String,
    /// In words.
    pub says: String,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

impl Setting {
    /// Reads a value for this setting.
    ///
    /// # Errors
    /// What to write instead.
    pub fn read(&self, text: &str) -> Result<SettingValue, String> {
        read_setting(&self.kind, &self.choices, text)
    }
}

/// Reads the value of a setting of a kind.
pub(super) fn read_setting(kind: &str, choices: &[String], text: &str) -> Result<SettingValue, String> {
    match kind {
        "duration" => Length::parse(text).map(SettingValue::Length),
        HOURS => OfficeHours::parse(text).map(SettingValue::Hours),
        "yes-no" => match text {
            "true" | "yes" => Ok(SettingValue::YesNo(true)),
            "false" | "no" => Ok(SettingValue::YesNo(false)),
            _ => Err(format!("`{text}` is not yes or no")),
        },
        _ if choices.iter().any(|c| c == text) => Ok(SettingValue::Choice(crate::words::sym(text))),
        _ => Err(crate::words::did_you_mean(text, choices.iter().map(String::as_str))),
    }
}

/// A rulebook's night, from one wall-clock time until another of the next morning (or of the same day, where `from` is the earlier).
#[derive(Clone, Copy, Debug)]
pub struct Night {
    /// Begins, and is night itself.
    pub from: Time,
    /// Ends, and is no longer night.
    pub until: Time,
    /// Local, not printed in the protocol.
    pub local: bool,
}

impl Night {
    /// Is this moment in the night? By the wall clock, so that a night is an hour longer or shorter when the clocks change.
    pub fn covers(&self, calendar: &Calendar, at: Moment) -> bool {
        let here = calendar.local(at).time();
        let (begun, not_over) = (here >= self.from, here < self.until);
        if self.from < self.until { begun && not_over } else { begun || not_over }
    }
}
