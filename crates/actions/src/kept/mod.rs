//! What the pages of people around a child and of places of a child have in common: something is added, changed, ended or put right, each as a
//! later row of the same id, and its page tells the history.

mod answer;
mod form;
mod save;
mod show;

pub(crate) use answer::{LINE, LINES, fits, name, put, tail};
pub(crate) use form::{Asking, Mistake, closing, ending, fill_days, form};
pub(crate) use save::{before, mends, only_theirs, write};
pub(crate) use show::{in_words, is_over, said, writers};

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
