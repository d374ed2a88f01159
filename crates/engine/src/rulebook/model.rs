//! A rulebook as compiled: what the evaluator runs, and what coverage counts.

use crate::calendar::Length;
use crate::condition::{Condition, SettingWord};
use crate::diagnostic::Place;
use crate::vocabulary::{ActionId, EventId, FactId, FieldId, Met};
use crate::words::Sym;
use jiff::civil::{Date, Time};
use std::collections::BTreeMap;

/// A provision cited, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cite {
    /// The provision's id.
    pub id: String,
    /// Where it is cited.
    pub place: Place,
}

/// How strongly the protocol asks.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[expect(missing_docs, reason = "the words are the protocol's own")]
pub enum Modality {
    Must,
    Should,
    Consider,
    May,
    /// Not certain that the protocol asks it: never overdue.
    Prompt,
}

impl Modality {
    /// The word.
    pub fn word(self) -> &'static str {
        match self {
            Modality::Must => "must",
            Modality::Should => "should",
            Modality::Consider => "consider",
            Modality::May => "may",
            Modality::Prompt => "prompt",
        }
    }
    /// Does telling this recipient gate the duty it belongs to?
    pub fn binds(self) -> bool {
        matches!(self, Modality::Must | Modality::Should)
    }
}

/// From when a limit counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Anchor {
    /// The moment the duty arose.
    Arising,
    /// A fact that is a moment.
    Fact(FactId),
    /// A field of the triggering entry.
    Field(FieldId),
}

/// A limit.
#[derive(Clone, PartialEq, Debug)]
pub enum Limit {
    /// At the trigger minute.
    Immediately,
    /// A length after an anchor.
    Within(Length, Anchor),
    /// At an anchor, or else.
    By(Anchor, Option<Box<Limit>>),
    /// 23:59 on the local day.
    EndOfDay,
    /// A decision table gives the length.
    Table(usize, Anchor),
    /// A local setting gives the length.
    Setting(usize, Anchor),
}

/// Who owns a duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Owner {
    /// A role.
    Role(Sym),
    /// By a decision table.
    Table(usize),
    /// By a local setting.
    Setting(usize),
}

/// Where a duty lives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RuleScope {
    /// Once for the child.
    Child,
    /// For each episode.
    Episode,
    /// For the partnership; not about this child.
    Area,
}

/// What brings a duty about.
#[derive(Clone, Debug)]
pub enum Trigger {
    /// An entry.
    On {
        /// Any of these.
        events: Vec<Met>,
        /// Only the first in this scope.
        once: Option<RuleScope>,
        /// Only when it is at least the n-th in a rolling window.
        count: Option<(u32, Length)>,
    },
    /// A state.
    While {
        /// The state.
        state: Condition,
        /// How long it must have lasted; strictly longer if the flag is set.
        lasted: Option<(Length, bool)>,
        /// From when the time counts, if not from the state's beginning.
        since: Option<FactId>,
        /// Stays when the state ends.
        stands: bool,
    },
}

/// Again and again.
#[derive(Clone, Debug)]
pub enum Repeat {
    /// Once.
    Once,
    /// From the last time it was done; the first at once if the flag is set.
    Every(Length, bool),
    /// On these days of the week, Monday first.
    Days([bool; 7]),
    /// Once a calendar month.
    Month,
    /// A series of steps.
    Series {
        /// Steps in order.
        steps: Vec<Step>,
        /// From when they count.
        from: Anchor,
        /// When the first step opens, after the anchor.
        opens: Option<Length>,
    },
}

/// A step of a series.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// At this length after the anchor.
    At(Length),
    /// This length after the step before, so many times (none: for ever).
    Every(Length, Option<u32>),
}

/// From when entries count towards meeting a duty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CountsFrom {
    /// From the trigger.
    Trigger,
    /// From the episode's start.
    Episode,
    /// From ever.
    Ever,
}

/// Who must be told.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// A role, or everybody who was told of a topic.
    pub who: Who,
    /// Only when.
    pub when: Condition,
    /// How strongly.
    pub modality: Modality,
    /// Provisions.
    pub cites: Vec<Cite>,
}

/// A role, or everybody who was told of a topic in this episode.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Who {
    /// A role.
    Role(Sym),
    /// Everyone told of this.
    FromLog(Sym),
}

/// A provision of the same act.
#[derive(Clone, Debug)]
pub struct Item {
    /// In words.
    pub text: String,
    /// How strongly.
    pub modality: Modality,
    /// Only when.
    pub when: Condition,
    /// Entries that show it done.
    pub met_by: Vec<Met>,
    /// Provisions.
    pub cites: Vec<Cite>,
}

/// What an exception changes; what is `None` stays.
#[derive(Clone, Debug)]
pub struct Exception {
    /// Its id, unique in the duty.
    pub id: String,
    /// When it holds.
    pub when: Condition,
    /// The limit instead.
    pub due: Option<Limit>,
    /// The owner instead.
    pub owner: Option<Owner>,
    /// The modality instead.
    pub modality: Option<Modality>,
    /// The label instead.
    pub label: Option<String>,
    /// The words instead.
    pub says: Option<String>,
    /// How the text is read.
    pub reading: Option<String>,
    /// The duty is not owed at all.
    pub not_required: bool,
    /// More to do.
    pub checklist: Vec<Item>,
    /// More to tell.
    pub recipients: Vec<Recipient>,
    /// Deeper exceptions.
    pub exceptions: Vec<Exception>,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// A duty as the rulebook states it.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Unique in the rulebook.
    pub id: String,
    /// The act.
    pub action: ActionId,
    /// What the line on the page says, if not the action's name.
    pub label: Option<String>,
    /// The rule in words.
    pub says: String,
    /// How strongly.
    pub modality: Modality,
    /// Whose it is.
    pub owner: Owner,
    /// Where it lives.
    pub scope: RuleScope,
    /// What brings it about.
    pub trigger: Trigger,
    /// Judged once, when it arises.
    pub filter: Condition,
    /// Judged until it is done.
    pub when: Condition,
    /// Lapses once this is true.
    pub until: Option<Condition>,
    /// The limit.
    pub due: Option<Limit>,
    /// Again and again.
    pub repeat: Repeat,
    /// What meets it, beside what the vocabulary says of the action; narrows it if given.
    pub met_by: Option<Vec<Met>>,
    /// From when entries count.
    pub counts_from: CountsFrom,
    /// Who must be told.
    pub recipients: Vec<Recipient>,
    /// Of what.
    pub topic: Option<Sym>,
    /// What belongs to the act.
    pub checklist: Vec<Item>,
    /// The rule that comes before this one.
    pub after: Option<String>,
    /// Exceptions.
    pub exceptions: Vec<Exception>,
    /// How the text is read.
    pub reading: Option<String>,
    /// A contradiction to settle, not a duty of the protocol.
    pub conflict: bool,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// What a decision table gives.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// A role.
    Role(Sym),
    /// A length of time.
    Length(Length),
}

/// A decision table; at most one row is true.
#[derive(Clone, Debug)]
pub struct Table {
    /// Unique in the rulebook.
    pub id: String,
    /// In words.
    pub says: String,
    /// Judged at the duty's limit rather than at the moment asked.
    pub at_due: bool,
    /// Rows.
    pub rows: Vec<Row>,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// A row.
#[derive(Clone, Debug)]
pub struct Row {
    /// When it holds.
    pub when: Condition,
    /// What it gives.
    pub then: Outcome,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

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
    /// What it is.
    pub kind: BlockKind,
    /// Unique in the rulebook; for set-aside and pending, empty.
    pub id: String,
    /// Title, term or name.
    pub title: String,
    /// In words; for set-aside the reason, for pending what it waits for.
    pub says: String,
    /// Everything it cites, its fields' citations included.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
    /// The fields of a form.
    pub fields: Vec<FormField>,
    /// For guidance: the step at which it is shown.
    pub at: Option<String>,
    /// The date of the source, where it matters: `2011-09`.
    pub as_of: Option<String>,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// For powers: the law. For statistics: how often.
    pub detail: Option<String>,
}

/// A field of a form.
#[derive(Clone, Debug)]
pub struct FormField {
    /// Unique in the form.
    pub id: String,
    /// Label for people.
    pub label: String,
    /// text, yes-no, choice, date, moment, number, graded.
    pub kind: String,
    /// Grades or choices.
    pub choices: Vec<String>,
    /// Has to be filled in.
    pub required: bool,
    /// A line of help beside it.
    pub help: Option<String>,
    /// The heading it stands under.
    pub section: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
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

    /// Must a rule execute it?
    pub fn is_executable(&self) -> bool {
        Provision::EXECUTABLE.contains(&self.kind.as_str())
    }
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
}

/// A limit or choice the protocol leaves open.
#[derive(Clone, Debug)]
pub struct Setting {
    /// Unique in the rulebook.
    pub id: String,
    /// duration, choice, yes-no.
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
        "yes-no" => match text {
            "true" | "yes" => Ok(SettingValue::YesNo(true)),
            "false" | "no" => Ok(SettingValue::YesNo(false)),
            _ => Err(format!("`{text}` is not yes or no")),
        },
        _ if choices.iter().any(|c| c == text) => Ok(SettingValue::Choice(crate::words::sym(text))),
        _ => Err(crate::words::did_you_mean(text, choices.iter().map(String::as_str))),
    }
}

/// Office hours.
#[derive(Clone, Debug)]
pub struct OfficeHours {
    /// Monday first.
    pub days: [bool; 7],
    /// Opens.
    pub from: Time,
    /// Closes.
    pub until: Time,
    /// Local, not printed in the protocol.
    pub local: bool,
}

/// One edition of one area's protocol.
#[derive(Clone, Debug)]
pub struct Rulebook {
    /// The folder's name.
    pub id: String,
    /// The edition folder's name.
    pub edition: String,
    /// Title.
    pub title: String,
    /// What `here` means.
    pub area: String,
    /// area or provider.
    pub kind: String,
    /// In force from this date.
    pub in_force_from: Date,
    /// Up to but not on this date.
    pub in_force_until: Option<Date>,
    /// When it was to be reviewed.
    pub review_due: Option<Date>,
    /// An episode keeps the edition it began under.
    pub episodes_keep_edition: bool,
    /// What a new edition does to running episodes, for people.
    pub running_episodes: String,
    /// Which children it applies to.
    pub applies: Condition,
    /// How unclear text on whom it applies to is read.
    pub applies_reading: Option<String>,
    /// What it takes the place of, for people.
    pub supersedes: Option<String>,
    /// Local names of shared words.
    pub names: BTreeMap<String, String>,
    /// Local settings.
    pub settings: Vec<Setting>,
    /// Settings as conditions see them; same order.
    pub setting_words: Vec<SettingWord>,
    /// Office hours.
    pub office_hours: Option<OfficeHours>,
    /// Duties and conflicts.
    pub rules: Vec<Rule>,
    /// Decision tables.
    pub tables: Vec<Table>,
    /// Refusals and warnings.
    pub verdicts: Vec<Verdict>,
    /// Permissions.
    pub permissions: Vec<Permission>,
    /// Data.
    pub blocks: Vec<Block>,
    /// The catalogue.
    pub provisions: Vec<Provision>,
    /// First 12 hexadecimal digits of the SHA-256 of its files.
    pub hash: String,
    /// Where its title page is.
    pub place: Place,
}

impl Rulebook {
    /// A rule by its id.
    pub fn rule(&self, id: &str) -> Option<(usize, &Rule)> {
        self.rules.iter().enumerate().find(|(_, r)| r.id == id)
    }
    /// A provision by its id.
    pub fn provision(&self, id: &str) -> Option<&Provision> {
        self.provisions.iter().find(|p| p.id == id)
    }
    /// The local name of a word, if the area has one.
    pub fn local_name(&self, word: &str) -> Option<&str> {
        self.names.get(word).map(String::as_str)
    }
    /// The events that a trigger listens to.
    pub fn trigger_events(trigger: &Trigger) -> Vec<EventId> {
        match trigger {
            Trigger::On { events, .. } => events.iter().map(|m| m.event).collect(),
            Trigger::While { .. } => Vec::new(),
        }
    }
}
