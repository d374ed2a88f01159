//! Registers: lists that an area or a home keeps. One is drawn from the records by its rule, each child only as far as whoever looks may see
//! the record; another is written line by line, and is about no child.

mod line;
mod rows;
mod show;

pub use line::{form, save};
pub use show::show;

pub(crate) use rows::rows;

use crate::app::App;
use crate::area::{Own, find, is_among};
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use engine::rulebook::{Block, BlockKind, Content, Register};
use policy::Act;

/// A register that somebody reads.
pub(crate) struct Read<'a> {
    /// The rulebook and where it is kept.
    pub own: Own<'a>,
    /// The block.
    pub block: &'a Block,
    /// The register.
    pub register: &'a Register,
    /// They may write on it, if it is written.
    pub keeps: bool,
}

/// A register, for one of the roles that the rulebook names: `act` is `Attend` or `Minute`.
pub(crate) async fn read<'a>(app: &'a App, actor: &Actor, act: Act, book: &str, id: &str) -> Result<Read<'a>> {
    let permit = authorise(app, actor, Verb::Do(act), None).await?;
    let keeps = permit.may.acts.has(Act::Minute);
    let (own, block) = find(app, actor, book, BlockKind::Register, id).ok_or(Refused::NotFound)?;
    let Content::Register(register) = &block.content else { return Err(Refused::NotFound) };
    if !is_among(app, actor, &register.who) {
        return Err(Refused::NotAllowed(format!("As {} you do not read this register.", actor.role_name)));
    }
    Ok(Read { own, block, register, keeps })
}
