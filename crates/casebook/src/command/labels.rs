//! Labels for people: what the vocabulary says of its words, and the little that is not in it.

use engine::vocabulary::{Answer, Fact, Field, Vocabulary};

/// The label of a field: the question that its form asks.
pub fn field(field: &Field) -> String {
    field.label.clone()
}

/// The label of a fact.
pub fn fact(fact: &Fact) -> String {
    fact.label.clone()
}

/// A closed answer as people read it; a word that is none of them, as it is written.
pub fn answer(answers: &[Answer], word: &str) -> String {
    let known = answers.iter().find(|a| a.word == word).filter(|a| !a.label.is_empty());
    known.map_or_else(|| capital(word), |a| a.label.clone())
}

/// What a decision came to, as people read it: of the decision that it is about, where that is known.
pub fn decided(vocabulary: &Vocabulary, decision: Option<&str>, word: &str) -> String {
    if let Some(action) = decision.and_then(|decision| vocabulary.action(decision)) {
        return answer(&vocabulary.action_at(action).answers, word);
    }
    let mut all = vocabulary.actions.iter().flat_map(|action| &action.answers);
    // What yes and no say in words, each decision says for itself.
    let own = |a: &&Answer| a.word == word && !a.label.is_empty() && word != "yes" && word != "no";
    all.find(own).map_or_else(|| capital(word), |a| a.label.clone())
}

/// A word that somebody wrote, and that no vocabulary has: the key of something kept of a person, or an authority without a rulebook.
pub fn written(word: &str) -> String {
    capital(&word.replace(['_', '-'], " "))
}

/// `west-yorkshire` to `West Yorkshire`: the name of an authority that no rulebook here is of.
pub fn place(word: &str) -> String {
    word.replace(['_', '-'], " ").split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

/// The first letter large.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The first letter small, within a sentence.
pub fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_what_the_vocabulary_says_and_else_what_was_written() {
        let answers = [Answer { word: "own_accord".into(), label: "Of their own accord".into(), ..Answer::default() }];
        assert_eq!(answer(&answers, "own_accord"), "Of their own accord");
        assert_eq!(answer(&answers, "by bus"), "By bus");
        assert_eq!(
            (written("hair_colour").as_str(), place("west-yorkshire").as_str()),
            ("Hair colour", "West Yorkshire")
        );
    }
}
