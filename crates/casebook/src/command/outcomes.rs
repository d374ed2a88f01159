//! The answers that a decision can have.

use engine::vocabulary::{Answer, Vocabulary};
use engine::words::meant;

/// The words for what a decision can come to, as the vocabulary has them. Of one that is not known, yes and no: what answers another decision is no
/// answer to it.
pub fn outcomes(vocabulary: &Vocabulary, decision: Option<&str>) -> Vec<String> {
    let known = vocabulary.actions.iter().map(|action| action.id.as_str());
    let action = decision.and_then(|word| vocabulary.action(meant(word, known)?));
    action.map_or_else(
        || vec!["yes".to_owned(), "no".to_owned()],
        |action| offered(&vocabulary.action_at(action).answers).map(|answer| answer.word.clone()).collect(),
    )
}

/// Where a decision has words of its own, yes and no are among them only where it says what they come to. What it had once is offered no more.
fn offered(answers: &[Answer]) -> impl Iterator<Item = &Answer> {
    let own = answers.iter().any(|answer| !answer.former && !is_plain(answer));
    answers.iter().filter(move |answer| !answer.former && (!own || !is_plain(answer)))
}

fn is_plain(answer: &Answer) -> bool {
    answer.label.is_empty() && matches!(answer.word.as_str(), "yes" | "no")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::labels;
    use engine::vocabulary::ActionKind;
    use std::collections::HashSet;

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
        assert_eq!(of(Some("return_home_interview.feedback")), ["yes", "no"], "what it had once is not offered");
        assert_eq!(of(Some("return_home_interview.choose_feedback")), ["copy", "talk"]);
        assert_eq!(of(None), ["yes", "no"], "the answers of other decisions answer nothing");
        assert_eq!(of(Some("no.such")), ["yes", "no"]);
    }

    /// `--nocapture` prints them, to be read beside each other.
    #[test]
    #[expect(clippy::disallowed_macros, reason = "what is offered is read by eye")]
    fn every_decision_of_every_rulebook_offers_answers_in_its_own_words_and_no_others() {
        let library = testkit::library();
        let vocabulary = &library.vocabulary;
        let mut asked = 0;
        for book in &library.rulebooks {
            let decides = |kind| kind == ActionKind::Decide;
            for rule in book.rules.iter().filter(|rule| decides(vocabulary.action_at(rule.action).kind)) {
                let action = vocabulary.action_at(rule.action);
                let words = outcomes(vocabulary, Some(&action.id));
                let labels: Vec<String> =
                    words.iter().map(|word| labels::decided(vocabulary, Some(&action.id), word)).collect();
                println!("{} {}: {}\n    {}", book.id, rule.id, action.name, labels.join(" | "));
                assert!(words.len() > 1, "{}: a choice", action.id);
                for word in &words {
                    let own = action.answers.iter().find(|answer| answer.word == *word).expect("an answer of its own");
                    assert!(!own.label.is_empty(), "{}: `{word}` says what it comes to", action.id);
                }
                assert_eq!(labels.iter().collect::<HashSet<_>>().len(), labels.len(), "{}: two alike", action.id);
                asked += 1;
            }
        }
        assert!(asked > 60, "{asked}");
    }
}
