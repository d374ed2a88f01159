//! Pages on which something is changed that is kept of a child beside what happened: one form, drawn anew with what was typed until it is saved.

use crate::components::ErrorSummary;
use crate::entry::{Setback, mend};
use crate::form::summary_of;
use crate::frame::{Answer, Frame, page_with};
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::{FieldProblem, Refused};
use askama::Template;
use axum::http::StatusCode;
use views::KeptForm;

#[derive(Template)]
#[template(path = "kept/form.html")]
struct Page {
    frame: Frame,
    view: KeptForm,
    key: String,
    /// Where it leads who does not want to change anything.
    leave: String,
    /// Where the form leads.
    action: String,
    summary: Option<ErrorSummary>,
    setback: Setback,
}

/// What is wrong with a form, and what else keeps it from being saved.
pub(crate) fn setback(refused: Refused) -> Result<(Vec<FieldProblem>, Setback), Trouble> {
    mend(refused)
}

/// Draws the page. `leave` is the page that it was opened from, with its name.
pub(crate) fn draw(
    member: &Member,
    mut view: KeptForm,
    action: String,
    leave: (String, String),
    key: String,
    setback: Setback,
) -> Answer {
    if let Some(version) = setback.version {
        view.version = version;
    }
    let summary = summary_of(&view.fields);
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { setback.status() };
    let frame = member.frame(view.title.clone(), &view.viewer).back(leave.0.clone(), leave.1).wrong(summary.is_some());
    page_with(status, &Page { frame, view, key, leave: leave.0, action, summary, setback })
}
