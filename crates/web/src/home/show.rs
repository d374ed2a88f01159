//! What must I do now?

use crate::frame::{Answer, Frame, Place, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use views::Home;

#[derive(Template)]
#[template(path = "home/show.html")]
struct Page {
    frame: Frame,
    view: Home,
}

/// `GET /`.
pub async fn show(member: Member) -> Answer {
    let view = queries::home(member.app(), &member.actor).await?;
    let frame = member.frame("What must I do now?", &view.viewer).place(Place::Home);
    page(&Page { frame, view })
}
