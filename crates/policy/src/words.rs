//! Classes of information, ties, acts: each a word of the policies' schema and a bit of a set.

/// An enumeration of words, and the set of them.
macro_rules! words {
    ($(#[$doc:meta])* $one:ident, $(#[$set_doc:meta])* $set:ident($bits:ty): $($(#[$item:meta])* $name:ident = $word:literal),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $one { $($(#[$item])* $name),+ }

        impl $one {
            /// All of them, in order.
            pub const ALL: &[$one] = &[$($one::$name),+];
            /// The word of the policies.
            pub fn word(self) -> &'static str {
                match self { $($one::$name => $word),+ }
            }
            /// From its word.
            pub fn of(word: &str) -> Option<$one> {
                match word { $($word => Some($one::$name),)+ _ => None }
            }
        }

        $(#[$set_doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
        pub struct $set($bits);

        impl $set {
            /// With one more.
            #[must_use]
            pub fn with(self, one: $one) -> $set {
                $set(self.0 | 1 << one as $bits)
            }
            /// Is it among them?
            pub fn has(self, one: $one) -> bool {
                self.0 & 1 << one as $bits != 0
            }
            /// Nothing is among them.
            pub fn is_empty(self) -> bool {
                self.0 == 0
            }
            /// Those of both.
            #[must_use]
            pub fn or(self, other: $set) -> $set {
                $set(self.0 | other.0)
            }
            /// Those that are among the others too.
            #[must_use]
            pub fn and(self, other: $set) -> $set {
                $set(self.0 & other.0)
            }
            /// Those that are among them, in order.
            pub fn each(self) -> impl Iterator<Item = $one> {
                $one::ALL.iter().copied().filter(move |one| self.has(*one))
            }
        }

        impl FromIterator<$one> for $set {
            fn from_iter<I: IntoIterator<Item = $one>>(all: I) -> $set {
                all.into_iter().fold($set::default(), $set::with)
            }
        }
    };
}

words! {
    /// A class of information.
    Class,
    /// Classes of information.
    Classes(u8):
    /// What everybody who works with the child needs.
    Ordinary = "ordinary",
    /// The child's own words.
    Words = "childs_words",
    /// What was told in confidence.
    Confidence = "in_confidence",
    /// Health.
    Health = "health",
    /// Lines of the police whose disclosure could hurt an inquiry.
    Police = "police_lines",
    /// Where the child, family or carers are or live.
    Whereabouts = "whereabouts",
    /// A concern about somebody who works with children.
    Concern = "practitioner_concern",
}

words! {
    /// What relates an agency or a person to a child.
    Tie,
    /// Ties of one person to one child, at one moment.
    Ties(u16):
    /// The child lives there.
    Placement = "placement",
    /// The child is allocated there.
    Allocation = "allocation",
    /// The responsible authority.
    Lead = "lead",
    /// The authority where the child lives.
    Host = "host",
    /// Works with whoever goes missing.
    Episode = "episode",
    /// Has a part in a plan.
    Plan = "plan",
    /// A panel that discusses the child.
    Panel = "panel",
    /// Reviews the child's care.
    Review = "review",
    /// The school.
    School = "school",
    /// Was added by hand.
    Joined = "joined",
    /// Asked for access, and was given it.
    Asked = "asked",
    /// Broke the glass, less than an hour ago.
    Glass = "glass",
    /// A tie that has ended, while something may still be owed.
    Grace = "grace",
    /// Sees every child of the area.
    Area = "area",
    /// Must not see.
    Barred = "barred",
}

words! {
    /// What somebody does.
    Act,
    /// What somebody may do.
    Acts(u32):
    /// Sees lists.
    List = "list",
    /// Looks for a child.
    Find = "find",
    /// Opens a record.
    Create = "create",
    /// Reports the child missing.
    Report = "report",
    /// Takes note of an alert.
    Acknowledge = "acknowledge",
    /// Takes the record out.
    Export = "export",
    /// Breaks the glass.
    BreakGlass = "break_glass",
    /// Asks for access.
    Ask = "ask",
    /// Answers who asks for access.
    Answer = "answer",
    /// Reviews why the glass was broken.
    Review = "review",
    /// Relates an agency to the child, or ends that.
    Relate = "relate",
    /// Says where the child lives, and with it which home works with the child.
    Place = "place",
    /// Says who must not see.
    Bar = "bar",
    /// Withholds a place.
    Withhold = "withhold",
    /// Is the second person for a withheld place.
    Second = "second",
    /// Sees who has looked.
    Looks = "looks",
    /// Keeps what the record says of the child: who, where, who is around, what is true since when.
    Keep = "keep",
    /// Waives a duty.
    Waive = "waive",
    /// Sees the panels and registers of the area that are theirs by the rulebook, and raises a case.
    Attend = "attend",
    /// Keeps a panel's meetings: dates, record, actions; and writes lines of a register.
    Minute = "minute",
    /// Changes the settings of the area.
    Settle = "settle",
    /// Corrects an entry.
    Correct = "correct",
    /// Withdraws an entry.
    Withdraw = "withdraw",
    /// Disputes an entry.
    Dispute = "dispute",
    /// Confirms what was told on behalf of one's own side.
    Confirm = "confirm",
    /// Accepts what was told on behalf of a side that does not use Whereabouts.
    Accept = "accept",
    /// Says that two records are of one child, or of two after all.
    Merge = "merge",
    /// Holds a record beyond its time, or says that it may be let go.
    LetGo = "let_go",
    /// Brings in records of children from elsewhere.
    Bring = "bring",
}

impl Act {
    /// It is about no child.
    pub fn is_of_site(self) -> bool {
        matches!(self, Act::List | Act::Find | Act::Create | Act::Bring | Act::Attend | Act::Minute | Act::Settle)
    }

    /// It is about one entry, and depends on whose that is.
    pub fn is_of_entry(self) -> bool {
        matches!(self, Act::Correct | Act::Withdraw | Act::Dispute | Act::Confirm | Act::Accept)
    }
}
