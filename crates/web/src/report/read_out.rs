//! The page to read to the police on the telephone. It prints on one or two sheets.

use crate::flash::Flash;
use crate::frame::{Answer, Frame, Place, on_to, on_to_saying, page};
use crate::posted::Posted;
use crate::visit::Member;
use actions::report::{self, Told};
use askama::Template;
use axum::extract::Path;
use views::ReadOut;

#[derive(Template)]
#[template(path = "report/read_out.html")]
struct Page {
    frame: Frame,
    view: ReadOut,
    key: String,
}

/// `GET /report/{draft}/read-out`.
pub async fn read_out(member: Member, Path(draft): Path<String>) -> Answer {
    let view = report::read_out(member.app(), &member.actor, &draft).await?;
    let frame = member.frame("Read this to the police", &view.viewer).place(Place::Report);
    let frame = match &view.episode {
        Some(episode) => frame.back(format!("/children/{}/episodes/{episode}", view.child.id), "To the episode"),
        None => frame.back(format!("/report/{}/check", view.id), "Back"),
    };
    page(&Page { frame, view, key: member.app().new_key() })
}

/// `POST /report/{draft}/told`: the police were told, with their number.
pub async fn told(member: Member, Path(draft): Path<String>, posted: Posted) -> Answer {
    let number = posted.get("incident_number");
    match report::told(member.app(), &member.actor, &draft, number, posted.key()).await? {
        Told::InReport => Ok(on_to(&format!("/report/{draft}/check"))),
        Told::Recorded(child, done) => {
            let episode = done.episode.map(|episode| format!("/episodes/{episode}")).unwrap_or_default();
            let said = Flash::success("Recorded: the police were told.");
            let said = said.text("If the time or the number is not right, correct the entry.");
            Ok(on_to_saying(&format!("/children/{child}{episode}"), said))
        }
    }
}
