//! Values of facts and fields in words.

use super::names::Names;
use super::time::Clockface;
use casebook::command::labels;
use engine::ids::FieldId;
use engine::value::{Type, Value};
use engine::vocabulary::{Answer, Field};
use engine::words::Sym;
use std::collections::HashMap;

/// As [`value`], of a field of an entry: what a decision came to in the words of the decision that it is about.
#[expect(clippy::implicit_hasher, reason = "one map, made by the words themselves")]
pub fn of_entry(
    names: &Names<'_>,
    face: Clockface<'_>,
    words: &HashMap<Sym, String>,
    (field, fields): (&Field, &[(FieldId, Value)]),
    found: Value,
) -> String {
    let vocabulary = names.vocabulary;
    let word = |value: &Value| if let Value::Word(sym) = value { vocabulary.word(*sym) } else { None };
    let decision = fields.iter().find(|(id, _)| *id == vocabulary.known.decision).and_then(|(_, value)| word(value));
    match (&field.kind, word(&found)) {
        (Type::Answer(_), Some(came_to)) => labels::decided(vocabulary, decision, came_to),
        _ => value(names, face, words, (&field.kind, &field.answers), found),
    }
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Clockface;
    use casebook::rules::Rules;
    use engine::words::sym;

    /// In the timeline a decision says what it came to, as the form did in which it was chosen.
    #[test]
    fn what_was_decided_is_said_in_the_words_of_the_decision() {
        let rules = Rules::new(testkit::library());
        let vocabulary = rules.vocabulary();
        let (names, face) =
            (Names::shared(&rules), Clockface { calendar: &vocabulary.calendar, now: engine::time::Moment(0) });
        let event = vocabulary.event_at(vocabulary.event("decision.recorded").expect("an event of the vocabulary"));
        let answer = event.fields.iter().find(|field| field.id == "answer").expect("its field");
        let said = |decision: &str, word: &str| {
            let fields = [(vocabulary.known.decision, Value::Word(sym(decision)))];
            of_entry(&names, face, &HashMap::new(), (answer, &fields), Value::Word(sym(word)))
        };
        assert_eq!(said("placement_safety.decide", "yes"), "Yes, it is safe to return to");
        assert_eq!(said("referral_threshold.decide", "yes"), "Yes, the threshold is met");
    }
}
