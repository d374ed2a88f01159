//! What people read of a field or a fact, and who may.

use super::Loader;
use crate::source::SourceFile;
use crate::vocabulary::event::{Answer, Class};
use crate::vocabulary::source;
use crate::words::did_you_mean;
use toml::Spanned;

impl Loader {
    pub(super) fn class(&mut self, file: &SourceFile, word: Option<&Spanned<String>>) -> Class {
        let Some(word) = word else { return Class::Ordinary };
        self.class_of(file, word.get_ref(), word.span()).unwrap_or_default()
    }

    fn class_of(&mut self, file: &SourceFile, word: &str, span: std::ops::Range<usize>) -> Option<Class> {
        let class = Class::of(word);
        if class.is_none() {
            let help = did_you_mean(word, Class::ALL.iter().map(|(known, _)| *known));
            self.wrong(file.place(span), format!("unknown class `{word}`"), help);
        }
        class
    }

    /// What a decision can come to: yes, no, and the words that its action has beside them, or had once.
    pub(super) fn outcomes(&mut self, file: &SourceFile, action: &source::Action) -> Vec<Answer> {
        let mut words: Vec<String> = vec!["yes".into(), "no".into()];
        for answer in action.answers.iter().chain(&action.former) {
            if words.contains(answer.get_ref()) {
                let help = "keep one; every decision can be answered with yes or no";
                self.wrong(file.place(answer.span()), format!("`{}` is there already", answer.get_ref()), help);
            } else {
                words.push(answer.get_ref().clone());
            }
        }
        let labelled = self.answers(file, &action.words, &words);
        let former = |word: &str| action.former.iter().any(|once| once.get_ref() == word);
        let named = |word: &str| labelled.iter().find(|a| a.word == word).cloned();
        let all = words.into_iter().map(|word| {
            let (former, named) = (former(&word), named(&word));
            Answer { former, ..named.unwrap_or_else(|| Answer { word, ..Answer::default() }) }
        });
        all.collect()
    }

    /// The closed answers, in the order of the values.
    pub(super) fn answers(&mut self, file: &SourceFile, words: &source::Answers, values: &[String]) -> Vec<Answer> {
        for word in words.keys().filter(|w| !values.contains(w.get_ref())) {
            let help = did_you_mean(word.get_ref(), values.iter().map(String::as_str));
            self.wrong(file.place(word.span()), format!("`{}` is not one of the values", word.get_ref()), help);
        }
        let mut found = Vec::new();
        for value in values {
            let Some((word, says)) = words.iter().find(|(w, _)| w.get_ref() == value) else { continue };
            let answer = Answer { word: value.clone(), ..Answer::default() };
            found.push(match says {
                source::Answer::Label(label) => Answer { label: label.clone(), ..answer },
                source::Answer::More(more) => {
                    let class = more.class.as_ref().and_then(|c| self.class_of(file, c, word.span()));
                    Answer { label: more.label.clone(), hint: more.hint.clone(), class, ..answer }
                }
            });
        }
        found
    }
}
