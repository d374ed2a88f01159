//! What is going on right now: the children with whom a county begins, each at another stage of an episode.

use crate::directory::Directory;
use crate::stays::Living;

/// The present situation of a child of whom something is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Situation {
    /// Not back since an hour, noticed minutes ago; nobody outside the home knows.
    JustNoticed,
    /// Reported to the police an hour ago, not graded yet.
    Reported,
    /// Gone for eight hours; a sighting was written down hours late.
    EightHours,
    /// Gone for 26 hours, the risk raised to high.
    HighRisk,
    /// A child at home, gone for three days.
    ThreeDays,
    /// Away from the placement without leave, and it is known where.
    Away,
    /// Placed here by another authority, gone for six hours.
    FromElsewhere,
    /// Back since twenty hours; the return home interview is to come.
    InterviewDue,
    /// Back, and the interview was declined.
    Declined,
    /// Back since more than three days, and nobody has held the interview.
    InterviewOverdue,
    /// Back; the time of the return was corrected afterwards.
    Corrected,
}

use Situation::{
    Away, Corrected, Declined, EightHours, FromElsewhere, HighRisk, InterviewDue, InterviewOverdue, JustNoticed,
    Reported, ThreeDays,
};

impl Situation {
    pub const ALL: [Situation; 11] = [
        JustNoticed,
        Reported,
        EightHours,
        HighRisk,
        ThreeDays,
        Away,
        FromElsewhere,
        InterviewDue,
        Declined,
        InterviewOverdue,
        Corrected,
    ];

    /// The situation of the n-th child, where so many children are in the middle of something.
    pub fn of(number: usize, under_way: usize) -> Option<Situation> {
        (number < under_way).then(|| Situation::ALL[number % Situation::ALL.len()])
    }

    pub fn age(self) -> i64 {
        match self {
            FromElsewhere | EightHours => 13,
            JustNoticed | ThreeDays | Declined => 14,
            HighRisk | InterviewDue | Corrected => 15,
            Reported | Away | InterviewOverdue => 16,
        }
    }

    /// Not all in one place: there are three homes at least. The next eleven live in others, where there are more.
    pub fn living(self, number: usize, directory: &Directory) -> Living {
        let round = number / Situation::ALL.len();
        let home = |one: usize| Living::Home((3 * round + one) % directory.homes.len(), false);
        let foster = |one: usize| Living::Foster((2 * round + one) % directory.households.len());
        match self {
            JustNoticed | Away | InterviewDue => home(0),
            Reported | HighRisk => home(1),
            FromElsewhere => home(2),
            EightHours => foster(0),
            Declined => foster(1),
            Corrected => Living::Kinship,
            ThreeDays | InterviewOverdue => Living::Family,
        }
    }

    /// The team of social workers: two teams share eleven of them.
    pub fn team(self, number: usize) -> usize {
        2 * (number / Situation::ALL.len()) + usize::from(!matches!(self, JustNoticed | HighRisk | Away | InterviewDue))
    }

    /// So many earlier episodes at most.
    pub fn earlier(self) -> usize {
        match self {
            HighRisk => 5,
            JustNoticed | InterviewDue => 3,
            FromElsewhere => 0,
            _ => 2,
        }
    }

    pub fn exploited(self) -> bool {
        matches!(self, HighRisk | ThreeDays)
    }
}
