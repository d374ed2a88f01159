//! Choosing a photograph. It is sent by itself, so that a slow line carries it once; what else there is to say is asked on the next page,
//! where it can be looked at.

use crate::components::{Asks as _, Dressed as _, ErrorSummary, FileUpload};
use crate::frame::{Answer, Frame, on_to, page_with};
use crate::posted::{File, Posted};
use crate::visit::Member;
use actions::{Refused, photograph, queries};
use askama::Template;
use axum::extract::Path;
use axum::http::StatusCode;
use views::PhotographForm;

/// How the address ends to which a form with a file is sent.
pub(crate) const WITH_FILE: &str = "/photographs/new";

#[derive(Template)]
#[template(path = "photograph/choose.html")]
struct Page {
    frame: Frame,
    view: PhotographForm,
    base: String,
    file: FileUpload,
    summary: Option<ErrorSummary>,
}

/// `GET /children/{child}/photographs/new`.
pub async fn choose(member: Member, Path(child): Path<String>) -> Answer {
    draw(&member, &child, "").await
}

/// `POST /children/{child}/photographs/new`.
pub async fn send(member: Member, Path(child): Path<String>, posted: Posted) -> Answer {
    let sent = match posted.file() {
        File::Sent(bytes) => Some(bytes.to_vec()),
        File::None => Some(Vec::new()),
        File::TooLarge => None,
    };
    match photograph::put(member.app(), &member.actor, &child, sent).await {
        Ok(put) => Ok(on_to(&format!("/children/{child}/record/{}?photograph={}", put.event, put.id))),
        Err(Refused::Invalid(problems)) => {
            let problem = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
            draw(&member, &child, &problem).await
        }
        Err(refused) => Err(refused.into()),
    }
}

async fn draw(member: &Member, child: &str, problem: &str) -> Answer {
    let view = queries::photograph_form(member.app(), &member.actor, child).await?;
    let base = format!("/children/{}", view.child.id);
    let wrong = !problem.is_empty();
    let summary = wrong.then(|| ErrorSummary::new([(photograph::FIELD.to_string(), problem)]));
    let file = FileUpload::new(photograph::FIELD, "The picture")
        .hint("JPEG, PNG or WebP, of up to 15 MB. A photograph on this telephone or computer, or a screenshot of one.")
        .error(problem)
        .label_class("govuk-label--s")
        .attribute("accept", "image/jpeg,image/png,image/webp")
        .attribute("data-shrink", "");
    let frame = member
        .frame("Add a photograph", &view.viewer)
        .back(base.clone(), format!("Back to {}", view.child.name))
        .wrong(wrong);
    let status = if wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    page_with(status, &Page { frame, view, base, file, summary })
}
