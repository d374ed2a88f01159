//! What is kept of an area, and about no child: nobody needs a permit to a child for it. Rows are only added to; the last of each subject holds.
//!
//! Whose it is: panels, registers and duties name roles, and a rulebook is of an area. What a home keeps by its own procedure is of its
//! agency.

mod asked;
mod done;
mod init;
mod page;
mod rows;

pub use done::{done, form as done_form};
pub use init::{AGENCIES, Checked, Wanted, check, init};
pub use page::page;

pub use asked::seen;
pub(crate) use asked::{agreed_line, asked, count_late, duties, is_news, late, watch};
pub(crate) use done::act;
pub(crate) use page::register_link;
pub(crate) use rows::{Kept, Kind, history, kept, put};

use crate::app::App;
use crate::authorise::Actor;
use engine::rulebook::{Block, BlockKind, Rulebook};
use policy::Tie;

/// A rulebook of somebody's, and where what it has people keep is kept.
pub(crate) struct Own<'a> {
    /// The edition in force.
    pub book: &'a Rulebook,
    /// The area's word; of a home's own procedure its agency's.
    pub area: String,
}

/// The editions in force of the rulebooks that are somebody's: of the area of their agency, and for a home its own procedures.
pub(crate) fn own<'a>(app: &'a App, actor: &Actor) -> Vec<Own<'a>> {
    let Some(held) = actor.held() else { return Vec::new() };
    let cares = app.policies.roles().tie_of(&held.agency_kind) == Tie::Placement;
    let mut found: Vec<Own<'a>> = Vec::new();
    for (book, _) in views::making::protocol::links(&app.rules, app.now()) {
        let area = match book.kind.as_str() {
            "area" if held.agency_area.as_deref() == Some(book.area.as_str()) => book.area.clone(),
            "provider" if cares => format!("agency:{}", actor.agency),
            _ => continue,
        };
        found.push(Own { book, area });
    }
    found
}

/// A block of a rulebook of somebody's.
pub(crate) fn find<'a>(
    app: &'a App,
    actor: &Actor,
    book: &str,
    kind: BlockKind,
    id: &str,
) -> Option<(Own<'a>, &'a Block)> {
    let own = own(app, actor).into_iter().find(|own| own.book.id == book)?;
    let block = own.book.blocks.iter().find(|block| block.kind() == kind && block.id == id)?;
    Some((own, block))
}

/// A duty of the area that is somebody's own.
pub(crate) fn find_duty<'a>(
    app: &'a App,
    actor: &Actor,
    book: &str,
    rule: &str,
) -> crate::Result<(Own<'a>, &'a engine::rulebook::Rule)> {
    let own = own(app, actor).into_iter().find(|own| own.book.id == book).ok_or(crate::Refused::NotFound)?;
    let of_area = |rule: &&engine::rulebook::Rule| rule.scope == engine::rulebook::RuleScope::Area;
    let (_, rule) = own.book.rule(rule).filter(|(_, rule)| of_area(rule)).ok_or(crate::Refused::NotFound)?;
    let lens = crate::lens::lens(app, actor);
    let owner = match rule.owner {
        engine::rulebook::Owner::Role(role) => app.rules.vocabulary().word(role),
        _ => None,
    };
    if !lens.may_see_to(owner) {
        return Err(crate::Refused::NotAllowed("Whoever owes this records that it was done; you do not.".into()));
    }
    Ok((own, rule))
}

/// Is somebody among these roles, by their own or by one that they answer for?
pub(crate) fn is_among<'r>(app: &App, actor: &Actor, roles: impl IntoIterator<Item = &'r String>) -> bool {
    let own = app.policies.roles().answers_for(&actor.role);
    roles.into_iter().any(|role| own.contains(role))
}

/// The name of somebody and their post, for a history.
pub(crate) async fn by(app: &App, person: &str, role: &str) -> crate::Result<String> {
    let name = app.store.person(person).await?.map_or_else(|| "Whoever runs the server".into(), |one| one.name);
    Ok(if role.is_empty() { name } else { format!("{name}, {}", app.role(role).1) })
}
