//! The pages, as plain structs of `views`. Each query loads what the person may see and has `views` make the page of it; it changes
//! nothing, and decides nothing about who may.

mod alerts;
mod board;
mod child;
mod episode;
mod event_form;
mod facts;
mod home;
mod namesakes;
mod photograph;
mod protocol;
mod search;
mod why;

pub use alerts::alerts;
pub(crate) use board::OnBoard;
pub use board::{News, Shown, board, board_line, board_news};
pub use child::{child, child_part};
pub use episode::{episode, episode_part, record_menu};
pub use event_form::{correct_form, event_form, remark_form};
pub use facts::{correct_fact_form, facts, facts_form};
pub(crate) use home::lines_of;
pub use home::{home, todo};
pub(crate) use namesakes::{namesakes, tell_apart};
pub use photograph::{photograph, photograph_form};
pub use protocol::{protocol, protocols};
pub use search::search;
pub(crate) use search::{few, own, rows, sought};
pub use views::making::Asked;
pub use views::making::protocol::Wanted;
pub use why::why;

use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::lens::{framed, lens};
use crate::refused::Result;
use policy::Act;
use store::ChildRow;
use views::making::age_and_birthday;
use views::words::initials;
use views::{ChildHead, Lens, Viewer};

/// The frame around a page that shows no child: help, errors, the home page of who runs the system.
pub async fn viewer(app: &App, actor: &Actor) -> Result<Viewer> {
    framed(app, actor, &lens(app, actor)).await
}

/// For lists of children.
async fn lists(app: &App, actor: &Actor) -> Result<Permit> {
    authorise(app, actor, Verb::Do(Act::List), None).await
}

/// A child at the head of a line, from the row of a list.
fn head(lens: &Lens<'_>, row: &ChildRow) -> ChildHead {
    head_of(lens, [&row.id, &row.name], row.date_of_birth.as_deref(), row.photograph.as_deref())
}

fn head_of(lens: &Lens<'_>, [id, name]: [&String; 2], born: Option<&str>, photograph: Option<&str>) -> ChildHead {
    let (age, born) = born.map_or_else(Default::default, |date| age_and_birthday(lens, date));
    ChildHead {
        id: id.clone(),
        name: name.clone(),
        initials: initials(name),
        photograph: photograph.unwrap_or_default().into(),
        age,
        born,
        ..ChildHead::default()
    }
}
