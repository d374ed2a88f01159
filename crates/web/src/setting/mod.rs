//! The settings of an area, with its picture at the head of pages: read with their history, changed on a page of their own, confirmed by a second person where they weaken.

use crate::components::{Asks as _, Dressed as _, ErrorSummary, FileUpload};
use crate::entry::Setback;
use crate::flash::Flash;
use crate::form::summary_of;
use crate::frame::{Answer, Frame, Place, on_to_saying, page, page_with};
use crate::kept::{draw, setback};
use crate::posted::{File, Posted};
use crate::visit::{Member, Visit};
use actions::{Answers, FieldProblem, setting};
use askama::Template;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse as _;
use views::{KeptForm, SettingsPage};

/// The address to which the picture is sent.
pub(crate) const WITH_FILE: &str = "/area/settings/logo";
/// Its address holds its version.
const KEPT: &str = "private, max-age=86400, immutable";

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

#[derive(Template)]
#[template(path = "setting/logo.html")]
struct LogoPage {
    frame: Frame,
    view: KeptForm,
    key: String,
    file: FileUpload,
    summary: Option<ErrorSummary>,
    setback: Setback,
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

/// `GET /area/settings/names`: what people and teams are called.
pub async fn names(member: Member) -> Answer {
    let view = setting::names(member.app(), &member.actor).await?;
    let frame = member.frame("What people and teams are called now", &view.viewer).place(Place::Area);
    let frame = frame.back("/area/settings", "Settings of the area");
    page(&Page { frame, view, key: member.app().new_key() })
}

/// `GET /area/logo/{version}`: the picture of the viewer's own area. The version is for browsers.
pub async fn logo(member: Member, Path(_version): Path<i64>) -> Answer {
    let bytes = setting::logo(member.app(), &member.actor).await?;
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
        (header::CACHE_CONTROL, HeaderValue::from_static(KEPT)),
    ];
    Ok((headers, bytes).into_response())
}

/// `GET /area/settings/logo`.
pub async fn ask_logo(member: Member) -> Answer {
    let key = member.app().new_key();
    logo_form(&member, &Answers::default(), &[], key, Setback::default()).await
}

/// `POST /area/settings/logo`.
pub async fn save_logo(member: Member, posted: Posted) -> Answer {
    let (answers, version) = (posted.answers(), posted.version()?);
    let sent = match posted.file() {
        File::Sent(bytes) => Some(bytes.to_vec()),
        File::None => Some(Vec::new()),
        File::TooLarge => None,
    };
    match setting::save_logo(member.app(), &member.actor, version, &answers, sent, posted.key()).await {
        Ok(_) => {
            Ok(on_to_saying("/area/settings", Flash::success("It was changed. What held before is in the history.")))
        }
        Err(refused) => {
            let (problems, setback) = setback(refused)?;
            logo_form(&member, &answers, &problems, posted.key().into(), setback).await
        }
    }
}

async fn logo_form(
    member: &Member,
    answers: &Answers,
    problems: &[FieldProblem],
    key: String,
    setback: Setback,
) -> Answer {
    let mut view = setting::form(member.app(), &member.actor, "logo", answers, problems).await?;
    if let Some(version) = setback.version {
        view.version = version;
    }
    let problem = problems.iter().find(|one| one.field == setting::PICTURE).map_or("", |one| one.message.as_str());
    let file = FileUpload::new(setting::PICTURE, "The picture")
        .hint("PNG or JPEG, of up to 2 MB.")
        .error(problem)
        .label_class("govuk-label--s")
        .attribute("accept", "image/png,image/jpeg");
    let summary = match problem {
        "" => summary_of(&view.fields),
        says => Some(ErrorSummary::new([(setting::PICTURE.to_string(), says.to_string())])),
    };
    let status = if summary.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { setback.status() };
    let frame = member.frame(view.title.clone(), &view.viewer).place(Place::Area);
    let frame = frame.back("/area/settings", "Settings of the area").wrong(summary.is_some());
    page_with(status, &LogoPage { frame, view, key, file, summary, setback })
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
