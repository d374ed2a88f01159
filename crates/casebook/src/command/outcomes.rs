//! The answers that a decision can have.

use engine::condition::{Condition, Subject, Test};
use engine::rulebook::Rulebook;
use engine::value::Value;
use engine::vocabulary::Vocabulary;
use engine::words::{Sym, sym};

/// The answers to a decision that a rulebook or the vocabulary looks for: yes and no first, then words such as `significant`. Whoever
/// types one of these in words of their own would be asked for the wrong things afterwards. Without a decision, those to any.
pub fn outcomes(vocabulary: &Vocabulary, rulebooks: &[Rulebook], decision: Option<&str>) -> Vec<String> {
    let mut found: Vec<String> = vec!["yes".into(), "no".into()];
    let decision = decision.map(sym);
    let mut see = |condition: &Condition| {
        let wanted = looked_for(vocabulary, condition, decision);
        // The words of answers stand nowhere but in what the author wrote.
        let written = condition.full.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        for word in written.filter(|word| wanted.contains(&sym(word))) {
            if !found.iter().any(|known| known == word) {
                found.push(word.to_string());
            }
        }
    };
    vocabulary.events.iter().flat_map(|event| &event.sets).for_each(|set| see(&set.when));
    vocabulary.actions.iter().flat_map(|action| &action.met_by).for_each(|met| see(&met.when));
    rulebooks.iter().for_each(|book| book.each_condition(&mut see));
    found
}

/// The answers that a condition looks for, if it is about this decision, or does not say about which.
fn looked_for(vocabulary: &Vocabulary, condition: &Condition, decision: Option<Sym>) -> Vec<Sym> {
    let answer = vocabulary.field("answer");
    let (mut answers, mut decisions) = (Vec::new(), Vec::new());
    condition.expr.visit(&mut |subject, test| {
        let (Subject::Field(field), Test::OneOf(values)) = (subject, test) else { return };
        let words = values.iter().filter_map(|value| if let Value::Word(word) = value { Some(*word) } else { None });
        if Some(field) == answer {
            answers.extend(words);
        } else if field == vocabulary.known.decision {
            decisions.extend(words);
        }
    });
    let ours = decisions.is_empty() || decision.is_none_or(|decision| decisions.contains(&decision));
    if ours { answers } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_has_the_answers_that_rulebooks_look_for() {
        let library = testkit::library();
        let of = |decision| outcomes(&library.vocabulary, &library.rulebooks, decision);
        assert_eq!(of(Some("publicity.decide")), ["yes", "no"]);
        let classes = of(Some("return_home_interview.classify"));
        assert_eq!(classes[..2], ["yes", "no"]);
        for word in ["not_significant", "not_significant_vulnerable", "significant"] {
            assert!(classes.iter().any(|c| c == word), "{classes:?}");
        }
        assert!(of(Some("placement.close_or_keep")).iter().any(|word| word == "end"));
        assert!(of(None).len() > classes.len());
    }
}
