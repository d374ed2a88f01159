//! A list of what is to do, page by page.

use crate::back;
use crate::components::Pagination;
use crate::frame::{Answer, Frame, Place, page};
use crate::pages::{Wanted, pages};
use crate::show::whose;
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::{Path, Query};
use std::borrow::Borrow;
use views::{TodoPage, TodoPart, Whose};

#[derive(Template)]
#[template(path = "home/todo.html")]
struct Page {
    frame: Frame,
    view: TodoPage,
    pages: Option<Pagination>,
    part: String,
}

impl Page {
    /// The list from another line on.
    fn from(&self, after: impl Borrow<i64>) -> String {
        let after = *after.borrow();
        let after = if after > 0 { after.to_string() } else { String::new() };
        back::with(&self.here(), &[("part", &self.part), ("after", &after)], "", "")
    }

    /// Where one lands again after an act.
    fn here(&self) -> String {
        format!("/to-do/{}", whose(self.view.whose))
    }
}

/// `GET /to-do/{whose}`.
pub async fn todo(member: Member, Path(list): Path<String>, Query(wanted): Query<Wanted>) -> Answer {
    let known = [Whose::All, Whose::Mine, Whose::Team].into_iter().find(|one| whose(*one) == list);
    let known = known.ok_or(Trouble::NotFound)?;
    let part = match wanted.part.as_str() {
        "" => TodoPart::Due,
        "unknown" => TodoPart::Unknown,
        "may" => TodoPart::May,
        _ => return Err(Trouble::NotFound),
    };
    let view = queries::todo(member.app(), &member.actor, known, part, (wanted.after(), wanted.page())).await?;
    let frame = member.frame(view.title.clone(), &view.viewer).place(Place::Home).back("/", "What must I do now?");
    let address = format!("/to-do/{list}");
    let after = Some(wanted.after()).filter(|after| *after > 0).map(|after| after.to_string()).unwrap_or_default();
    let pages = pages(view.page, view.pages, &address, &[("part", &wanted.part), ("after", &after)]);
    page(&Page { frame, view, pages, part: wanted.part })
}
