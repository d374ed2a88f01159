//! Random text where a rulebook, a vocabulary or a condition belongs: an error perhaps, never a panic.

use super::conditions::read;
use crate::fixture::{files, findings, folder, vocabulary};
use engine::rulebook::load_library;
use engine::source::SourceFile;
use proptest::prelude::*;
use std::sync::LazyLock;

static RULES: LazyLock<Vec<SourceFile>> = LazyLock::new(|| files(&folder().join("evaluate/area")));

/// The files of the fixture rulebook, one of them changed.
fn changed(which: usize, change: impl Fn(&str) -> String) -> Vec<SourceFile> {
    let mut all: Vec<SourceFile> =
        RULES.iter().map(|f| SourceFile::new(format!("area/{}", f.path), f.text.clone())).collect();
    let which = which % all.len();
    all[which].text = change(&all[which].text);
    all
}

fn floor(text: &str, at: usize) -> usize {
    let mut at = at % (text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

proptest! {
    #![proptest_config(super::some())]

    #[test]
    fn any_text_is_a_condition_or_a_problem_in_it(text in "\\PC{0,60}") {
        if let Err(problem) = read(&text) {
            prop_assert!(problem.at <= text.len());
            prop_assert!(!problem.message.is_empty());
        }
    }

    #[test]
    fn any_words_of_the_language_are_a_condition_or_a_problem(words in proptest::collection::vec(
        proptest::sample::select(vec![
            "child.age", "child.looked_after", "episode.risk", "episode.missing_for", "entry.level", "entry.to", "not", "and", "or",
            "(", ")", "[", "]", ",", "=", "!=", "<", ">=", "in", "is", "recorded", "high", "18", "72h", "7 days", "\"essex\"", "here",
            "always", "setting.x", "7", "h", "\"", "true",
        ]), 0..12))
    {
        let text = words.join(" ");
        match read(&text) {
            Ok(condition) => prop_assert_eq!(read(&condition.text).unwrap().expr, condition.expr),
            Err(problem) => prop_assert!(problem.at <= text.len() && !problem.message.is_empty()),
        }
    }

    #[test]
    fn any_text_as_a_file_is_answered(text in "\\PC{0,200}", which in 0_usize..100) {
        let _ = findings(&changed(which, |_| text.clone()));
    }

    #[test]
    fn a_rulebook_with_a_piece_cut_out_is_answered(which in 0_usize..100, from in any::<usize>(), length in 0_usize..200) {
        let _ = findings(&changed(which, |text| {
            let from = floor(text, from);
            let to = floor(text, (from + length).min(text.len())).max(from);
            format!("{}{}", &text[..from], &text[to..])
        }));
    }

    #[test]
    fn a_rulebook_with_a_piece_put_in_is_answered(which in 0_usize..100, at in any::<usize>(), piece in "[a-z0-9 .\"'=\\[\\]{}\n#]{0,30}") {
        let _ = findings(&changed(which, |text| {
            let at = floor(text, at);
            format!("{}{piece}{}", &text[..at], &text[at..])
        }));
    }

    #[test]
    fn a_rulebook_with_words_exchanged_is_answered(which in 0_usize..100, first in any::<usize>(), second in any::<usize>()) {
        let _ = findings(&changed(which, |text| {
            let mut words: Vec<&str> = text.split('"').collect();
            let (a, b) = (first % words.len(), second % words.len());
            words.swap(a, b);
            words.join("\"")
        }));
    }

    #[test]
    fn a_vocabulary_with_words_exchanged_is_answered(which in 0_usize..100, first in any::<usize>(), second in any::<usize>()) {
        let mut all = vocabulary();
        let which = which % all.len();
        let mut words: Vec<&str> = all[which].text.split('"').collect();
        let (a, b) = (first % words.len(), second % words.len());
        words.swap(a, b);
        all[which].text = words.join("\"");
        all.extend(changed(0, str::to_string));
        let (library, problems) = load_library(&all);
        prop_assert!(library.is_some() || !problems.is_empty());
    }
}
