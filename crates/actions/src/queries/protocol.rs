//! The pages of a protocol, and which protocols somebody is offered first. They hold nothing about a child, so that no look is noted;
//! whoever sees children may read them all: a child may be placed, found or reported anywhere.

use super::lists;
use crate::app::App;
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use views::making::protocol::{Wanted, edition, links, page};
use views::{DutyKey, ProtocolLink, ProtocolList, ProtocolPage};

/// So many duties are read to see whose protocols ask something of somebody.
const READ: i64 = 500;

/// A page of a protocol.
pub async fn protocol(app: &App, actor: &Actor, id: &str, wanted: Wanted<'_>) -> Result<ProtocolPage> {
    lists(app, actor).await?;
    let lens = lens(app, actor);
    let book = edition(&app.rules, id, wanted.edition, lens.now).ok_or(Refused::NotFound)?;
    let viewer = framed(app, actor, &lens).await?;
    let mut made = page(&app.rules, viewer, book, wanted, lens.now).ok_or(Refused::NotFound)?;
    let items = made.sections.iter_mut().flat_map(|section| &mut section.items);
    crate::setting::newer(app, items.filter_map(|item| item.contact.as_mut())).await?;
    Ok(made)
}

/// The protocols, those of one's own area and children first.
pub async fn protocols(app: &App, actor: &Actor) -> Result<ProtocolList> {
    let permit = lists(app, actor).await?;
    let lens = lens(app, actor);
    let area = app.store.agency(&actor.agency).await?.and_then(|(agency, _)| agency.area).unwrap_or_default();
    let rows = app.store.duties_of_roles(&permit.scope, &lens.who.own, app.now_us(), READ).await?;
    let keys = rows.iter().filter_map(|row| row.key.parse::<DutyKey>().ok());
    let asking: Vec<String> = keys.map(|key| key.rulebook).collect();
    let mut list = ProtocolList::default();
    for (book, link) in links(&app.rules, lens.now) {
        let own = book.area == area || asking.contains(&book.id);
        let place: &mut Vec<ProtocolLink> = if own { &mut list.own } else { &mut list.others };
        place.push(link);
    }
    Ok(list)
}
