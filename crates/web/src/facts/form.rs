//! The page with the form, shared by changing and putting right: drawn anew with what was typed, until it is saved.

use crate::back;
use crate::components::ErrorSummary;
use crate::entry::Setback;
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, on_to_saying, page_with};
use crate::visit::Member;
use actions::fact::Kept;
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use views::FactForm;

#[derive(Template)]
#[template(path = "facts/form.html")]
struct Page {
    frame: Frame,
    view: FactForm,
    key: String,
    /// Where the form leads.
    action: String,
    /// Where it leads who does not want to record anything.
    leave: String,
    back: String,
    summary: Option<ErrorSummary>,
    setback: Setback,
}

/// Draws the page. `line` is what is put right.
pub(super) fn draw(
    member: &Member,
    mut view: FactForm,
    line: Option<&str>,
    came_from: &str,
    key: String,
    setback: Setback,
) -> Answer {
    if let Some(version) = setback.version {
        view.version = version;
    }
    let base = format!("/children/{}/facts", view.child.id);
    let action = match line {
        Some(line) => format!("{base}/correct/{line}"),
        None => format!("{base}/{}/change", view.group),
    };
    let summary = summary_of(view.why.iter().chain(&view.fields).chain(&view.terms));
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { setback.status() };
    let title = if line.is_some() { "This was wrong".to_string() } else { format!("Change: {}", view.title) };
    let leave = place(&view.child.id, &view.group, came_from);
    let frame = member.frame(title, &view.viewer).back(leave.clone(), "Back").wrong(summary.is_some());
    let back = back::sound(came_from).to_string();
    page_with(status, &Page { frame, view, key, action, leave, back, summary, setback })
}

/// On to where one came from, or to the section that was changed.
pub(super) fn saved(child: &str, group: &str, came_from: &str, kept: Kept) -> Response {
    on_to_saying(&place(child, group, came_from), Flash::success(kept.words))
}

fn place(child: &str, group: &str, came_from: &str) -> String {
    match back::sound(came_from) {
        "" => format!("/children/{child}/facts#{group}"),
        back => back.to_string(),
    }
}
