//! Postcodes of addresses: one that cannot be is said where it was typed, and one that is known says in whose area it lies.

use crate::app::App;
use crate::refused::Result;
use casebook::command::FieldProblem;
use casebook::postcodes::{Lies, lies, of_address};

/// What is wrong with the postcode in an address; nothing where there is none.
pub(crate) fn problem(field: &str, address: &str) -> Option<FieldProblem> {
    let wrong = of_address(address)?.err()?;
    Some(FieldProblem::new(field, format!("Address: {wrong}")))
}

/// The word of the authority in whose area an address lies: as the area itself has said of such postcodes, else by the table of all of them. None
/// where neither tells, or where that authority has ended since.
pub(crate) async fn host(app: &App, address: &str) -> Result<Option<String>> {
    let Some(Ok(code)) = of_address(address) else { return Ok(None) };
    if let Some(said) = app.store.authority_of(&code).await? {
        return Ok(Some(said));
    }
    let Lies::In(word) = lies(&code) else { return Ok(None) };
    let vocabulary = app.rules.vocabulary();
    let today = vocabulary.calendar.date(app.now());
    Ok(vocabulary.authority(word).filter(|authority| authority.is_on(today)).map(|authority| authority.id.clone()))
}

/// Are these one area: the same authority, or an authority and the area of a rulebook that it is part of?
pub(crate) fn is_one_area(app: &App, one: &str, other: &str) -> bool {
    let wide = |word: &str| {
        let within = app.rules.vocabulary().authority(word).and_then(|authority| authority.within.clone());
        within.unwrap_or_else(|| word.to_owned())
    };
    one == other || wide(one) == other || one == wide(other)
}
