//! Values of facts and fields in words.

use super::names::Names;
use super::time::Clockface;
use casebook::command::labels;
use engine::value::{Type, Value};
use engine::vocabulary::Answer;
use engine::words::Sym;
use std::collections::HashMap;

/// A value as people read it, by the type and the closed answers of its field or fact. `words` holds those that the vocabulary does not
/// have.
#[expect(clippy::implicit_hasher, reason = "one map, made by the words themselves")]
pub fn value(
    names: &Names<'_>,
    face: Clockface<'_>,
    words: &HashMap<Sym, String>,
    (kind, answers): (&Type, &[Answer]),
    value: Value,
) -> String {
    match value {
        Value::Unknown => "Not recorded".into(),
        Value::Bool(true) => "Yes".into(),
        Value::Bool(false) => "No".into(),
        Value::Number(number) => number.to_string(),
        Value::Date(date) => date.strftime("%-d %B %Y").to_string(),
        Value::Moment(at) => face.when(at).words,
        Value::Text => "Recorded".into(),
        Value::Word(sym) => {
            let word = names.vocabulary.word(sym).or_else(|| words.get(&sym).map(String::as_str)).unwrap_or("?");
            match kind {
                Type::Role | Type::Roles => labels::capital(&names.role(word)),
                Type::Action => names.action(word),
                Type::Form => labels::capital(&names.form(word)),
                Type::Area => names.area(word),
                Type::Force => names.force(word),
                Type::Answer(_) => labels::decided(names.vocabulary, None, word),
                _ => labels::answer(answers, word),
            }
        }
    }
}
