//! Read models: what `actions` works out from a record when it appends, and the rows of lists read back from it.

use serde::Serialize;
use sqlx::FromRow;

/// Everything worked out from a record at one version, to be kept for lists.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Derived {
    /// The child.
    pub child: ChildSummary,
    /// Every episode, open or ended.
    pub episodes: Vec<EpisodeRow>,
    /// Every duty, open or settled. `child_id` and `child_name` need not be filled in.
    pub duties: Vec<DutyRow>,
    /// When something changes though nobody writes anything: `refresh` is due then.
    pub next_change_us: Option<i64>,
}

/// What lists say of a child.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ChildSummary {
    /// The id; must be that of the child written to.
    pub id: String,
    /// The name.
    pub name: String,
    /// `2011-05-02`.
    pub date_of_birth: Option<String>,
    /// The id of the photograph that is shown; none if there is none.
    pub photograph: Option<String>,
    /// The agencies that are related to the child, by id: their people see it.
    pub agencies: Vec<String>,
    /// Police incident numbers, as they are written in the record.
    pub incidents: Vec<String>,
    /// The keys by which the records of one child find each other: kind and value.
    pub marks: Vec<(String, String)>,
    /// The record that this one was merged into, and is read instead of it.
    pub merged_into: Option<String>,
    /// The version it was worked out from. Not kept: the store knows it.
    pub version: i64,
}

/// An episode.
#[derive(Clone, PartialEq, Debug, Default, Serialize, FromRow)]
pub struct EpisodeRow {
    /// The id of the entry that starts it.
    pub id: String,
    /// When it started.
    pub started_us: i64,
    /// When it ended; none while it is open.
    pub ended_us: Option<i64>,
    /// The status in the vocabulary's word, such as `missing`.
    pub status: Option<String>,
    /// The risk in the vocabulary's word.
    pub risk: Option<String>,
    /// Since when the risk is this.
    pub risk_since_us: Option<i64>,
    /// The police were told.
    pub reported: bool,
    /// When the last entry happened.
    pub last_entry_us: Option<i64>,
    /// What the last entry was, in words.
    pub last_entry: Option<String>,
    /// When somebody last recorded anything, or put anything right.
    pub last_recorded_us: Option<i64>,
    /// The earliest limit of an open duty.
    pub next_limit_us: Option<i64>,
    /// The label of that duty.
    pub next_limit: Option<String>,
    /// It is due in the minute in which it came up.
    pub next_at_once: bool,
    /// The return home interview: `owed`, or the vocabulary's word for how far it is; none where none is due.
    pub interview: Option<String>,
    /// By when it is due.
    pub interview_due_us: Option<i64>,
    /// When it was held.
    pub interview_done_us: Option<i64>,
}

/// A duty.
#[derive(Clone, PartialEq, Debug, Default, Serialize, FromRow)]
pub struct DutyRow {
    /// Unique for the child: `rulebook/rule@episode#n`.
    pub key: String,
    /// The child. Filled in by the store.
    #[serde(skip)]
    pub child_id: String,
    /// The child's name. Filled in by the store.
    #[serde(skip)]
    pub child_name: String,
    /// The episode it belongs to.
    pub episode_id: Option<String>,
    /// The rulebook.
    pub rulebook: String,
    /// The rule.
    pub rule: String,
    /// The action, in the vocabulary's word.
    pub action: String,
    /// What the line says, in the area's own words.
    pub label: String,
    /// Whose it is: a role. None while that cannot be told; such a duty is in everybody's list.
    pub owner: Option<String>,
    /// must, should, consider, may, prompt.
    pub modality: String,
    /// upcoming, due, overdue, done, done-late, lapsed, waived, cannot-tell: as it was when derived. See `state_at`.
    pub state: String,
    /// When it arose or will arise.
    pub arises_us: i64,
    /// The limit.
    pub due_us: Option<i64>,
    /// When it was done or waived.
    pub done_us: Option<i64>,
    /// When its reminder is raised; none for no reminder.
    pub remind_us: Option<i64>,
    /// The provisions, as text.
    pub provisions: String,
    /// The limit in words.
    pub limit_words: Option<String>,
    /// Duties with the same line are one line on a page.
    pub line: Option<String>,
    /// Raises no alerts: another duty of its line does, or its limit had passed when what brought it about became known.
    pub silent: bool,
}

impl DutyRow {
    /// Somebody may still have to do something for it.
    pub fn is_open(&self) -> bool {
        matches!(self.state.as_str(), "upcoming" | "due" | "overdue" | "cannot-tell")
    }

    /// The state at a moment: what is due becomes overdue after its minute, what is upcoming becomes due when it arises.
    pub fn state_at(&self, now_us: i64) -> &str {
        let late = self.due_us.is_some_and(|due| due < minute(now_us));
        match self.state.as_str() {
            "upcoming" if self.arises_us > now_us => "upcoming",
            "upcoming" | "due" | "overdue" if late => "overdue",
            "upcoming" | "overdue" => "due",
            other => other,
        }
    }
}

/// The start of the minute of a moment. A limit is overdue when it lies before it: the due minute itself is still due.
pub(crate) fn minute(us: i64) -> i64 {
    us.div_euclid(60_000_000) * 60_000_000
}

/// Whose children a person sees: those related to their agency at a moment, but for those whom they must not see.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Scope {
    /// The agency's id.
    pub agency: String,
    /// Every child of the area.
    pub relation_to_all: bool,
    /// The person's id.
    pub person: String,
    /// The moment.
    pub now_us: i64,
}

/// What somebody knows of a child whom they look for.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sought {
    /// Words of the name, by how they begin; may be empty.
    pub name: String,
    /// `2011-05-02`; may be empty.
    pub born: String,
    /// A police incident number; may be empty.
    pub incident: String,
    /// For each word of the name, how it sounds: instead of the words by how they begin.
    pub sounds: Vec<Vec<String>>,
    /// Letters and figures of any number by which others know the child, or of a telephone.
    pub number: String,
    /// Words of a home or an address, in small Latin letters.
    pub home: Vec<String>,
    /// Only those with whom the agency works now, not those whom it has left and for whom it finishes what it owes.
    pub current: bool,
}

/// A line of the board: an open episode.
#[derive(Clone, PartialEq, Debug, Default, FromRow)]
pub struct BoardRow {
    /// The child.
    pub child_id: String,
    /// The child's name.
    pub child_name: String,
    /// `2011-05-02`.
    pub date_of_birth: Option<String>,
    /// The id of the photograph that is shown; none if there is none.
    pub photograph: Option<String>,
    /// The version of the record that the line stands for.
    pub version: i64,
    /// The episode.
    #[sqlx(flatten)]
    pub episode: EpisodeRow,
}

/// The return home interview of an episode.
#[derive(Clone, PartialEq, Debug, Default, FromRow)]
pub struct InterviewRow {
    /// The child.
    pub child_id: String,
    /// The child's name.
    pub child_name: String,
    /// The id of the photograph that is shown; none if there is none.
    pub photograph: Option<String>,
    /// The person whose the child is, for the interview.
    pub person: Option<String>,
    /// That person's name.
    pub person_name: Option<String>,
    /// The episode.
    #[sqlx(flatten)]
    pub episode: EpisodeRow,
}

/// A stretch of a list: from which place on, and how many.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Stretch {
    /// So many are left out.
    pub from: i64,
    /// So many are given at most.
    pub limit: i64,
}

/// A child in a list.
#[derive(Clone, PartialEq, Eq, Debug, Default, FromRow)]
pub struct ChildRow {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// `2011-05-02`.
    pub date_of_birth: Option<String>,
    /// The id of the photograph that is shown; none if there is none.
    pub photograph: Option<String>,
    /// The version of the record.
    pub version: i64,
    /// When the record was opened.
    pub created_us: i64,
    /// The open episode, if there is one.
    pub open_episode: Option<String>,
}
