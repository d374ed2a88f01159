//! The page between putting something right and saving it: what would be asked otherwise, in words. Its form brings along what was typed, so that it
//! is saved, or looked at again, without being typed again.

use crate::frame::{Answer, Frame, page_with};
use crate::posted::Posted;
use crate::visit::Member;
use actions::{NOT_SENT, READ_CHANGES, Refused};
use askama::Template;
use axum::http::StatusCode;
use views::{ChangePart, Changes};

/// The button that leads back to what was typed.
const LOOK: &str = "look";
/// So many lines of a kind are read at once; the others are folded beneath them.
const SHOWN: usize = 6;

#[derive(Template)]
#[template(path = "entry/changes.html")]
struct Page {
    frame: Frame,
    view: Changes,
    action: String,
    pairs: Vec<(String, String)>,
    leave: String,
}

/// Whoever read what it would change wants to see again what they typed: nothing is saved.
pub(crate) fn looks_again(posted: &Posted) -> Option<Refused> {
    (posted.get(READ_CHANGES) == LOOK).then(|| Refused::Unavailable(NOT_SENT.into()))
}

/// The page with what was typed, for whoever came back to it: kept as whatever was not saved is.
pub(crate) fn drawn(posted: &Posted, answer: Answer) -> Answer {
    let mut answer = answer?;
    if looks_again(posted).is_some() && answer.status() == StatusCode::OK {
        *answer.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    Ok(answer)
}

/// Draws the page. `action` is where the form was sent to.
pub(crate) fn draw(member: &Member, view: Changes, posted: &Posted, action: String) -> Answer {
    let pairs = posted.pairs().iter().filter(|(name, _)| name != READ_CHANGES).cloned().collect();
    let leave = format!("/children/{}", view.child.id);
    let frame = member.frame("What this changes", &view.viewer).back(leave.clone(), "The child’s record");
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &Page { frame, view, action, pairs, leave })
}

/// The first lines of a kind, and those that are folded.
fn parted(part: &ChangePart) -> (&[views::ChangeLine], &[views::ChangeLine]) {
    part.lines.split_at(part.lines.len().min(SHOWN))
}
