//! A rulebook as compiled: what the evaluator runs, and what coverage counts.

use super::data::{Block, Night, Permission, Provision, Reading, Setting, Term, Verdict};
use crate::calendar::Length;
use crate::condition::{self, Condition, SettingWord};
use crate::diagnostic::Place;
use crate::value::Value;
use crate::vocabulary::{ActionId, EventId, FactId, FieldId, Met};
use crate::words::Sym;
use jiff::civil::Date;
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
    /// Offered to somebody who may take it or leave it: never overdue.
    Offer,
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
            Modality::Offer => "offer",
            Modality::Prompt => "prompt",
        }
    }
    /// Can what is asked in this way be late?
    pub fn can_be_late(self) -> bool {
        !matches!(self, Modality::Offer | Modality::Prompt)
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
    /// Whoever of some was told, by the log: an index into [`Rulebook::told_owners`].
    Told(usize),
}

/// An owner by the log: whoever of some roles was told of a topic in the episode decides.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ToldOwner {
    /// Told of what.
    pub topic: Sym,
    /// One of these; where several were told, the first in this order.
    pub among: Vec<Sym>,
    /// Whose it is while none of them was told.
    pub otherwise: Sym,
}

/// Who may carry a duty out, beside its owner and whoever acts for the owner.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum By {
    /// Nobody else.
    Owner,
    /// These too, and whoever acts for them.
    Roles(Vec<Sym>),
    /// Anybody: what counts is that it was done.
    Anyone,
}

/// How the spells of a state in one episode hang together: what a status that comes and goes does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spell {
    /// One duty in the episode, from the first spell to the last; a gap moves no limit and reopens nothing.
    One,
    /// As one, but that the child is located ends it; lost again, it asks anew.
    UntilLocated,
    /// Each spell asks anew.
    Anew,
}

/// Somebody who has to do the act for themselves: one of those who agree, or who decide together.
#[derive(Clone, Debug)]
pub struct Party {
    /// Who.
    pub role: Sym,
    /// Only when.
    pub when: Condition,
    /// Provisions.
    pub cites: Vec<Cite>,
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
        /// The rule says in a word that each entry asks anew.
        anew: bool,
        /// Only when it is at least the n-th in a rolling window.
        count: Option<Count>,
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
        /// How its spells in one episode hang together.
        spell: Spell,
        /// The rule says which in a word.
        says_spell: bool,
    },
}

/// At least so many in a rolling window.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Count {
    /// The n-th, and each further one.
    pub at_least: u32,
    /// Within this length; both edges count.
    pub within: Length,
    /// Each further one asks anew, even while the duty that an earlier one brought about is still open.
    pub each: bool,
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
    /// That is judged once, when the duty arises: who is told does not change because the child is moved afterwards.
    pub at_arising: bool,
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
    /// Who may do it, beside the owner; `None`: as for the duty it belongs to.
    pub by: Option<By>,
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
    /// Judged once, when the duty arises, and not as things stand.
    pub at_arising: bool,
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
    /// Whom it is about; judged when it arises. The title page's, unless the rule says otherwise.
    pub concerns: Condition,
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
    /// Who may carry it out, beside the owner.
    pub by: By,
    /// Those who each have to do it for themselves.
    pub parties: Vec<Party>,
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
    /// When its rows are judged.
    pub at: TableAt,
    /// Rows.
    pub rows: Vec<Row>,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// A fact that a rulebook sets: it holds while something else is so, and no longer.
#[derive(Clone, Debug)]
pub struct Hold {
    /// Unique in the rulebook.
    pub id: String,
    /// Which fact.
    pub fact: FactId,
    /// What it is then.
    pub value: Value,
    /// While this is certainly true.
    pub state: Condition,
    /// In words.
    pub says: String,
    /// Provisions.
    pub cites: Vec<Cite>,
    /// Where it is written.
    pub place: Place,
}

/// When the rows of a table are judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TableAt {
    /// As things stand, or stood when the duty was done.
    Now,
    /// At the duty's limit.
    Due,
    /// When the duty arose: nothing that changes later moves the limit.
    Arises,
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
    /// Whom the protocol is about, such as everybody under 18; every rule inherits it.
    pub concerns: Condition,
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
    /// How it reads what is unclear.
    pub readings: Vec<Reading>,
    /// Conditions that it names.
    pub terms: Vec<Term>,
    /// Terms as conditions see them; same order.
    pub term_words: Vec<condition::Term>,
    /// What counts as night.
    pub night: Option<Night>,
    /// Facts that hold while something else is so.
    pub holds: Vec<Hold>,
    /// Duties and conflicts.
    pub rules: Vec<Rule>,
    /// Owners that the log decides.
    pub told_owners: Vec<ToldOwner>,
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
    /// Where it says from when it is in force.
    pub dated: Place,
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
