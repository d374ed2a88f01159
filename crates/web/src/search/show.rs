//! Finding a child by name.

use crate::components::{Asks as _, Input};
use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use axum::extract::Query;
use serde::Deserialize;
use views::SearchPage;

/// What is asked for.
#[derive(Deserialize, Default)]
pub struct Wanted {
    #[serde(default)]
    name: String,
}

#[derive(Template)]
#[template(path = "search/show.html")]
struct Page {
    frame: Frame,
    view: SearchPage,
    input: Input,
}

/// `GET /search`.
pub async fn show(member: Member, Query(wanted): Query<Wanted>) -> Answer {
    let view = queries::search(member.app(), &member.actor, &wanted.name).await?;
    let frame = member.frame("Find a child", &view.viewer).place(Place::Search);
    let input = name(&view.asked);
    page(&Page { frame, view, input })
}

/// The field for a child's name.
pub(crate) fn name(asked: &str) -> Input {
    let mut input = Input::new("name", "Name of the child").value(asked).kind("search").autocomplete("off").code();
    input.question.group_classes.add("wh-find__field");
    input.label_class("govuk-label--s")
}
