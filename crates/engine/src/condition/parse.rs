//! Reads a condition and checks every word and type in it against the vocabulary.

use super::lex::{Token, tokens};
use super::{Condition, Expr, Order, Subject, Test};
use crate::calendar::Length;
use crate::value::{Type, Value};
use crate::vocabulary::{Event, EventId, Fact, FieldId};
use crate::words::{Sym, did_you_mean, list, sym};
use std::collections::HashMap;

/// What is wrong with a condition, and where in its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Problem {
    /// Byte offset in the condition.
    pub at: usize,
    /// What is wrong.
    pub message: String,
    /// What to write.
    pub help: String,
}

impl Problem {
    pub(super) fn at(at: usize, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem { at, message: message.into(), help: help.into() }
    }
}

/// Which entry fields a condition may use.
#[derive(Clone, Copy, Debug)]
pub enum Fields<'a> {
    /// None: there is no entry at hand.
    None,
    /// Those of these events.
    Of(&'a [EventId]),
}

/// A choice setting, as conditions see it.
#[derive(Clone, Debug)]
pub struct SettingWord {
    /// The word after `setting.`.
    pub id: String,
    /// The choices; empty for a yes-no.
    pub choices: Vec<String>,
}

/// The words that a condition may use.
pub struct Words<'a> {
    /// Facts.
    pub facts: &'a [Fact],
    /// Events, for their fields.
    pub events: &'a [Event],
    /// Field names.
    pub fields: &'a HashMap<String, FieldId>,
    /// Roles, actions and forms: is it one?
    pub is_role: &'a dyn Fn(&str) -> bool,
    /// Is it an action?
    pub is_action: &'a dyn Fn(&str) -> bool,
    /// Is it a form?
    pub is_form: &'a dyn Fn(&str) -> bool,
    /// Settings of the rulebook.
    pub settings: &'a [SettingWord],
    /// What `here` means.
    pub here: Option<Sym>,
}

/// Reads and checks a condition.
///
/// # Errors
/// The first thing wrong, with its place in the text.
pub fn parse(text: &str, words: &Words<'_>, fields: Fields<'_>) -> Result<Condition, Problem> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens, next: 0, words, fields, depth: 0 };
    let expr = reader.any()?;
    match reader.peek() {
        (Token::End, _) => Ok(Condition { text: one_line(text), expr }),
        (_, at) => {
            Err(Problem::at(at, "the condition should end here", "join parts with `and` or `or`, in small letters"))
        }
    }
}

/// The condition on one line. What stands in quotation marks stays as it is.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut quoted = false;
    for c in text.trim().chars() {
        quoted ^= c == '"';
        if quoted || !c.is_whitespace() {
            line.push(c);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    line
}

struct Reader<'a, 't> {
    tokens: Vec<(Token<'t>, usize)>,
    next: usize,
    words: &'a Words<'a>,
    fields: Fields<'a>,
    depth: usize,
}

impl<'t> Reader<'_, 't> {
    fn peek(&self) -> (Token<'t>, usize) {
        // `tokens` always ends in End, and `take` never steps past it.
        self.tokens[self.next.min(self.tokens.len() - 1)].clone()
    }

    fn take(&mut self) -> (Token<'t>, usize) {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn eat(&mut self, wanted: &Token<'_>) -> bool {
        let found = self.peek().0 == *wanted;
        if found {
            self.next += 1;
        }
        found
    }

    fn any(&mut self) -> Result<Expr, Problem> {
        let mut parts = vec![self.all()?];
        while self.eat(&Token::Word("or")) {
            parts.push(self.all()?);
        }
        Ok(one_or(parts, Expr::Any))
    }

    fn all(&mut self) -> Result<Expr, Problem> {
        let mut parts = vec![self.one()?];
        while self.eat(&Token::Word("and")) {
            parts.push(self.one()?);
        }
        Ok(one_or(parts, Expr::All))
    }

    fn one(&mut self) -> Result<Expr, Problem> {
        self.depth += 1;
        if self.depth > 64 {
            return Err(Problem::at(self.peek().1, "the condition is nested too deeply", "split the rule"));
        }
        let expr = match self.take() {
            (Token::Word("not"), _) => Expr::Not(Box::new(self.one()?)),
            (Token::Sign("("), at) => {
                let inner = self.any()?;
                if !self.eat(&Token::Sign(")")) {
                    return Err(Problem::at(at, "the bracket is not closed", "add a `)`"));
                }
                inner
            }
            (Token::Word("always"), _) => Expr::Always,
            (Token::Word(word), at) => self.test(word, at)?,
            (_, at) => {
                return Err(Problem::at(at, "a fact is missing here", "write a fact such as `episode.risk = high`"));
            }
        };
        self.depth -= 1;
        Ok(expr)
    }

    fn test(&mut self, word: &str, at: usize) -> Result<Expr, Problem> {
        let (subject, kind) = self.subject(word, at)?;
        let test = |t| Ok(Expr::Test(subject, t));
        match self.peek() {
            (Token::Word("is"), _) => {
                self.take();
                let not = self.eat(&Token::Word("not"));
                let (token, at) = self.take();
                if token != Token::Word("recorded") {
                    return Err(Problem::at(
                        at,
                        "`is` goes with `recorded`",
                        "write `is recorded`, `is not recorded`, or use `=`",
                    ));
                }
                let recorded = Expr::Test(subject, Test::Recorded);
                Ok(if not { Expr::Not(Box::new(recorded)) } else { recorded })
            }
            (Token::Sign("="), _) => {
                self.take();
                test(Test::OneOf(vec![self.value(&kind, word)?]))
            }
            (Token::Sign("!="), _) => {
                self.take();
                let value = self.value(&kind, word)?;
                Ok(Expr::Not(Box::new(Expr::Test(subject, Test::OneOf(vec![value])))))
            }
            (Token::Word("in"), _) => {
                self.take();
                test(Test::OneOf(self.values(&kind, word)?))
            }
            (Token::Sign(sign @ ("<" | "<=" | ">" | ">=")), at) => {
                self.take();
                test(self.compare(order(sign), &kind, word, at)?)
            }
            _ if kind == Type::YesNo => test(Test::OneOf(vec![Value::Bool(true)])),
            (_, at) => Err(Problem::at(
                at,
                format!("`{word}` is {}, so a comparison must follow", in_words(&kind)),
                comparison_help(&kind),
            )),
        }
    }

    fn subject(&self, word: &str, at: usize) -> Result<(Subject, Type), Problem> {
        if let Some(field) = word.strip_prefix("entry.") {
            return self.field(field, at);
        }
        if let Some(id) = word.strip_prefix("setting.") {
            let found = self.words.settings.iter().enumerate().find(|(_, s)| s.id == id);
            let (index, setting) = found.ok_or_else(|| {
                let known = self.words.settings.iter().map(|s| s.id.as_str());
                Problem::at(at, format!("unknown setting `{id}`"), did_you_mean(id, known))
            })?;
            let kind = if setting.choices.is_empty() { Type::YesNo } else { Type::Choice(setting.choices.clone()) };
            return Ok((Subject::Setting(index as u16), kind));
        }
        match self.words.facts.iter().position(|f| f.id == word) {
            Some(index) => {
                Ok((Subject::Fact(crate::vocabulary::FactId(index as u16)), self.words.facts[index].kind.clone()))
            }
            None => {
                let known = self.words.facts.iter().map(|f| f.id.as_str()).chain(["always"]);
                let help = if word == "true" { "write `always`".into() } else { did_you_mean(word, known) };
                Err(Problem::at(at, format!("unknown fact `{word}`"), help))
            }
        }
    }

    fn field(&self, field: &str, at: usize) -> Result<(Subject, Type), Problem> {
        let Fields::Of(events) = self.fields else {
            let help = "use `entry.` only in `where` beside `on`, and in `met_by`";
            return Err(Problem::at(at, format!("`entry.{field}`: there is no entry at hand here"), help));
        };
        // Every entry says by whom it was done.
        if field == "by" {
            return Ok((Subject::Field(self.words.fields["by"]), Type::Role));
        }
        let mut kind: Option<Type> = None;
        let mut known: Vec<&str> = vec!["by"];
        for event in events.iter().map(|e| &self.words.events[e.0 as usize]) {
            known.extend(event.fields.iter().map(|f| f.id.as_str()));
            if let Some(found) = event.fields.iter().find(|f| f.id == field) {
                kind = Some(match (kind, found.kind.clone()) {
                    (Some(Type::Choice(mut a)), Type::Choice(b)) => {
                        a.extend(b);
                        Type::Choice(a)
                    }
                    (_, new) => new,
                });
            }
        }
        let kind = kind.ok_or_else(|| {
            let names: Vec<&str> = events.iter().map(|e| self.words.events[e.0 as usize].id.as_str()).collect();
            Problem::at(at, format!("{} has no field `{field}`", list(&names)), did_you_mean(field, known))
        })?;
        Ok((Subject::Field(self.words.fields[field]), kind))
    }

    fn values(&mut self, kind: &Type, word: &str) -> Result<Vec<Value>, Problem> {
        let (token, at) = self.take();
        if token != Token::Sign("[") {
            return Err(Problem::at(at, "a list must follow `in`", "write `in [a, b]`"));
        }
        let mut values = vec![self.value(kind, word)?];
        while self.eat(&Token::Sign(",")) {
            values.push(self.value(kind, word)?);
        }
        let (token, at) = self.take();
        if token == Token::Sign("]") { Ok(values) } else { Err(Problem::at(at, "the list is not closed", "add a `]`")) }
    }

    fn value(&mut self, kind: &Type, subject: &str) -> Result<Value, Problem> {
        let (token, at) = self.take();
        let (word, quoted) = match token {
            Token::Word(word) => (word, false),
            Token::Quoted(word) => (word, true),
            Token::Amount(word) => (word, false),
            _ => {
                return Err(Problem::at(at, format!("a value for `{subject}` is missing here"), comparison_help(kind)));
            }
        };
        let unknown = |help: String| Problem::at(at, format!("`{word}` is not a value of `{subject}`"), help);
        match kind {
            Type::YesNo => match word {
                "true" | "yes" => Ok(Value::Bool(true)),
                "false" | "no" => Ok(Value::Bool(false)),
                _ => Err(unknown("write `true` or `false`".into())),
            },
            Type::Choice(values) if values.iter().any(|v| v == word) => Ok(Value::Word(sym(word))),
            Type::Choice(values) => Err(unknown(did_you_mean(word, values.iter().map(String::as_str)))),
            Type::Number => word.parse().map(Value::Number).map_err(|_| unknown("write a whole number".into())),
            Type::Area if word == "here" && !quoted => {
                self.words.here.map(Value::Word).ok_or_else(|| {
                    Problem::at(at, "`here` has no meaning outside a rulebook", "name the area in quotes")
                })
            }
            Type::Area if quoted => Ok(Value::Word(sym(word))),
            Type::Area => Err(unknown("write `here`, or the area's id in quotes".into())),
            Type::Role | Type::Roles if (self.words.is_role)(word) => Ok(Value::Word(sym(word))),
            Type::Role | Type::Roles => Err(unknown("write a role from rulebooks/vocabulary/roles.toml".into())),
            Type::Action if (self.words.is_action)(word) => Ok(Value::Word(sym(word))),
            Type::Action => Err(unknown("write an action from rulebooks/vocabulary/actions/".into())),
            Type::Form if (self.words.is_form)(word) => Ok(Value::Word(sym(word))),
            Type::Form => Err(unknown("write a form from rulebooks/vocabulary/forms.toml".into())),
            // Free text is compared only with the answers of decisions, such as yes and no.
            Type::Text => Ok(Value::Word(sym(word))),
            Type::Date | Type::Moment | Type::Since | Type::Photograph => Err(unknown(comparison_help(kind))),
        }
    }

    fn compare(&mut self, order: Order, kind: &Type, subject: &str, at: usize) -> Result<Test, Problem> {
        let (token, value_at) = self.take();
        let Token::Amount(amount) = token else {
            return Err(Problem::at(
                value_at,
                format!("an amount for `{subject}` is missing here"),
                comparison_help(kind),
            ));
        };
        match kind {
            Type::Number => {
                let help = "write a whole number without a unit";
                let number =
                    amount.parse().map_err(|_| Problem::at(value_at, format!("`{amount}` is not a number"), help))?;
                Ok(Test::Number(order, number))
            }
            Type::Since => Length::parse(amount).map(|length| Test::Since(order, length)).map_err(|why| {
                Problem::at(value_at, why.split("; ").next().unwrap_or_default(), comparison_help(kind))
            }),
            _ => Err(Problem::at(
                at,
                format!("`{subject}` is {}, of which none is more than another", in_words(kind)),
                comparison_help(kind),
            )),
        }
    }
}

fn one_or(mut parts: Vec<Expr>, many: fn(Vec<Expr>) -> Expr) -> Expr {
    if parts.len() == 1 { parts.remove(0) } else { many(parts) }
}

fn order(sign: &str) -> Order {
    match sign {
        "<" => Order::Less,
        "<=" => Order::AtMost,
        ">" => Order::More,
        _ => Order::AtLeast,
    }
}

/// A type for people.
fn in_words(kind: &Type) -> &'static str {
    match kind {
        Type::YesNo => "yes or no",
        Type::Choice(_) => "one of several words",
        Type::Number => "a number",
        Type::Date => "a date",
        Type::Moment => "a moment",
        Type::Since => "a length of time",
        Type::Area => "an area",
        Type::Text => "a text",
        Type::Photograph => "a photograph",
        Type::Role | Type::Roles => "a role",
        Type::Action => "an action",
        Type::Form => "a form",
    }
}

fn comparison_help(kind: &Type) -> String {
    match kind {
        Type::YesNo => "write the fact by itself, or `not` before it".into(),
        Type::Choice(values) => {
            format!("write `= ` and one of {}", list(&values.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Type::Number => "write for example `< 18`".into(),
        Type::Since => "write for example `>= 72h` or `> 3 months`".into(),
        Type::Area => "write `= here` or `= \"area\"`".into(),
        Type::Text => "write `is recorded`, or `= yes`".into(),
        Type::Photograph => "write `is recorded`".into(),
        Type::Date | Type::Moment => "write `is recorded`; to compare lengths of time use a fact of type since".into(),
        Type::Role | Type::Roles | Type::Action | Type::Form => "write `=` and the word".into(),
    }
}
