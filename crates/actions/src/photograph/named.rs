//! The picture that an entry names, before the entry is written.

use crate::app::App;
use crate::refused::{Refused, Result};
use casebook::command::{self, FieldProblem};
use engine::vocabulary::Event;
use serde_json::{Map, Value};

/// The id of the picture that an entry of this event puts on the record, if it puts one there.
///
/// # Errors
/// If there is no such picture of this child: it was not named within a day, or is of somebody else.
pub(crate) async fn named(app: &App, child: &str, event: &Event, json: &Map<String, Value>) -> Result<Option<String>> {
    let Some((field, id)) = id_in(event, json) else { return Ok(None) };
    if app.store.portrait(child, id).await?.is_none() {
        let why =
            "The photograph is not here any more: it is kept for a day only until it is recorded. Choose it again";
        return Err(Refused::Invalid(vec![FieldProblem::new(command::name(field), why)]));
    }
    Ok(Some(id.to_string()))
}

/// The field of an entry that names a picture, and the picture's id.
pub(crate) fn id_in<'a>(event: &'a Event, json: &'a Map<String, Value>) -> Option<(&'a str, &'a str)> {
    let field = event.photograph()?;
    Some((&field.id, json.get(&field.id)?.as_str()?))
}
