//! Values of facts and fields, their types, and the three truth values.

use crate::time::Moment;
use crate::words::Sym;
use jiff::civil::Date;

/// The type of a fact or a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Type {
    /// Yes or no.
    YesNo,
    /// One of these words.
    Choice(Vec<String>),
    /// A whole number.
    Number,
    /// A date.
    Date,
    /// A date and time with offset.
    Moment,
    /// In conditions: how long since a moment. Recorded as a moment.
    Since,
    /// An authority or provider, by its id; open, so that any area can be named.
    Area,
    /// A police force, by an area that it polices: open as areas are.
    Force,
    /// Free text: only whether it is there counts.
    Text,
    /// The answer to a decision: yes, no, or a word that the action of the decision has for it. Here, the answers to any.
    Answer(Vec<String>),
    /// A rule of a rulebook, by its id.
    Rule,
    /// Other entries, by their ids.
    Entries,
    /// A photograph, by its fingerprint: only whether it is there counts.
    Photograph,
    /// A role.
    Role,
    /// One role or several.
    Roles,
    /// An action.
    Action,
    /// A form.
    Form,
}

impl Type {
    /// The word for it in vocabulary files and messages.
    pub fn word(&self) -> &'static str {
        match self {
            Type::YesNo => "yes-no",
            Type::Choice(_) => "choice",
            Type::Number => "number",
            Type::Date => "date",
            Type::Moment => "moment",
            Type::Since => "since",
            Type::Area => "area",
            Type::Force => "police-force",
            Type::Text => "text",
            Type::Answer(_) => "answer",
            Type::Rule => "rule",
            Type::Entries => "entries",
            Type::Photograph => "photograph",
            Type::Role => "role",
            Type::Roles => "roles",
            Type::Action => "action",
            Type::Form => "form",
        }
    }
}

/// A value.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Value {
    /// Nobody recorded it.
    Unknown,
    /// Yes or no.
    Bool(bool),
    /// A word: choice, role, action, form, area.
    Word(Sym),
    /// A number.
    Number(i64),
    /// A date.
    Date(Date),
    /// A moment.
    Moment(Moment),
    /// Some text; its words do not count in conditions.
    Text,
}

impl Value {
    /// The moment, if it is one.
    pub fn moment(self) -> Option<Moment> {
        if let Value::Moment(m) = self { Some(m) } else { None }
    }
}

/// True, false, or cannot tell (Kleene's strong logic).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Truth {
    /// No.
    False,
    /// Cannot tell.
    Unknown,
    /// Yes.
    True,
}

impl Truth {
    /// From a yes-no.
    pub fn of(yes: bool) -> Truth {
        if yes { Truth::True } else { Truth::False }
    }
    /// Both: the least of the two.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }
    /// Either: the greatest of the two.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;
    fn not(self) -> Truth {
        match self {
            Truth::False => Truth::True,
            Truth::Unknown => Truth::Unknown,
            Truth::True => Truth::False,
        }
    }
}
