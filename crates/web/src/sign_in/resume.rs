//! What somebody typed before and could not send: given back to them, after they have shown who they are.

use crate::flash::Flash;
use crate::frame::{Answer, Frame, on_to, on_to_saying, page};
use crate::posted::Posted;
use crate::refused;
use crate::trouble_page::Again;
use crate::visit::Member;
use actions::{queries, session};
use askama::Template;

#[derive(Template)]
#[template(path = "sign_in/resume.html")]
struct Resume {
    frame: Frame,
    name: String,
    again: Again,
    kept: String,
    /// What was typed in words, to be read again.
    typed: Vec<String>,
    /// So much more waits.
    more: usize,
}

/// `GET /resume`.
pub async fn show(member: Member) -> Answer {
    let kept = session::give_back(member.app(), &member.actor.person).await?;
    let Some(first) = kept.first() else { return Ok(on_to("/")) };
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let pairs: Vec<(String, String)> = form_urlencoded::parse(first.body.as_bytes()).into_owned().collect();
    let typed =
        pairs.iter().map(|(_, value)| value.trim()).filter(|value| value.contains(' ')).map(Into::into).collect();
    let again = Again { action: first.path.clone(), pairs, button: "Save it now" };
    page(&Resume {
        frame: member.frame("Save what you typed", &viewer),
        name: member.actor.name.clone(),
        again,
        kept: first.id.clone(),
        typed,
        more: kept.len() - 1,
    })
}

/// `POST /resume`: it is wanted no more.
pub async fn drop(member: Member, posted: Posted) -> Answer {
    let page = refused::sound(posted.get("page"));
    if !page.is_empty() {
        // Whatever is done from a page lets go of what was refused on it before.
        return Ok(on_to(page));
    }
    session::throw_away(member.app(), &member.actor.person, posted.get("throw")).await?;
    Ok(on_to_saying("/", Flash::information("What you typed was thrown away")))
}
