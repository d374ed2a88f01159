//! Where a child lives: what is planned, what began, the move from one place to another, what ended, what was put right. A change is a row
//! of the record; with it, in the same write, go the entries by which protocols ask for notices; and with the placement begin and end the
//! relations of the homes.
//!
//! `show` is the page with the history; `form` the pages that ask, `answer` what was answered, `check` what does not fit, `before` what a mistake ended, `save` the write,
//! `follow` the relations, `directory` the homes to choose from.

mod answer;
mod before;
mod check;
mod directory;
mod follow;
mod form;
mod save;
mod show;

pub use form::form;
pub(crate) use save::kept_row;
pub use save::save;
pub use show::show;

pub(crate) use directory::ring;

use crate::case::Kept;
use engine::time::Moment;
use store::RowKind;

/// What is done about where a child lives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Doing {
    /// A placement is planned.
    Plan,
    /// The child moved, or came into a first placement.
    Move,
    /// What was planned has begun: the id of the plan.
    Begin(String),
    /// A placement ended, with nothing after it.
    End(String),
    /// What is said of a placement is put right.
    Correct(String),
}

impl Doing {
    /// The placement that it is about.
    fn of(&self) -> Option<&str> {
        match self {
            Doing::Plan | Doing::Move => None,
            Doing::Begin(id) | Doing::End(id) | Doing::Correct(id) => Some(id),
        }
    }

    /// A placement begins by it.
    fn begins(&self) -> bool {
        matches!(self, Doing::Move | Doing::Begin(_))
    }
}

/// The last row of each placement that is not there by mistake, what began first, first.
fn stays(kept: &[Kept]) -> Vec<&Kept> {
    let mut last: Vec<&Kept> = Vec::new();
    for row in kept.iter().filter(|row| row.kind == RowKind::Placement) {
        match last.iter_mut().find(|known| known.id == row.id) {
            Some(known) => *known = row,
            None => last.push(row),
        }
    }
    last.retain(|row| !row.is_void());
    last.sort_by_key(|row| row.at("from"));
    last
}

fn is_respite(row: &Kept) -> bool {
    row.text("details.respite") == "yes"
}

/// Has it begun, and not ended?
fn holds(row: &Kept, at: Moment) -> bool {
    row.at("from").is_some_and(|from| from <= at) && row.at("until").is_none_or(|until| until > at)
}

/// What a placement is called.
fn name(row: &Kept) -> &str {
    let name = row.text("name");
    if name.is_empty() { "a place without a name" } else { name }
}
