//! Decides, for conditions alone, whether there is a case in which some hold and others do not.
//! The language is closed and every domain can be cut at the constants that the conditions name, so it is enough to try
//! one value from each piece: no solver is needed, and what is found is a witness that can be shown.

use crate::condition::{Condition, Expr, Subject, Test};
use crate::value::{Truth, Type, Value};
use crate::vocabulary::Vocabulary;
use crate::words::sym;
use jiff::civil::Date;

/// Past this many combinations the question is left open.
const MOST: usize = 300_000;

/// A value that stands for a piece of a domain.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Piece {
    /// Nobody recorded it.
    Nothing,
    /// A value.
    Is(Value),
    /// A number or, for lengths of time, minutes.
    Amount(i64),
}

/// What varies: a subject or, where a field may have several values at once, whether it has one of them.
/// `Among(_, None)` is whether it has any that no condition names.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Variable {
    Whole(Subject),
    Among(Subject, Option<Value>),
}

/// The pieces of each variable's domain.
type Domains = Vec<(Variable, Vec<Piece>)>;

/// One value for each variable.
struct Choice<'a> {
    domains: &'a Domains,
    chosen: &'a [usize],
}

impl Choice<'_> {
    fn of(&self, variable: Variable) -> Option<Piece> {
        let index = self.domains.iter().position(|(v, _)| *v == variable)?;
        Some(self.domains[index].1[self.chosen[index]])
    }

    fn has(&self, subject: Subject, value: Option<Value>) -> bool {
        self.of(Variable::Among(subject, value)) == Some(Piece::Is(Value::Bool(true)))
    }

    fn has_any(&self, subject: Subject) -> bool {
        self.domains
            .iter()
            .any(|(v, _)| matches!(v, Variable::Among(s, value) if *s == subject && self.has(*s, *value)))
    }

    fn truth(&self, expr: &Expr) -> Truth {
        match expr {
            Expr::Always => Truth::True,
            Expr::Not(inner) => !self.truth(inner),
            Expr::All(parts) => parts.iter().map(|p| self.truth(p)).min().unwrap_or(Truth::True),
            Expr::Any(parts) => parts.iter().map(|p| self.truth(p)).max().unwrap_or(Truth::False),
            Expr::Test(subject, test) => match self.of(Variable::Whole(*subject)) {
                Some(piece) => piece_truth(*subject, piece, test),
                None => Truth::of(match test {
                    Test::OneOf(values) => values.iter().any(|v| self.has(*subject, Some(*v))),
                    Test::Recorded => self.has_any(*subject),
                    Test::Number(..) | Test::Since(..) | Test::Day(..) => false,
                }),
            },
        }
    }
}

/// As in evaluation: a field that nobody filled is false in comparisons, a fact that nobody recorded cannot be told.
fn piece_truth(subject: Subject, piece: Piece, test: &Test) -> Truth {
    match (test, piece) {
        (Test::Recorded, piece) => Truth::of(piece != Piece::Nothing),
        (_, Piece::Nothing) if matches!(subject, Subject::Field(_)) => Truth::False,
        (_, Piece::Nothing) => Truth::Unknown,
        (Test::OneOf(values), Piece::Is(v)) => Truth::of(values.contains(&v)),
        (Test::OneOf(values), Piece::Amount(n)) => Truth::of(values.contains(&Value::Number(n))),
        (Test::Number(order, wanted), Piece::Amount(n)) => Truth::of(order.holds(n, *wanted)),
        (Test::Since(order, length), Piece::Amount(n)) => Truth::of(order.holds(n, length.rough_minutes())),
        (Test::Day(order, day), Piece::Amount(n)) => Truth::of(order.holds(n, day_number(*day))),
        (Test::Number(..) | Test::Since(..) | Test::Day(..), Piece::Is(_)) => Truth::False,
    }
}

/// The answer to whether there is a case.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Answer {
    /// There is one, in words: `episode.risk = high`.
    Yes(Vec<String>),
    /// There is none.
    No,
    /// There are too many combinations to try.
    TooMany,
}

/// Looks for a case in which each condition has the truth wanted of it.
pub fn witness(
    vocabulary: &Vocabulary,
    settings: &[crate::rulebook::Setting],
    wanted: &[(&Condition, bool)],
) -> Answer {
    let mut domains = Domains::new();
    for (condition, _) in wanted {
        condition.expr.visit(&mut |subject, test| add_pieces(vocabulary, settings, subject, test, &mut domains));
    }
    let combinations = domains
        .iter()
        .try_fold(1_usize, |product, (_, pieces)| product.checked_mul(pieces.len()).filter(|p| *p <= MOST));
    let Some(combinations) = combinations else { return Answer::TooMany };
    let mut chosen = vec![0_usize; domains.len()];
    for _ in 0..combinations {
        let choice = Choice { domains: &domains, chosen: &chosen };
        if wanted.iter().all(|(condition, truth)| choice.truth(&condition.expr) == Truth::of(*truth)) {
            let words = domains.iter().zip(&chosen).filter_map(|((v, p), c)| in_words(vocabulary, settings, *v, p[*c]));
            return Answer::Yes(words.collect());
        }
        advance(&mut chosen, &domains);
    }
    Answer::No
}

fn advance(chosen: &mut [usize], domains: &Domains) {
    for (index, (_, pieces)) in domains.iter().enumerate() {
        chosen[index] += 1;
        if chosen[index] < pieces.len() {
            return;
        }
        chosen[index] = 0;
    }
}

fn kind(vocabulary: &Vocabulary, settings: &[crate::rulebook::Setting], subject: Subject) -> Type {
    match subject {
        Subject::Fact(fact) => vocabulary.fact_at(fact).kind.clone(),
        Subject::Setting(index) => settings
            .get(index.place())
            .filter(|s| !s.choices.is_empty())
            .map_or(Type::YesNo, |s| Type::Choice(s.choices.clone())),
        Subject::Field(field) => {
            let fields = vocabulary.events.iter().flat_map(|e| &e.fields);
            let mut kinds = fields.filter(|f| f.field == field).map(|f| f.kind.clone());
            let first = kinds.next().unwrap_or(Type::Role);
            kinds.fold(first, |all, next| match (all, next) {
                (Type::Choice(mut a), Type::Choice(b)) => {
                    a.extend(b.into_iter().filter(|v| !a.contains(v)).collect::<Vec<_>>());
                    Type::Choice(a)
                }
                (_, Type::Roles) => Type::Roles,
                (all, _) => all,
            })
        }
    }
}

fn add_pieces(
    vocabulary: &Vocabulary,
    settings: &[crate::rulebook::Setting],
    subject: Subject,
    test: &Test,
    domains: &mut Domains,
) {
    let kind = kind(vocabulary, settings, subject);
    if kind == Type::Roles {
        let named = if let Test::OneOf(values) = test { values.as_slice() } else { &[] };
        for value in named.iter().map(|v| Some(*v)).chain([None]) {
            let variable = Variable::Among(subject, value);
            if !domains.iter().any(|(v, _)| *v == variable) {
                domains.push((variable, vec![Piece::Is(Value::Bool(false)), Piece::Is(Value::Bool(true))]));
            }
        }
        return;
    }
    let variable = Variable::Whole(subject);
    let index = domains.iter().position(|(v, _)| *v == variable).unwrap_or_else(|| {
        let mut pieces = match kind {
            Type::YesNo => vec![Piece::Is(Value::Bool(true)), Piece::Is(Value::Bool(false))],
            Type::Choice(values) | Type::Answer(values) => {
                values.iter().map(|v| Piece::Is(Value::Word(sym(v)))).collect()
            }
            Type::Number | Type::Since => Vec::new(),
            _ => vec![Piece::Is(Value::Text)],
        };
        // A field that nobody filled is an ordinary case; an unrecorded fact is "cannot tell", which no check is about.
        if matches!(subject, Subject::Field(_)) {
            pieces.push(Piece::Nothing);
        }
        domains.push((variable, pieces));
        domains.len() - 1
    });
    let pieces = &mut domains[index].1;
    let mut add = |piece: Piece| {
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    };
    let around = |n: i64| [n.saturating_sub(1), n, n.saturating_add(1)].map(Piece::Amount);
    match test {
        Test::OneOf(values) => {
            for value in values {
                match value {
                    Value::Number(n) => around(*n).into_iter().for_each(&mut add),
                    other => add(Piece::Is(*other)),
                }
            }
        }
        Test::Number(_, n) => around(*n).into_iter().for_each(&mut add),
        Test::Day(_, day) => around(day_number(*day)).into_iter().for_each(&mut add),
        Test::Since(_, length) => around(length.rough_minutes()).into_iter().for_each(&mut add),
        Test::Recorded => {
            // What has a value when nobody says anything is never without one.
            let silent = matches!(subject, Subject::Fact(fact) if vocabulary.fact_at(fact).if_silent != Value::Unknown);
            if !silent {
                add(Piece::Nothing);
            }
            if pieces.iter().all(|p| *p == Piece::Nothing) {
                pieces.push(Piece::Is(Value::Text));
            }
        }
    }
}

/// Days since the first of 1970.
fn day_number(day: Date) -> i64 {
    i64::from((day - EPOCH).get_days())
}

fn day_of(number: i64) -> Date {
    EPOCH.saturating_add(jiff::Span::new().try_days(number).unwrap_or_default())
}

const EPOCH: Date = jiff::civil::date(1970, 1, 1);

/// One part of a witness; nothing to say of a value that a field does not have among others.
fn in_words(
    vocabulary: &Vocabulary,
    settings: &[crate::rulebook::Setting],
    variable: Variable,
    piece: Piece,
) -> Option<String> {
    let (subject, piece) = match (variable, piece) {
        (Variable::Whole(subject), piece) => (subject, piece),
        (Variable::Among(subject, value), Piece::Is(Value::Bool(true))) => {
            (subject, Piece::Is(value.unwrap_or(Value::Text)))
        }
        (Variable::Among(..), _) => return None,
    };
    let name = match subject {
        Subject::Fact(fact) => vocabulary.fact_at(fact).id.clone(),
        Subject::Field(field) => format!("entry.{}", vocabulary.fields[field.place()]),
        Subject::Setting(index) => format!("setting.{}", settings.get(index.place()).map_or("?", |s| s.id.as_str())),
    };
    let since = matches!(kind(vocabulary, settings, subject), Type::Since);
    let dated = matches!(kind(vocabulary, settings, subject), Type::Date | Type::Moment);
    Some(match piece {
        Piece::Nothing => format!("{name} not recorded"),
        Piece::Is(Value::Bool(yes)) => format!("{name} = {yes}"),
        Piece::Is(Value::Word(word)) => format!("{name} = {}", vocabulary.word(word).unwrap_or("the named area")),
        Piece::Is(_) => format!("{name} = something else"),
        Piece::Amount(days) if dated => format!("{name} = {}", day_of(days)),
        Piece::Amount(minutes) if since => format!("{name} = {} h {} min", minutes / 60, minutes % 60),
        Piece::Amount(n) => format!("{name} = {n}"),
    })
}
