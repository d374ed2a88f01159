//! Reads a condition and checks every word and type in it against the vocabulary.

use super::answers;
use super::lex::{Token, tokens};
use super::{Condition, Expr, Lexicon, Order, Subject, Test};
use crate::calendar::Length;
use crate::ids::{EventId, SettingNo, TermId};
use crate::value::{Type, Value};
use crate::words::{Sym, did_you_mean, list, sym};
use std::cell::Cell;

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

/// A condition that a rulebook names once.
#[derive(Clone, Debug)]
pub struct Term {
    /// The word: small letters and `_`, no dot, so that it is never taken for a fact.
    pub id: String,
    /// In words, as they read inside a sentence: `another authority's child`.
    pub says: String,
    /// As the author wrote it. It is read anew where it is used, for an entry's fields differ.
    pub when: String,
}

/// The words that a condition may use.
pub struct Words<'a> {
    /// Terms of the rulebook.
    pub terms: &'a [Term],
    /// Facts, fields, roles, groups, actions and forms.
    pub lexicon: &'a dyn Lexicon,
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
    read(text, words, fields, &[], &Cell::new(0))
}

/// Past this many terms inside terms a condition is too large: each may use others twice, and those again.
const MOST_TERMS: usize = 500;

/// Reads a condition that stands inside these terms.
fn read(
    text: &str,
    words: &Words<'_>,
    fields: Fields<'_>,
    inside: &[TermId],
    expanded: &Cell<usize>,
) -> Result<Condition, Problem> {
    let tokens = tokens(text)?;
    let mut reader =
        Reader { tokens, next: 0, words, fields, depth: 0, inside, expanded, named: Vec::new(), terms: Vec::new() };
    let expr = reader.any()?;
    match reader.peek() {
        (Token::End, _) => {
            answers::fit(&expr, words.lexicon, &reader.tokens)?;
            let (said, full) = (reader.rewritten(text, |n| &n.said), reader.rewritten(text, |n| &n.full));
            let mut terms = reader.terms;
            terms.sort_unstable();
            terms.dedup();
            let (text, watched) = (one_line(text), expr.watched());
            Ok(Condition { text, said: one_line(&said), full: one_line(&full), expr, terms, watched })
        }
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

/// A name in a condition that stands for more: where it stands, in what words, and for what.
struct Named {
    at: usize,
    length: usize,
    said: String,
    full: String,
}

struct Reader<'a, 't> {
    tokens: Vec<(Token<'t>, usize)>,
    next: usize,
    words: &'a Words<'a>,
    fields: Fields<'a>,
    depth: usize,
    /// The terms around this text.
    inside: &'a [TermId],
    expanded: &'a Cell<usize>,
    named: Vec<Named>,
    terms: Vec<TermId>,
}

impl<'t> Reader<'_, 't> {
    /// The text with each name replaced.
    fn rewritten<'s>(&'s self, text: &str, by: impl Fn(&'s Named) -> &'s String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut done = 0;
        for name in &self.named {
            out.push_str(&text[done..name.at]);
            out.push_str(by(name));
            done = name.at + name.length;
        }
        out.push_str(&text[done..]);
        out
    }

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
        Ok(any_of(parts))
    }

    fn all(&mut self) -> Result<Expr, Problem> {
        let mut parts = vec![self.one()?];
        while self.eat(&Token::Word("and")) {
            parts.push(self.one()?);
        }
        Ok(all_of(parts))
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
            (Token::Word(word), at) if !word.contains('.') => self.term(word, at)?,
            (Token::Word(word), at) => self.test(word, at)?,
            (_, at) => {
                return Err(Problem::at(at, "a fact is missing here", "write a fact such as `episode.risk = high`"));
            }
        };
        self.depth -= 1;
        Ok(expr)
    }

    /// A condition that the rulebook named.
    fn term(&mut self, word: &str, at: usize) -> Result<Expr, Problem> {
        let Some(index) = self.words.terms.iter().position(|t| t.id == word) else {
            let terms = self.words.terms.iter().map(|t| t.id.as_str());
            let known = terms.chain(self.words.lexicon.facts()).chain(["always"]);
            let help = if word == "true" { "write `always`".into() } else { did_you_mean(word, known) };
            return Err(Problem::at(at, format!("`{word}` is neither a fact nor a term of this rulebook"), help));
        };
        let id = TermId::at(index);
        if self.inside.contains(&id) {
            let help = "write out what one of them means";
            return Err(Problem::at(at, format!("the term `{word}` is made of itself"), help));
        }
        self.expanded.set(self.expanded.get() + 1);
        if self.expanded.get() > MOST_TERMS {
            return Err(Problem::at(at, "the condition has too many terms inside terms", "write some of them out"));
        }
        let term = &self.words.terms[index];
        let inside: Vec<TermId> = self.inside.iter().copied().chain([id]).collect();
        let condition = read(&term.when, self.words, self.fields, &inside, self.expanded)
            .map_err(|problem| Problem::at(at, format!("in the term `{word}`: {}", problem.message), problem.help))?;
        self.terms.push(id);
        self.terms.extend(&condition.terms);
        let full = format!("({})", condition.full);
        self.named.push(Named { at, length: word.len(), said: term.says.clone(), full });
        Ok(condition.expr)
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
            return Ok((Subject::Setting(SettingNo::at(index)), kind));
        }
        let Some((fact, kind)) = self.words.lexicon.fact(word) else {
            let help = did_you_mean(word, self.words.lexicon.facts().into_iter().chain(["always"]));
            return Err(Problem::at(at, format!("unknown fact `{word}`"), help));
        };
        Ok((Subject::Fact(fact), kind.clone()))
    }

    fn field(&self, field: &str, at: usize) -> Result<(Subject, Type), Problem> {
        let Fields::Of(events) = self.fields else {
            let help = "use `entry.` only in `where` beside `on`, and in `met_by`";
            return Err(Problem::at(at, format!("`entry.{field}`: there is no entry at hand here"), help));
        };
        let lexicon = self.words.lexicon;
        let unknown = |known: Vec<&str>| {
            let names: Vec<&str> = events.iter().map(|e| lexicon.event(*e)).collect();
            Problem::at(at, format!("{} has no field `{field}`", list(&names)), did_you_mean(field, known))
        };
        let Some(id) = lexicon.field(field) else {
            return Err(unknown(self.known_fields(events)));
        };
        // Every entry says by whom it was done, when, and when it was recorded.
        if field == "by" {
            return Ok((Subject::Field(id), Type::Role));
        }
        if matches!(field, "occurred_at" | "recorded_at") {
            return Ok((Subject::Field(id), Type::Moment));
        }
        let mut kind: Option<Type> = None;
        for found in events.iter().flat_map(|e| lexicon.event_fields(*e)).filter(|(word, _)| *word == field) {
            kind = Some(match (kind, found.1.clone()) {
                (Some(Type::Choice(mut a)), Type::Choice(b)) => {
                    a.extend(b);
                    Type::Choice(a)
                }
                (_, new) => new,
            });
        }
        let kind = kind.ok_or_else(|| unknown(self.known_fields(events)))?;
        Ok((Subject::Field(id), kind))
    }

    fn known_fields(&self, events: &[EventId]) -> Vec<&str> {
        let of = events.iter().flat_map(|e| self.words.lexicon.event_fields(*e));
        ["by", "occurred_at", "recorded_at"].into_iter().chain(of.map(|(word, _)| word)).collect()
    }

    fn values(&mut self, kind: &Type, word: &str) -> Result<Vec<Value>, Problem> {
        if let Some(roles) = self.group(kind) {
            return Ok(roles);
        }
        let (token, at) = self.take();
        if token != Token::Sign("[") {
            let help = match kind {
                Type::Role | Type::Roles => did_you_mean(in_text(&token), self.words.lexicon.groups()),
                _ => "write `in [a, b]`".into(),
            };
            let what = if matches!(kind, Type::Role | Type::Roles) { " or a group of roles" } else { "" };
            return Err(Problem::at(at, format!("a list{what} must follow `in`"), help));
        }
        let mut values = Vec::new();
        loop {
            match self.group(kind) {
                Some(roles) => values.extend(roles),
                None => values.push(self.value(kind, word)?),
            }
            if !self.eat(&Token::Sign(",")) {
                break;
            }
        }
        let (token, at) = self.take();
        if token == Token::Sign("]") { Ok(values) } else { Err(Problem::at(at, "the list is not closed", "add a `]`")) }
    }

    /// The roles or areas of a group, if the next word is one.
    fn group(&mut self, kind: &Type) -> Option<Vec<Value>> {
        let (Type::Role | Type::Roles | Type::Area | Type::Force, (Token::Word(word), at)) = (kind, self.peek()) else {
            return None;
        };
        let is_area = matches!(kind, Type::Area | Type::Force);
        let lexicon = self.words.lexicon;
        let (name, roles) = if is_area { lexicon.areas(word)? } else { lexicon.group(word)? };
        self.next += 1;
        let mut full = roles.join(if is_area { "\", \"" } else { ", " });
        if is_area {
            full = format!("\"{full}\"");
        }
        // In a list its roles stand among the others, after `in` they are the list.
        if self.tokens.get(self.next.wrapping_sub(2)).is_some_and(|(before, _)| *before == Token::Word("in")) {
            full = format!("[{full}]");
        }
        self.named.push(Named { at, length: word.len(), said: name.to_string(), full });
        Some(roles.iter().map(|role| Value::Word(sym(role))).collect())
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
            Type::Choice(values) | Type::Answer(values) if values.iter().any(|v| v == word) => {
                Ok(Value::Word(sym(word)))
            }
            Type::Choice(values) | Type::Answer(values) => {
                Err(unknown(did_you_mean(word, values.iter().map(String::as_str))))
            }
            Type::Number => word.parse().map(Value::Number).map_err(|_| unknown("write a whole number".into())),
            Type::Area | Type::Force if word == "here" && !quoted => {
                self.words.here.map(Value::Word).ok_or_else(|| {
                    Problem::at(at, "`here` has no meaning outside a rulebook", "name the area in quotes")
                })
            }
            Type::Area | Type::Force if quoted => Ok(Value::Word(sym(word))),
            Type::Area | Type::Force if self.words.lexicon.areas(word).is_some() => {
                Err(unknown(format!("`{word}` is a group of areas: write `in {word}`")))
            }
            Type::Area | Type::Force => Err(unknown("write `here`, or the area's id in quotes".into())),
            Type::Role | Type::Roles if self.words.lexicon.is_role(word) => Ok(Value::Word(sym(word))),
            Type::Role | Type::Roles if self.words.lexicon.group(word).is_some() => {
                Err(unknown(format!("`{word}` is a group of roles: write `in {word}`")))
            }
            Type::Role | Type::Roles => Err(unknown("write a role from rulebooks/vocabulary/roles.toml".into())),
            Type::Action if self.words.lexicon.is_action(word) => Ok(Value::Word(sym(word))),
            Type::Action => Err(unknown("write an action from rulebooks/vocabulary/actions/".into())),
            Type::Form if self.words.lexicon.is_form(word) => Ok(Value::Word(sym(word))),
            Type::Form => Err(unknown("write a form from rulebooks/vocabulary/forms.toml".into())),
            // Free text decides nothing: one capital letter or one word more, and the wrong thing would be asked.
            Type::Text => {
                let message = format!("`{subject}` is a text, and no text is compared with words");
                Err(Problem::at(at, message, comparison_help(kind)))
            }
            Type::Rule => Ok(Value::Word(sym(word))),
            Type::Date | Type::Moment | Type::Since | Type::Photograph | Type::Entries => {
                Err(unknown(comparison_help(kind)))
            }
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
            Type::Date | Type::Moment => match amount.parse() {
                Ok(day) => Ok(Test::Day(order, day)),
                Err(_) => Err(Problem::at(value_at, format!("`{amount}` is not a date"), comparison_help(kind))),
            },
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

/// All of these; what is itself "all of" others, as a term may be, stands among them.
fn all_of(parts: Vec<Expr>) -> Expr {
    let flat = parts.into_iter().flat_map(|part| match part {
        Expr::All(inner) => inner,
        other => vec![other],
    });
    one_or(flat.collect(), Expr::All)
}

/// Any of these, in the same way.
fn any_of(parts: Vec<Expr>) -> Expr {
    let flat = parts.into_iter().flat_map(|part| match part {
        Expr::Any(inner) => inner,
        other => vec![other],
    });
    one_or(flat.collect(), Expr::Any)
}

/// A token as it may be compared with words.
fn in_text<'t>(token: &Token<'t>) -> &'t str {
    if let Token::Word(word) = token { word } else { "" }
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
        Type::Force => "a police force",
        Type::Text => "a text",
        Type::Answer(_) => "the answer to a decision",
        Type::Rule => "a rule",
        Type::Entries => "other entries",
        Type::Photograph => "a photograph",
        Type::Role | Type::Roles => "a role",
        Type::Action => "an action",
        Type::Form => "a form",
    }
}

fn comparison_help(kind: &Type) -> String {
    match kind {
        Type::YesNo => "write the fact by itself, or `not` before it".into(),
        Type::Choice(values) | Type::Answer(values) => {
            format!("write `= ` and one of {}", list(&values.iter().map(String::as_str).collect::<Vec<_>>()))
        }
        Type::Number => "write for example `< 18`".into(),
        Type::Since => "write for example `>= 72h` or `> 3 months`".into(),
        Type::Area | Type::Force => "write `= here` or `= \"area\"`".into(),
        Type::Text => "write `is recorded`; what decides something is a choice, in a field of its own".into(),
        Type::Photograph | Type::Entries => "write `is recorded`".into(),
        Type::Date | Type::Moment => {
            "write for example `< 2026-12-01`, or `is recorded`; to compare lengths of time use a fact of type since"
                .into()
        }
        Type::Role | Type::Roles | Type::Action | Type::Form | Type::Rule => "write `=` and the word".into(),
    }
}
