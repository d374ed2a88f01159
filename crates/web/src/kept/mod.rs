//! Pages on which something is changed that is kept of a child beside what happened: one form, drawn anew with what was typed until it is saved.

use crate::components::ErrorSummary;
use crate::entry::{Setback, mend};
use crate::form::summary_of;
use crate::frame::{Answer, Frame, page_with};
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::around::About;
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

/// What an address asks for: by its word, and the id that it is about, if it is about one; with what is said once it is saved. Of what is added, and of
/// what ended, each page has its own words.
pub(crate) fn about(
    word: &str,
    id: Option<String>,
    (added, ended): (&'static str, &'static str),
) -> Result<(About, &'static str), Refused> {
    match (word, id) {
        ("add", None) => Ok((About::Add, added)),
        ("change", Some(id)) => Ok((About::Change(id), "The change was saved. What stood before is in the history.")),
        ("end", Some(id)) => Ok((About::End(id), ended)),
        ("correct", Some(id)) => Ok((About::Correct(id), "It was put right. What stood before is in the history.")),
        _ => Err(Refused::NotFound),
    }
}

/// Where a form of a page leads.
pub(crate) fn action(page: &str, word: &str, what: &About) -> String {
    match what {
        About::Add => format!("{page}/{word}"),
        About::Change(id) | About::End(id) | About::Correct(id) => format!("{page}/{word}/{id}"),
    }
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
