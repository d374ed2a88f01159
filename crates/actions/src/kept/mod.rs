//! What the pages of people around a child and of places of a child have in common: something is added, changed, ended or put right, each as a
//! later row of the same id, and its page tells the history.

mod answer;
mod form;
mod save;
mod show;

pub(crate) use answer::{LINE, LINES, fits, name, put, tail};
pub(crate) use form::{Asking, Mistake, closing, ending, fill_days, form};
pub(crate) use save::{before, mends, not_theirs_to_record, only_theirs, write};
pub(crate) use show::{in_words, is_over, said, writers};

use crate::case::Kept;

/// The ids of the rows of this kind, each once, in the order of the record.
pub(crate) fn ids(kept: &[Kept], is: impl Fn(&Kept) -> bool) -> Vec<&str> {
    let mut ids: Vec<&str> = Vec::new();
    for row in kept.iter().filter(|row| is(row)) {
        if !ids.contains(&row.id.as_str()) {
            ids.push(&row.id);
        }
    }
    ids
}

/// The last row of this kind and id, unless it says that it was entered by mistake.
pub(crate) fn last<'a>(kept: &'a [Kept], id: &str, is: impl Fn(&Kept) -> bool) -> Option<&'a Kept> {
    kept.iter().rev().find(|row| is(row) && row.id == id).filter(|row| !row.is_void())
}

/// What is done about somebody, or about a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum About {
    /// One is added.
    Add,
    /// Something is different now.
    Change(String),
    /// It is over.
    End(String),
    /// What is said of it is put right.
    Correct(String),
}

impl About {
    /// The id of whom or what it is about.
    pub(crate) fn of(&self) -> Option<&str> {
        match self {
            About::Add => None,
            About::Change(id) | About::End(id) | About::Correct(id) => Some(id),
        }
    }

    pub(crate) fn ends(&self) -> bool {
        matches!(self, About::End(_))
    }

    pub(crate) fn corrects(&self) -> bool {
        matches!(self, About::Correct(_))
    }
}
