//! The shapes in which a duty is shown, as JSON says them too. How they are filled is in `view`.

use serde::Serialize;

/// A duty as it is shown. Times are RFC 3339 with London's offset.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DutyView {
    /// Stable name: `rulebook/rule@episode` and, for a repeated duty, `#n`.
    pub id: String,
    /// Rulebook.
    pub rulebook: String,
    /// Edition.
    pub edition: String,
    /// The first digits of the hash of the rulebook's files.
    pub hash: String,
    /// The rule.
    pub rule: String,
    /// Which one of the rule in its episode.
    pub n: u32,
    /// Every provision it carries out.
    pub provisions: Vec<String>,
    /// The action, in the shared vocabulary.
    pub action: String,
    /// What the line says, in the area's own words.
    pub label: String,
    /// The rule in words.
    pub says: String,
    /// Whose it is: a role; none when that cannot be told.
    pub owner: Option<String>,
    /// The owner's name, in the area's own words.
    pub owner_name: Option<String>,
    /// On whose list it stands, where the owner may be somebody who does not sign in; it stays the owner's.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_to_by: Option<String>,
    /// Who must be told.
    pub recipients: Vec<RecipientView>,
    /// Those who each have to do it for themselves.
    pub parties: Vec<PartyView>,
    /// When it arose, or will.
    pub arose_at: String,
    /// By when; none where the protocol gives no limit.
    pub due_at: Option<String>,
    /// The limit in words.
    pub limit: Option<String>,
    /// The state.
    pub state: &'static str,
    /// must, should, consider, may, prompt.
    pub modality: &'static str,
    /// What belongs to the act.
    pub checklist: Vec<ChecklistView>,
    /// When it was done, or waived.
    pub done_at: Option<String>,
    /// The entry that did it.
    pub done_by: Option<String>,
    /// Who did it, by the entry: a role; none where the entry does not say.
    pub done_by_whom: Option<String>,
    /// Somebody recorded it who may not carry it out; in words.
    pub recorded_by_another: Option<String>,
    /// When it lapsed.
    pub lapsed_at: Option<String>,
    /// The limit passed before it was done, waived or lapsed.
    pub breached: bool,
    /// What brought it about became known at this moment, when its limit had passed already.
    pub known_at: Option<String>,
    /// The facts and events it hangs on.
    pub because: Vec<Because>,
    /// The facts for want of which it cannot be told.
    pub missing: Vec<Missing>,
    /// How unclear text is read.
    pub reading: Option<String>,
    /// What the exceptions that hold override.
    pub overridden: Vec<Overridden>,
    /// The limit became tighter at this moment and was then past already.
    pub tightened_at: Option<String>,
    /// The rule that comes before this one.
    pub after: Option<String>,
    /// The episode's id.
    pub episode: Option<String>,
    /// child, episode or area.
    pub scope: &'static str,
    /// The limit is a local setting, not the protocol's.
    pub local_setting: Option<String>,
    /// A contradiction to settle.
    pub conflict: bool,
    /// Two exceptions of the rulebook hold at once: a fault in it.
    pub contradictory: bool,
}

/// Somebody to be told.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct RecipientView {
    /// The role.
    pub role: String,
    /// Its name, in the area's own words.
    pub name: String,
    /// When they were told.
    pub told_at: Option<String>,
    /// must, should, ...
    pub modality: &'static str,
    /// It cannot be told whether they have to be.
    pub cannot_tell: bool,
    /// Provisions.
    pub provisions: Vec<String>,
}

/// How much is said of duties.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Words {
    /// Everything.
    All,
    /// What lists keep: not why it is asked, nor how, nor what is already done of it. What is missing is said where it cannot be told.
    Listed,
}

/// Somebody who has to do the act for themselves.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct PartyView {
    /// The role.
    pub role: String,
    /// Its name, in the area's own words.
    pub name: String,
    /// When they did it.
    pub done_at: Option<String>,
    /// It cannot be told whether they have to.
    pub cannot_tell: bool,
    /// Provisions.
    pub provisions: Vec<String>,
}

/// A line of the checklist.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChecklistView {
    /// In words.
    pub text: String,
    /// When the record shows it done.
    pub done_at: Option<String>,
    /// must, should, ...
    pub modality: &'static str,
    /// It cannot be told whether it concerns this child.
    pub cannot_tell: bool,
    /// Provisions.
    pub provisions: Vec<String>,
}

/// A reason.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Because {
    /// Something happened.
    Event {
        /// The event.
        event: String,
        /// In words.
        name: String,
        /// The entry's id.
        entry: String,
        /// When it happened.
        occurred_at: String,
        /// When it was recorded.
        recorded_at: String,
    },
    /// So many in a rolling window.
    Count {
        /// At least so many.
        at_least: u32,
        /// Within this length.
        within: String,
        /// Those that count, oldest first.
        counted: Vec<Counted>,
        /// The last one before the window.
        fell_out: Option<Counted>,
    },
    /// Something is known.
    Fact {
        /// The fact.
        fact: String,
        /// Its value.
        value: String,
        /// Since when.
        since: Option<String>,
        /// The entry that says so, if one does.
        entry: Option<String>,
        /// The rule that sets it, if one does: `rulebook/rule`.
        #[serde(skip_serializing_if = "Option::is_none")]
        rule: Option<String>,
    },
}

impl Because {
    /// Short: the event, or `fact = value`.
    pub fn words(&self) -> String {
        match self {
            Because::Event { event, .. } => event.clone(),
            Because::Count { counted, within, .. } => format!("{} in {within}", counted.len()),
            Because::Fact { fact, value, .. } => format!("{fact} = {value}"),
        }
    }
}

/// One of those that a count counted.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Counted {
    /// The entry's id.
    pub entry: Option<String>,
    /// When it happened.
    pub occurred_at: String,
}

/// A fact that nobody recorded, or what an entry leaves out.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Missing {
    /// The fact.
    pub fact: String,
    /// What it means.
    pub doc: String,
    /// Where an entry leaves it out: the entry's id; `fact` is then the word of its field.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
}

/// What an exception overrides.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Overridden {
    /// The exception that holds.
    pub exception: String,
    /// When it holds, in words.
    pub when: String,
    /// Its provisions.
    pub provisions: Vec<String>,
    /// What the limit would have been without it.
    pub otherwise_due_at: Option<String>,
    /// The limit without it, in words.
    pub otherwise_limit: Option<String>,
}
