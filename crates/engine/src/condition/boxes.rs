//! Decides, for conditions alone, whether there is a case in which some hold and others do not.
//! The language is closed and every domain can be cut at the constants that the conditions name, so it is enough to try
//! one value from each piece: no solver is needed, and what is found is a witness that can be shown.

use super::{Condition, Expr, Subject, Test};
use crate::value::{Type, Value};
use crate::vocabulary::Vocabulary;
use crate::words::sym;

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
    let mut domains: Vec<(Subject, Vec<Piece>)> = Vec::new();
    for (condition, _) in wanted {
        condition.expr.visit(&mut |subject, test| add_pieces(vocabulary, settings, subject, test, &mut domains));
    }
    let combinations = domains
        .iter()
        .try_fold(1_usize, |product, (_, pieces)| product.checked_mul(pieces.len()).filter(|p| *p <= MOST));
    let Some(combinations) = combinations else { return Answer::TooMany };
    let mut chosen = vec![0_usize; domains.len()];
    for _ in 0..combinations {
        let value = |subject: Subject| {
            let index = domains.iter().position(|(s, _)| *s == subject);
            index.map_or(Piece::Nothing, |i| domains[i].1[chosen[i]])
        };
        if wanted.iter().all(|(condition, truth)| holds(&condition.expr, &value) == *truth) {
            return Answer::Yes(
                domains.iter().zip(&chosen).map(|((s, p), c)| in_words(vocabulary, settings, *s, p[*c])).collect(),
            );
        }
        advance(&mut chosen, &domains);
    }
    Answer::No
}

fn advance(chosen: &mut [usize], domains: &[(Subject, Vec<Piece>)]) {
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
            .get(index as usize)
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
    domains: &mut Vec<(Subject, Vec<Piece>)>,
) {
    let index = domains.iter().position(|(s, _)| *s == subject).unwrap_or_else(|| {
        let mut pieces = match kind(vocabulary, settings, subject) {
            Type::YesNo => vec![Piece::Is(Value::Bool(true)), Piece::Is(Value::Bool(false))],
            Type::Choice(values) => values.iter().map(|v| Piece::Is(Value::Word(sym(v)))).collect(),
            Type::Number | Type::Since => Vec::new(),
            _ => vec![Piece::Is(Value::Text)],
        };
        // A field that nobody filled is an ordinary case; an unrecorded fact is "cannot tell", which no check is about.
        if matches!(subject, Subject::Field(_)) {
            pieces.push(Piece::Nothing);
        }
        domains.push((subject, pieces));
        domains.len() - 1
    });
    let pieces = &mut domains[index].1;
    let mut add = |piece: Piece| {
        if !pieces.contains(&piece) {
            pieces.push(piece);
        }
    };
    match test {
        Test::OneOf(values) => values.iter().for_each(|v| match v {
            Value::Number(n) => [n - 1, *n, n + 1].into_iter().for_each(|n| add(Piece::Amount(n))),
            other => add(Piece::Is(*other)),
        }),
        Test::Number(_, n) => [n - 1, *n, n + 1].into_iter().for_each(|n| add(Piece::Amount(n))),
        Test::Since(_, length) => {
            let minutes = length.rough_minutes();
            [minutes - 1, minutes, minutes + 1].into_iter().for_each(|m| add(Piece::Amount(m)));
        }
        Test::Recorded => {
            add(Piece::Nothing);
            if pieces.len() == 1 {
                pieces.push(Piece::Is(Value::Text));
            }
        }
    }
}

fn holds(expr: &Expr, value: &impl Fn(Subject) -> Piece) -> bool {
    match expr {
        Expr::Always => true,
        Expr::Not(inner) => !holds(inner, value),
        Expr::All(parts) => parts.iter().all(|p| holds(p, value)),
        Expr::Any(parts) => parts.iter().any(|p| holds(p, value)),
        Expr::Test(subject, test) => match (test, value(*subject)) {
            (Test::Recorded, piece) => piece != Piece::Nothing,
            (Test::OneOf(values), Piece::Is(v)) => values.contains(&v),
            (Test::OneOf(values), Piece::Amount(n)) => values.contains(&Value::Number(n)),
            (Test::Number(order, wanted), Piece::Amount(n)) => order.holds(n, *wanted),
            (Test::Since(order, length), Piece::Amount(n)) => order.holds(n, length.rough_minutes()),
            _ => false,
        },
    }
}

fn in_words(vocabulary: &Vocabulary, settings: &[crate::rulebook::Setting], subject: Subject, piece: Piece) -> String {
    let name = match subject {
        Subject::Fact(fact) => vocabulary.fact_at(fact).id.clone(),
        Subject::Field(field) => format!("entry.{}", vocabulary.fields[field.0 as usize]),
        Subject::Setting(index) => format!("setting.{}", settings.get(index as usize).map_or("?", |s| s.id.as_str())),
    };
    let since = matches!(kind(vocabulary, settings, subject), Type::Since);
    match piece {
        Piece::Nothing => format!("{name} not recorded"),
        Piece::Is(Value::Bool(yes)) => format!("{name} = {yes}"),
        Piece::Is(Value::Word(word)) => format!("{name} = {}", vocabulary.word(word).unwrap_or("the named area")),
        Piece::Is(_) => format!("{name} = something else"),
        Piece::Amount(minutes) if since => format!("{name} = {} h {} min", minutes / 60, minutes % 60),
        Piece::Amount(n) => format!("{name} = {n}"),
    }
}
