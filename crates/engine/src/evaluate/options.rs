//! What is asked of an evaluation: at which moment, how far ahead, and of what is settled how much.

use crate::ids::EpisodeNo;
use crate::time::Moment;

/// Which of the duties that ask nothing more (done, lapsed or waived) are wanted. What is open or will arise always is.
/// Most of a long record is settled: not to ask for it saves most of the work.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Settled {
    /// Every one.
    All,
    /// Those of one episode.
    Of(EpisodeNo),
    /// None.
    None,
}

/// What to evaluate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Options {
    /// The moment asked about.
    pub now: Moment,
    /// Repeated duties are worked out up to here; beyond `now` they are upcoming.
    pub horizon: Moment,
    /// Ask the rulebooks even where, by their own rules, they do not apply to this child.
    pub forced: bool,
    /// Which of the duties that ask nothing more are wanted.
    pub settled: Settled,
    /// The standing duties of the partnership as a whole.
    pub area: bool,
    /// The duties about the child.
    pub child: bool,
    /// Of all these only contradictions that somebody has to settle.
    pub conflicts: bool,
}

impl Options {
    /// At a moment, with the next of each repeated duty.
    pub fn at(now: Moment) -> Options {
        Options { now, horizon: now, forced: false, settled: Settled::All, area: true, child: true, conflicts: false }
    }

    /// At a moment, only what is open or will arise for the child: what the work lists show.
    pub fn asking(now: Moment) -> Options {
        Options { settled: Settled::None, area: false, ..Options::at(now) }
    }

    /// At a moment, only the contradictions in what is recorded of the child that somebody still has to settle.
    pub fn contradictions(now: Moment) -> Options {
        Options { conflicts: true, ..Options::asking(now) }
    }

    /// At a moment, of the record of an area, which is about no child: the standing duties of the partnership alone, whomever the
    /// rulebooks apply to.
    pub fn of_area(now: Moment) -> Options {
        Options { child: false, forced: true, ..Options::at(now) }
    }

    /// Is a duty wanted that asks nothing more?
    pub(super) fn wants_settled(&self, episode: Option<EpisodeNo>) -> bool {
        match self.settled {
            Settled::All => true,
            Settled::Of(one) => episode == Some(one),
            Settled::None => false,
        }
    }
}
