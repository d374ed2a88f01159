//! What evaluation gives: a duty at a moment, with the evidence that it was judged by. Small; `view` makes the words.

use super::exceptions::Path;
use super::occasion::Occasion;
use crate::ids::{BookNo, EntryNo, EpisodeNo, RuleNo};
use crate::rulebook::Modality;
use crate::time::Moment;
use crate::words::Sym;

/// The state of a duty at the moment asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum State {
    /// Past its limit and not done.
    Overdue,
    /// To be done.
    Due,
    /// A fact is missing that decides whether, or by when.
    CannotTell,
    /// Will arise if nothing changes.
    Upcoming,
    /// Done after its limit.
    DoneLate,
    /// Done.
    Done,
    /// Its condition went away before it was done.
    Lapsed,
    /// Somebody decided that it will not be done, and said why.
    Waived,
}

impl State {
    /// The word, as in JSON.
    pub fn word(self) -> &'static str {
        match self {
            State::Overdue => "overdue",
            State::Due => "due",
            State::CannotTell => "cannot-tell",
            State::Upcoming => "upcoming",
            State::DoneLate => "done-late",
            State::Done => "done",
            State::Lapsed => "lapsed",
            State::Waived => "waived",
        }
    }
    /// Asks something of somebody, or will.
    pub fn asks(self) -> bool {
        self.is_open() || self == State::Upcoming
    }
    /// Still asks something of somebody.
    pub fn is_open(self) -> bool {
        matches!(self, State::Overdue | State::Due | State::CannotTell)
    }
}

/// A duty at a moment. Small; the words are made by [`super::Evaluator::view`] when somebody wants to read them.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Duty {
    /// Index of the rulebook in the evaluator.
    pub book: BookNo,
    /// Index of the rule in the rulebook.
    pub rule: RuleNo,
    /// The episode, by index.
    pub episode: Option<EpisodeNo>,
    /// The entry that brought it about, by index.
    pub entry: Option<EntryNo>,
    /// Which one of the rule in its episode, from 1.
    pub n: u32,
    /// When it arose, or will.
    pub arises: Moment,
    /// By when; none where the protocol gives no limit or it cannot be told.
    pub due: Option<Moment>,
    /// The state.
    pub state: State,
    /// When and by which entry it was done.
    pub done: Option<(Moment, EntryNo)>,
    /// When and by which entry it was perhaps done: a meeting of which it is not known who came.
    pub doubt: Option<(Moment, EntryNo)>,
    /// When it lapsed.
    pub lapsed: Option<Moment>,
    /// Whose it is; none when that cannot be told.
    pub owner: Option<Sym>,
    /// How strongly it is asked.
    pub modality: Modality,
    /// The exceptions that hold.
    pub path: Path,
    /// The limit became tighter at this moment, by a change of fact, and was past already.
    pub tightened: Option<Moment>,
    /// The limit passed before it was done, waived or lapsed.
    pub breached: bool,
    /// What brought it about became known at this moment, when its limit had passed already: nobody could have kept it.
    pub known: Option<Moment>,
    /// Two sibling exceptions hold at once: a fault of the rulebook.
    pub contradictory: bool,
    /// It is asked whatever turns out to be so: where it cannot be told by when, or whose it is, it is work to do all the same, by the
    /// strictest limit that could apply.
    pub asked: bool,
    /// Judged with what is only told on somebody's behalf: it asks more than what is certain does.
    pub(crate) told: bool,
    /// What it was judged by.
    pub(crate) evidence: Evidence,
}

/// What a duty was judged by; the words are made of it, and of nothing else.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Evidence {
    /// What brought it about.
    pub occasion: Occasion,
    /// The moment at which facts were judged: now, or when it was done or lapsed.
    pub judged: Moment,
    /// The moment at which its condition was judged: no later than it stayed open to what is learned.
    pub learned: Moment,
    /// From when and until when entries count towards it: of what is done again and again, towards this time and not another.
    pub within: (Moment, Moment),
}

impl Duty {
    /// From when entries count towards it.
    pub fn counts_from(&self) -> Moment {
        self.evidence.within.0
    }
}
