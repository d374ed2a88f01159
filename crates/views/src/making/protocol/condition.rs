//! A condition in words, by the labels of the facts that it looks at.

use super::Maker;
use casebook::command::labels;
use engine::condition::{Condition, Expr, Order, Subject, Test};
use engine::value::{Type, Value};

impl Maker<'_> {
    /// `police risk grade: high, and gone for: less than 72 h`.
    pub(super) fn condition(&self, condition: &Condition) -> String {
        self.expr(&condition.expr)
    }

    fn expr(&self, expr: &Expr) -> String {
        match expr {
            Expr::Always => "always".into(),
            Expr::Test(subject, test) => self.test(*subject, test),
            Expr::Not(inner) => match &**inner {
                Expr::Test(subject, Test::OneOf(values)) if values[..] == [Value::Bool(true)] => {
                    self.test(*subject, &Test::OneOf(vec![Value::Bool(false)]))
                }
                inner => format!("not so that {}", self.inner(inner)),
            },
            Expr::All(parts) => parts.iter().map(|p| self.inner(p)).collect::<Vec<_>>().join(", and "),
            Expr::Any(parts) => parts.iter().map(|p| self.inner(p)).collect::<Vec<_>>().join(", or "),
        }
    }

    /// In brackets, where it has parts of its own.
    fn inner(&self, expr: &Expr) -> String {
        let words = self.expr(expr);
        if matches!(expr, Expr::All(parts) | Expr::Any(parts) if parts.len() > 1) {
            return format!("({words})");
        }
        words
    }

    fn test(&self, subject: Subject, test: &Test) -> String {
        let vocabulary = self.names.vocabulary;
        let label = match subject {
            Subject::Fact(fact) => labels::fact(vocabulary.fact_at(fact)),
            Subject::Field(field) => labels::written(&vocabulary.fields[field.place()]),
            Subject::Setting(index) => self.book.settings[index.place()].says.trim_end_matches('.').to_string(),
        };
        let says = match test {
            Test::OneOf(values) => {
                values.iter().map(|value| self.value(subject, *value)).collect::<Vec<_>>().join(" or ")
            }
            Test::Number(order, number) => format!("{} {number}", order_words(*order)),
            Test::Since(order, length) => format!("{} {length}", order_words(*order)),
            Test::Day(order, date) => format!("{} {}", order_words(*order), date.strftime("%-d %B %Y")),
            Test::Recorded => "recorded".into(),
        };
        format!("{}: {says}", lower(&label))
    }

    fn value(&self, subject: Subject, value: Value) -> String {
        let vocabulary = self.names.vocabulary;
        match value {
            Value::Bool(true) => "yes".into(),
            Value::Bool(false) => "no".into(),
            Value::Number(number) => number.to_string(),
            Value::Date(date) => date.strftime("%-d %B %Y").to_string(),
            Value::Word(sym) => {
                // The area itself is no word of the vocabulary.
                let Some(word) = vocabulary.word(sym) else { return self.names.area(&self.book.area) };
                match subject {
                    Subject::Fact(fact) => match &vocabulary.fact_at(fact).kind {
                        Type::Role | Type::Roles => self.names.role(word),
                        Type::Area => self.names.area(word),
                        Type::Answer(_) => lower(&labels::decided(vocabulary, None, word)),
                        _ => lower(&labels::answer(&vocabulary.fact_at(fact).answers, word)),
                    },
                    Subject::Field(field) if field == vocabulary.known.answer => {
                        lower(&labels::decided(vocabulary, None, word))
                    }
                    _ if vocabulary.role(word).is_some() => self.names.role(word),
                    _ => lower(&labels::written(word)),
                }
            }
            Value::Moment(_) | Value::Text => "recorded".into(),
            Value::Unknown => "not recorded".into(),
        }
    }
}

fn order_words(order: Order) -> &'static str {
    match order {
        Order::Less => "less than",
        Order::AtMost => "at most",
        Order::More => "more than",
        Order::AtLeast => "at least",
    }
}

/// Small at the beginning, unless it is an abbreviation.
pub(super) fn lower(text: &str) -> String {
    let mut letters = text.chars();
    let Some(first) = letters.next() else { return String::new() };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return text.to_string();
    }
    first.to_lowercase().chain(letters).collect()
}
