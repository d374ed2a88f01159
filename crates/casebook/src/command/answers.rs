//! A posted form: pairs of name and value. What a name means is the vocabulary's business.

use std::collections::BTreeMap;

/// The answers of a form, name by name; several values of one name are several answers.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Answers(BTreeMap<String, Vec<String>>);

impl Answers {
    /// The first answer of a name, without spaces around it; empty where there is none.
    pub fn get(&self, name: &str) -> &str {
        self.0.get(name).and_then(|v| v.first()).map_or("", |v| v.trim())
    }

    /// All answers of a name that say something.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.0.get(name).into_iter().flatten().map(|v| v.trim()).filter(|v| !v.is_empty()).collect()
    }

    /// Was the name posted at all, though perhaps empty?
    pub fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Nothing was posted: the form is shown for the first time.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds an answer.
    pub fn add(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.entry(name.into()).or_default().push(value.into());
    }

    /// Puts one answer in the place of all of that name.
    pub fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.insert(name.into(), vec![value.into()]);
    }

    /// Takes all answers of a name out.
    pub fn take_out(&mut self, name: &str) {
        self.0.remove(name);
    }

    /// Takes over the answers of another form, name by name.
    pub fn lay_over(&mut self, other: Answers) {
        self.0.extend(other.0);
    }

    /// Every pair, by name.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().flat_map(|(name, values)| values.iter().map(move |v| (name.as_str(), v.as_str())))
    }
}

impl From<Vec<(String, String)>> for Answers {
    fn from(pairs: Vec<(String, String)>) -> Answers {
        let mut answers = Answers::default();
        pairs.into_iter().for_each(|(name, value)| answers.add(name, value));
        answers
    }
}

impl<'a> FromIterator<(&'a str, &'a str)> for Answers {
    fn from_iter<T: IntoIterator<Item = (&'a str, &'a str)>>(pairs: T) -> Answers {
        let mut answers = Answers::default();
        pairs.into_iter().for_each(|(name, value)| answers.add(name, value));
        answers
    }
}

/// Something wrong with one answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldProblem {
    /// The field's name in the form; for a time its stem.
    pub field: String,
    /// Of a date or a time, the part that is at fault: `day`, `month`, `year` or `time`; empty where it is the whole.
    pub part: &'static str,
    /// What is wrong and what to write, in the user's words.
    pub message: String,
    /// What may be meant: one press on one of them says so.
    pub offers: Vec<Offer>,
}

/// What may be meant by an answer that can be read in several ways.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// Sent as the field's `-fold`.
    pub value: String,
    /// In the user's words.
    pub label: String,
}

impl FieldProblem {
    /// A problem with a field.
    pub fn new(field: impl Into<String>, message: impl Into<String>) -> FieldProblem {
        FieldProblem { field: field.into(), part: "", message: message.into(), offers: Vec::new() }
    }

    /// The same, with the part of a date or a time that is at fault.
    #[must_use]
    pub fn at(self, part: &'static str) -> FieldProblem {
        FieldProblem { part, ..self }
    }
}
