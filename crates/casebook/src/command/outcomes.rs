//! The answers that a decision can have.

use engine::vocabulary::{Answer, Vocabulary};
use engine::words::meant;

/// The answers to a decision, as the vocabulary has them: yes and no first, then words such as `significant`. Without a decision, those to any.
pub fn outcomes(vocabulary: &Vocabulary, decision: Option<&str>) -> Vec<String> {
    let known = vocabulary.actions.iter().map(|action| action.id.as_str());
    if let Some(action) = decision.and_then(|word| vocabulary.action(meant(word, known)?)) {
        return words(offered(&vocabulary.action_at(action).answers)).collect();
    }
    let mut found: Vec<String> = Vec::new();
    for answer in vocabulary.actions.iter().flat_map(|action| words(action.answers.iter())) {
        if !found.contains(&answer) {
            found.push(answer);
        }
    }
    found
}

/// Where a decision has words of its own, yes and no are among them only where it says what they come to.
fn offered(answers: &[Answer]) -> impl Iterator<Item = &Answer> {
    let own = answers.iter().any(|answer| !is_plain(answer));
    answers.iter().filter(move |answer| !own || !is_plain(answer))
}

fn is_plain(answer: &Answer) -> bool {
    answer.label.is_empty() && matches!(answer.word.as_str(), "yes" | "no")
}

fn words<'a>(answers: impl Iterator<Item = &'a Answer>) -> impl Iterator<Item = String> {
    answers.map(|answer| answer.word.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_has_the_answers_that_the_vocabulary_has_for_it() {
        let library = testkit::library();
        let of = |decision| outcomes(&library.vocabulary, decision);
        assert_eq!(of(Some("publicity.decide")), ["yes", "no"]);
        assert_eq!(
            of(Some("return_home_interview.classify")),
            ["not_significant", "not_significant_vulnerable", "significant"]
        );
        assert!(of(Some("placement.close_or_keep")).iter().any(|word| word == "end"));
        assert!(of(None).len() > 5);
    }
}
