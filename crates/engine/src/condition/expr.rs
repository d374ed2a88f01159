//! What a condition comes to: tests of facts, fields and settings, joined by and, or, not.

use crate::calendar::Length;
use crate::ids::{FactId, FieldId, SettingNo, TermId};
use crate::value::Value;
use jiff::civil::Date;

/// A condition, as written and as compiled.
#[derive(Clone, Debug)]
pub struct Condition {
    /// As the author wrote it.
    pub text: String,
    /// For people: every term and every group of roles in the words that it has.
    pub said: String,
    /// With every term and every group of roles written out.
    pub full: String,
    /// As evaluated: terms and groups are what they stand for.
    pub expr: Expr,
    /// The terms it uses, and those that they use, by their index in the rulebook.
    pub terms: Vec<TermId>,
    /// What it looks at: each subject once, and once for each test that turns with time. By these it is found when its truth could change.
    pub(crate) watched: Vec<(Subject, Test)>,
}

/// The compiled form.
#[derive(Clone, PartialEq, Debug)]
pub enum Expr {
    /// Nothing was asked.
    Always,
    /// One test.
    Test(Subject, Test),
    /// The opposite.
    Not(Box<Expr>),
    /// All of them.
    All(Vec<Expr>),
    /// Any of them.
    Any(Vec<Expr>),
}

/// What a test looks at.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Subject {
    /// A fact.
    Fact(FactId),
    /// A field of the entry at hand.
    Field(FieldId),
    /// A setting of the rulebook, by its index there.
    Setting(SettingNo),
}

/// A comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[expect(missing_docs, reason = "the names are the meaning")]
pub enum Order {
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Order {
    /// Does `a (self) b` hold?
    pub fn holds<T: PartialOrd + Copy>(self, a: T, b: T) -> bool {
        match self {
            Order::Less => a < b,
            Order::AtMost => a <= b,
            Order::More => a > b,
            Order::AtLeast => a >= b,
        }
    }
}

/// A test of one subject.
#[derive(Clone, PartialEq, Debug)]
pub enum Test {
    /// Equal to one of these.
    OneOf(Vec<Value>),
    /// Compares with a number.
    Number(Order, i64),
    /// How long since the moment.
    Since(Order, Length),
    /// A date, or the local day of a moment, compared with a day.
    Day(Order, Date),
    /// Has a value at all.
    Recorded,
}

impl Condition {
    /// True of everything.
    pub fn always() -> Condition {
        Condition {
            text: String::new(),
            said: String::new(),
            full: String::new(),
            expr: Expr::Always,
            terms: Vec::new(),
            watched: Vec::new(),
        }
    }

    /// Asks nothing.
    pub fn is_always(&self) -> bool {
        matches!(self.expr, Expr::Always)
    }

    /// Every fact it looks at, in order of first appearance.
    pub fn facts(&self) -> Vec<FactId> {
        let mut found = Vec::new();
        for (subject, _) in &self.watched {
            if let Subject::Fact(fact) = subject
                && !found.contains(fact)
            {
                found.push(*fact);
            }
        }
        found
    }
}

impl Test {
    /// Does it turn with time alone: with an age, or with how long something has been so?
    fn turns(&self) -> bool {
        match self {
            Test::Since(..) | Test::Number(..) => true,
            Test::OneOf(values) => values.iter().any(|value| matches!(value, Value::Number(_))),
            Test::Day(..) | Test::Recorded => false,
        }
    }
}

impl Expr {
    /// Each subject once, and once for each test that turns with time; of what does not, that it is recorded stands for any test.
    pub(crate) fn watched(&self) -> Vec<(Subject, Test)> {
        let mut found = Vec::new();
        self.visit(&mut |subject, test| {
            let one = (subject, if test.turns() { test.clone() } else { Test::Recorded });
            if !found.contains(&one) {
                found.push(one);
            }
        });
        found
    }

    /// Calls `see` for every test.
    pub fn visit(&self, see: &mut impl FnMut(Subject, &Test)) {
        match self {
            Expr::Always => {}
            Expr::Test(subject, test) => see(*subject, test),
            Expr::Not(inner) => inner.visit(see),
            Expr::All(parts) | Expr::Any(parts) => parts.iter().for_each(|p| p.visit(see)),
        }
    }
}
