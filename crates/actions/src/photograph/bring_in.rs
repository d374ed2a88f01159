//! Puts a photograph beside a record that is brought in as a whole. No person does this from a page.

use super::make;
use crate::app::{App, micros};
use engine::time::Moment;

/// Puts a picture beside a record; gives its id, for the entry that names it.
///
/// # Errors
/// What is wrong with the picture, or that the store cannot be reached.
pub async fn bring_in(app: &App, child: &str, file: &[u8], at: Moment) -> Result<String, String> {
    let photograph = make(file)?.photograph(micros(at), "");
    app.store.photograph_put(child, &photograph).await.map_err(|e| e.to_string())?;
    Ok(photograph.id)
}
