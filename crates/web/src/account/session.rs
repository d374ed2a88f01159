//! One's own sessions: ending one, locking this one, keeping it awake while somebody types, and working in another post.

use crate::flash::Flash;
use crate::frame::{Answer, on_to, on_to_saying};
use crate::posted::Posted;
use crate::sign_in::ours;
use crate::trouble::Trouble;
use crate::visit::Member;
use actions::{account, session};
use axum::http::StatusCode;

/// `POST /account/sessions/end`.
pub async fn end(member: Member, posted: Posted) -> Answer {
    match posted.get("session") {
        "others" => session::end_others(member.app(), &member.signed_in).await?,
        one => session::end(member.app(), &member.signed_in, one).await?,
    }
    Ok(on_to_saying("/account", Flash::success("The session has ended")))
}

/// `POST /account/post`: works in another post from now on.
pub async fn work_as(member: Member, posted: Posted) -> Answer {
    session::work_as(member.app(), &member.signed_in, posted.get("post")).await?;
    Ok(on_to("/"))
}

/// `POST /account/awake`: somebody types, though nothing is sent yet.
pub async fn awake(_: Member) -> StatusCode {
    StatusCode::NO_CONTENT
}

/// `POST /account/lock`: nobody has done anything for a while. What is in the form of the page is kept for its person.
pub async fn lock(member: Member, posted: Posted) -> Result<StatusCode, Trouble> {
    let (app, person) = (member.app(), &member.actor.person);
    let path = ours(posted.get("lock-path"));
    let typed: Vec<_> = posted
        .pairs()
        .iter()
        .filter(|(name, _)| !name.starts_with("lock-") && !name.contains("password") && name != "kept")
        .collect();
    if !typed.is_empty() && path != "/" {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(typed).finish();
        session::keep(app, person, path, &body).await?;
    }
    session::lock(app, &member.token).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// `POST /account/notices/seen`.
pub async fn seen(member: Member, posted: Posted) -> Answer {
    account::notice_seen(member.app(), &member.actor, posted.get("notice")).await?;
    Ok(on_to(ours(posted.get("to"))))
}
