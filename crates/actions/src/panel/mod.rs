//! Panels: who meets on whom. A rulebook says who is on a panel and what brings a child on its agenda; the agenda is drawn from the records,
//! each child only as far as whoever looks may see it. Meetings, their record and what they agree are kept of the area; what was decided
//! about a child is recorded on the child's own record.

mod agenda;
pub(crate) mod form;
mod keep;
mod meeting;
mod raise;
mod show;

pub use form::{Doing, form};
pub use keep::save;
pub use meeting::meeting;
pub use raise::{raise, raise_form};
pub use show::show;

use crate::app::App;
use crate::area::{Own, find, is_among};
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use engine::rulebook::{Block, BlockKind, Content, Panel};
use policy::Act;
use serde::{Deserialize, Serialize};

/// Where a meeting stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum MeetingState {
    /// It is to come, or has not been recorded yet.
    #[default]
    ToCome,
    /// It was held.
    Held,
    /// It was called off.
    CalledOff,
}

/// A meeting, as it is kept.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Meeting {
    /// The rulebook.
    pub book: String,
    /// The panel.
    pub panel: String,
    /// When it is to be, or began, in microseconds.
    pub at_us: i64,
    /// Where.
    pub place: String,
    /// Where it stands.
    pub state: MeetingState,
    /// Who chaired, came, and signed what: in words.
    #[serde(default)]
    pub chaired: String,
    #[serde(default)]
    pub attended: String,
    #[serde(default)]
    pub signed: String,
    /// What was written under each heading of the record.
    #[serde(default)]
    pub minutes: Vec<(String, String)>,
    /// Papers: title and text.
    #[serde(default)]
    pub papers: Vec<(String, String)>,
    /// Children who were raised by hand.
    #[serde(default)]
    pub raised: Vec<Raised>,
    /// Whom it took up, as kept when it was held: part of the agenda and child.
    #[serde(default)]
    pub took_up: Vec<(String, String)>,
    /// What was done with this row.
    pub act: String,
    /// Why.
    #[serde(default)]
    pub why: String,
}

/// A child raised by hand.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Raised {
    /// The child.
    pub child: String,
    /// Why.
    pub says: String,
    /// By whom, by id.
    pub by: String,
}

/// An action that a panel agreed.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
pub(crate) struct Agreed {
    /// The rulebook.
    pub book: String,
    /// The panel.
    pub panel: String,
    /// The meeting.
    pub meeting: String,
    /// What is to be done.
    pub says: String,
    /// Whose it is: a role.
    pub owner: String,
    /// And the person, where one was named.
    pub person: Option<String>,
    /// The child that it is about.
    pub child: Option<String>,
    /// By when, in microseconds.
    pub due_us: i64,
    /// When it was done.
    #[serde(default)]
    pub done_us: Option<i64>,
    /// What came of it.
    #[serde(default)]
    pub outcome: String,
}

/// Is somebody on a panel?
pub(crate) fn is_member(app: &App, actor: &Actor, panel: &Panel) -> bool {
    is_among(app, actor, panel.members.iter().chain(&panel.chair))
}

/// A panel that somebody is on.
pub(crate) struct On<'a> {
    /// The rulebook and where it is kept.
    pub own: Own<'a>,
    /// The block.
    pub block: &'a Block,
    /// The panel.
    pub panel: &'a Panel,
    /// They keep its meetings.
    pub keeps: bool,
}

impl On<'_> {
    /// Its page.
    pub fn href(&self) -> String {
        format!("/panels/{}/{}", self.own.book.id, self.block.id)
    }
}

/// A panel, for somebody who takes part in it: `act` is `Attend` or `Minute`.
pub(crate) async fn on<'a>(app: &'a App, actor: &Actor, act: Act, book: &str, panel: &str) -> Result<On<'a>> {
    let permit = authorise(app, actor, Verb::Do(act), None).await?;
    let keeps = permit.may.acts.has(Act::Minute);
    let (own, block) = find(app, actor, book, BlockKind::Panel, panel).ok_or(Refused::NotFound)?;
    let Content::Panel(panel) = &block.content else { return Err(Refused::NotFound) };
    if !is_member(app, actor, panel) {
        return Err(Refused::NotAllowed(format!(
            "As {} you are not on this panel. Ask whoever chairs it.",
            actor.role_name
        )));
    }
    Ok(On { own, block, panel, keeps })
}
