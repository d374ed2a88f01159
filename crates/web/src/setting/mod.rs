//! The settings of an area: read with their history, changed on a page of their own, confirmed by a second person where they weaken.

use crate::entry::Setback;
use crate::flash::Flash;
use crate::frame::{Answer, Frame, Place, on_to_saying, page};
use crate::kept::{draw, setback};
use crate::posted::Posted;
use crate::visit::{Member, Visit};
use actions::{Answers, FieldProblem, setting};
use askama::Template;
use axum::extract::Path;
use views::SettingsPage;

#[derive(Template)]
#[template(path = "setting/show.html")]
struct Page {
    frame: Frame,
    view: SettingsPage,
    key: String,
}

#[derive(Template)]
#[template(path = "setting/privacy.html")]
struct Privacy {
    frame: Frame,
    /// Area, since when, and the notice.
    notices: Vec<(String, String, String)>,
}

impl Page {
    fn decide(one: &views::SettingWaiting) -> String {
        format!("/area/settings/{}/decide", one.subject)
    }
}

/// `GET /area/settings`.
pub async fn show(member: Member) -> Answer {
    let view = setting::page(member.app(), &member.actor).await?;
    let frame = member.frame("Settings of the area", &view.viewer).place(Place::Area);
    page(&Page { frame: frame.back("/area", "Panels and registers"), view, key: member.app().new_key() })
}

/// `GET /privacy`: what the areas here say of what is kept, to anybody.
pub async fn privacy(visit: Visit) -> Answer {
    let notices = setting::notices(&visit.site.app).await?;
    page(&Privacy { frame: visit.bare_frame("Privacy").back("/", "Whereabouts"), notices })
}

/// `GET /area/settings/{subject}`.
pub async fn ask(member: Member, Path(subject): Path<String>) -> Answer {
    let key = member.app().new_key();
    form(&member, &subject, &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /area/settings/{subject}`.
pub async fn save(member: Member, Path(subject): Path<String>, posted: Posted) -> Answer {
    let (answers, version) = (posted.answers(), posted.version()?);
    match setting::save(member.app(), &member.actor, &subject, version, &answers, posted.key()).await {
        Ok(true) => {
            Ok(on_to_saying("/area/settings", Flash::success("It was changed. What held before is in the history.")))
        }
        Ok(false) => {
            let says = "It makes something weaker, and waits for a second person. Until then what held before goes on.";
            Ok(on_to_saying("/area/settings", Flash::success(says)))
        }
        Err(refused) => {
            let (problems, setback) = setback(refused)?;
            form(&member, &subject, &answers, &problems, posted.key().into(), setback).await
        }
    }
}

/// `POST /area/settings/{subject}/decide`.
pub async fn decide(member: Member, Path(subject): Path<String>, posted: Posted) -> Answer {
    let confirms = posted.get("decision") == "confirm";
    setting::decide(member.app(), &member.actor, &subject, posted.version()?, confirms, posted.key()).await?;
    let said = if confirms { "It holds from now on" } else { "It was refused. What held before goes on" };
    Ok(on_to_saying("/area/settings", Flash::success(said)))
}

async fn form(
    member: &Member,
    subject: &str,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let view = setting::form(member.app(), &member.actor, subject, answers, problems).await?;
    let leave = ("/area/settings".to_string(), "Settings of the area".to_string());
    draw(member, view, format!("/area/settings/{subject}"), leave, key, setback)
}
