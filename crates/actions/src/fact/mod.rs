//! What is known of a child: several facts changed in one save, and a line put right or taken back. Nothing is ever overwritten.

mod change;
mod check;
mod correct;
mod known_from;
mod row;

pub use change::change;
pub(crate) use change::is_held;
pub(crate) use check::{is_area, not_then};
pub use correct::{correct, take_back};
pub(crate) use known_from::{at_opening, at_report};

use crate::app::App;
use crate::authorise::Actor;
use crate::case::Opened;
use crate::refused::Result;
use casebook::command::{FieldProblem, Terms, name, since_of};
use engine::vocabulary::{Class, Fact, FactId};
use serde_json::Value;
use store::NewRow;
use views::Record;

/// The row of a fact that a form told.
pub(crate) fn line_row(app: &App, actor: &Actor, fact: &Fact, value: &Value, terms: &Terms) -> NewRow {
    row::row(app, actor, terms.from, row::line(app, &fact.id, value, terms))
}

/// What is wrong with a fact that a form told, at the question that tells it.
pub(crate) fn problem_of(
    app: &App,
    record: &Record,
    (id, fact): (FactId, &Fact),
    value: &Value,
    terms: &Terms,
) -> Option<FieldProblem> {
    check::value(app, record, fact, value).or_else(|| {
        let found = check::time(app, record, id, terms, None)?;
        Some(FieldProblem { field: since_of(&name(&fact.id)), ..found })
    })
}

/// May this person record something of this class as their own side's?
pub(crate) async fn wants(app: &App, actor: &Actor, opened: &Opened, class: Class) -> Result<()> {
    change::may(app, actor, opened, std::iter::once(class)).await
}

/// Facts were recorded.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// The version of the record now.
    pub version: i64,
    /// `Recorded: legal status; looked after`.
    pub words: String,
}
