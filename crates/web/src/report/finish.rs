//! Sending a report: it becomes an episode, and a page to read to the police.

use super::step;
use crate::frame::{Answer, on_to};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{Objection, Refused, report};
use axum::http::StatusCode;

/// `POST /report/{draft}/check`.
pub(super) async fn finish(member: &Member, draft: &str, posted: &Posted) -> Answer {
    let (app, actor) = (member.app(), &member.actor);
    let join = posted.get("join") == "yes";
    let (status, objections, unavailable): (_, Vec<Objection>, _) =
        match report::finish(app, actor, draft, posted.key(), join).await {
            Ok(_) => return Ok(on_to(&format!("/report/{draft}/read-out"))),
            Err(Refused::RuleRefuses(objections)) => (StatusCode::CONFLICT, objections, String::new()),
            Err(Refused::Invalid(problems)) => {
                let objections =
                    problems.into_iter().map(|problem| Objection { says: problem.message, ..Objection::default() });
                (StatusCode::UNPROCESSABLE_ENTITY, objections.collect(), String::new())
            }
            Err(Refused::Unavailable(says)) => (StatusCode::SERVICE_UNAVAILABLE, Vec::new(), says),
            // Somebody else sent it meanwhile: it is read out as theirs.
            Err(Refused::NotAllowed(_)) => return Ok(on_to(&format!("/report/{draft}/check"))),
            Err(refused) => return Err(refused.into()),
        };
    let view = report::show(app, actor, draft, step::CHECK).await?;
    step::check(member, view, posted.key().into(), status, objections, unavailable)
}
