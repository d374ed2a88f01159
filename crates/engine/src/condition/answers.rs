//! Answers to decisions: one that a condition looks for beside a decision has to be one that the decision can have.

use super::lex::Token;
use super::{Expr, Lexicon, Problem, Subject, Test};
use crate::value::Value;
use crate::words::{Sym, did_you_mean, sym};

/// Checks the answers of a condition, with the tokens that it was read from.
///
/// # Errors
/// The first answer that its decision cannot have.
pub(super) fn fit(expr: &Expr, lexicon: &dyn Lexicon, tokens: &[(Token<'_>, usize)]) -> Result<(), Problem> {
    let parts = match expr {
        Expr::All(parts) => parts.as_slice(),
        Expr::Any(parts) => return parts.iter().try_for_each(|part| fit(part, lexicon, tokens)),
        Expr::Not(inner) => return fit(inner, lexicon, tokens),
        Expr::Always | Expr::Test(..) => return Ok(()),
    };
    if let (Some(decisions), Some(answers)) = (named(parts, lexicon, "decision"), named(parts, lexicon, "answer")) {
        let known: Vec<&str> = decisions.iter().filter_map(word).flat_map(|d| lexicon.answers(d)).collect();
        if let Some(answer) = answers.iter().filter_map(word).find(|a| !known.iter().any(|k| sym(k) == *a)) {
            let written = tokens.iter().find_map(|(token, at)| match token {
                Token::Word(text) if sym(text) == answer => Some((*text, *at)),
                _ => None,
            });
            let (text, at) = written.unwrap_or_default();
            let message = format!("`{text}` is no answer to that decision");
            return Err(Problem::at(at, message, did_you_mean(text, known)));
        }
    }
    parts.iter().try_for_each(|part| fit(part, lexicon, tokens))
}

/// The values that a field has to have one of, among parts that all hold.
fn named<'e>(parts: &'e [Expr], lexicon: &dyn Lexicon, field: &str) -> Option<&'e [Value]> {
    let field = lexicon.field(field)?;
    parts.iter().find_map(|part| match part {
        Expr::Test(Subject::Field(id), Test::OneOf(values)) if *id == field => Some(values.as_slice()),
        _ => None,
    })
}

fn word(value: &Value) -> Option<Sym> {
    if let Value::Word(word) = value { Some(*word) } else { None }
}
