//! How this works, on one page.

use crate::frame::{Answer, Frame, page};
use crate::visit::Member;
use actions::queries;
use askama::Template;
use views::ProtocolList;

#[derive(Template)]
#[template(path = "help/show.html")]
struct Page {
    frame: Frame,
    sees_children: bool,
    protocols: ProtocolList,
}

/// `GET /help`.
pub async fn show(member: Member) -> Answer {
    let viewer = queries::viewer(member.app(), &member.actor).await?;
    let protocols = if viewer.sees_children {
        queries::protocols(member.app(), &member.actor).await?
    } else {
        ProtocolList::default()
    };
    page(&Page { frame: member.frame("Help", &viewer), sees_children: viewer.sees_children, protocols })
}
