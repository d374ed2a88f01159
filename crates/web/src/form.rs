//! A form of a page's own, as it is drawn: what is filled in, and what is wrong. Forms of events come whole from `actions` and are
//! drawn by `field`.

use crate::components::{Asks as _, ErrorSummary, Select, SelectOption, Textarea};
use actions::FieldProblem;
use views::{FieldKind, FormField};

/// Answers and problems, by name.
#[derive(Clone, Debug, Default)]
pub struct Form {
    answers: Vec<(String, String)>,
    problems: Vec<FieldProblem>,
}

impl Form {
    /// A form with these answers, of which these are wrong.
    pub fn new(answers: &[(String, String)], problems: &[FieldProblem]) -> Form {
        Form { answers: answers.to_vec(), problems: problems.to_vec() }
    }

    /// Is nothing filled in?
    pub fn is_empty(&self) -> bool {
        self.answers.is_empty()
    }

    /// Was this asked and answered, if only by nothing?
    pub fn has(&self, name: &str) -> bool {
        self.answers.iter().any(|(key, _)| key == name)
    }

    /// Fills in what is known.
    pub fn fill<'a>(&mut self, known: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.answers.extend(known.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())));
    }

    /// The same with one answer in place of what was there.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> Form {
        let mut form = self.clone();
        form.answers.retain(|(key, _)| key != name);
        form.fill([(name, value)]);
        form
    }

    /// What is filled in.
    pub fn value(&self, name: &str) -> &str {
        self.answers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// Everything that is filled in, with its name.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.answers.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Everything that is filled in under a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.answers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// What is wrong with an answer; nothing when empty.
    pub fn problem(&self, name: &str) -> &str {
        self.problems.iter().find(|problem| problem.field == name).map_or("", |problem| &problem.message)
    }

    /// Several lines of text.
    pub fn textarea(&self, name: &str, label: &str) -> Textarea {
        Textarea::new(name, label).value(self.value(name)).error(self.problem(name))
    }

    /// What is wrong, for the top of the page; nothing when nothing is.
    pub fn summary(&self) -> Option<ErrorSummary> {
        let listed = self.problems.iter().map(|problem| (problem.field.clone(), problem.message.as_str()));
        (!self.problems.is_empty()).then(|| ErrorSummary::new(listed))
    }
}

/// What is wrong with the fields of an event's form, each leading to its control.
pub fn summary_of<'a>(fields: impl IntoIterator<Item = &'a FormField>) -> Option<ErrorSummary> {
    let id = |field: &FormField| match field.kind {
        FieldKind::Date | FieldKind::Moment if field.at_fault.is_empty() => format!("{}-day", field.name),
        FieldKind::Date | FieldKind::Moment => format!("{}-{}", field.name, field.at_fault),
        _ => field.name.clone(),
    };
    let wrong: Vec<_> = fields
        .into_iter()
        .filter(|field| !field.error.is_empty())
        .map(|field| (id(field), field.error.as_str()))
        .collect();
    (!wrong.is_empty()).then(|| ErrorSummary::new(wrong))
}

/// A choice of words by their names.
pub fn select(form: &Form, name: &str, label: &str, all: &[(String, String)], none: &str) -> Select {
    let chosen = form.value(name);
    let empty = SelectOption::new("", none).selected(chosen.is_empty());
    let option =
        |(id, text): &(String, String)| SelectOption::new(id, crate::look::capital(text)).selected(chosen == id);
    Select::new(name, label, std::iter::once(empty).chain(all.iter().map(option)).collect()).error(form.problem(name))
}
