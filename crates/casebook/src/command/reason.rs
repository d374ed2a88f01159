//! Why an entry is put right or taken back: a reason from a list, and in words.

use super::answers::FieldProblem;
use super::field;

/// The question whose answer is a word of the list.
pub const WHY: &str = "why";
/// The question for the reason in words.
pub const REASON: &str = "reason";

/// Reasons of one kind: the word of each and what people read, and what is said to whoever leaves one out.
#[derive(Debug)]
pub struct Reasons {
    /// Word and what people read.
    pub list: &'static [(&'static str, &'static str)],
    choose: &'static str,
    say: &'static str,
    label: &'static str,
}

/// Why an entry is withdrawn.
pub const WITHDRAWN: Reasons = Reasons {
    list: &[
        ("not-so", "It did not happen"),
        ("other-child", "It is about another child"),
        ("twice", "It was recorded twice"),
        ("not-known", "It was put down as known, and was not"),
        ("other", "Another reason"),
    ],
    choose: "Choose why it should not be there",
    say: "Say why it should not be there",
    label: "Why it should not be there",
};

/// Why an entry is put right.
pub const PUT_RIGHT: Reasons = Reasons {
    list: &[
        ("mistyped", "It was written down wrongly"),
        ("told-wrongly", "It was told to us wrongly"),
        ("more-known", "More is known now"),
        ("left-out", "Something was left out"),
        ("other", "Another reason"),
    ],
    choose: "Choose why it is put right",
    say: "Say why it is put right, in a few words",
    label: "Why it is put right",
};

impl Reasons {
    /// A reason as it is kept: that of the list, and the words.
    ///
    /// # Errors
    /// What was left out or cannot be kept, of the questions [`WHY`] and [`REASON`].
    pub fn reason(&self, why: &str, words: &str) -> Result<String, Vec<FieldProblem>> {
        let listed = self.list.iter().find(|(word, _)| *word == why);
        let mut problems = Vec::new();
        if listed.is_none() {
            problems.push(FieldProblem::new(WHY, self.choose));
        }
        let words = match field::text(words.trim()) {
            Ok(words) if words.is_empty() => {
                problems.push(FieldProblem::new(REASON, self.say));
                words
            }
            Ok(words) => words,
            Err(what) => {
                problems.push(FieldProblem::new(REASON, format!("{}: {what}", self.label)));
                String::new()
            }
        };
        match listed {
            Some((_, reason)) if problems.is_empty() => Ok(format!("{reason}. {words}")),
            _ => Err(problems),
        }
    }
}
