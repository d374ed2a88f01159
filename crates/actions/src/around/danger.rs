//! Who around a child poses a risk, for the head of the child's page.

use super::across::{across, is_risk, risks};
use super::people;
use crate::app::App;
use crate::authorise::Actor;
use crate::case::Tied;
use crate::kept::is_over;
use crate::looks::note_list;
use crate::refused::Result;
use views::Danger;

/// Everybody who poses a risk by this record, or by that of another child around whom they are, of those that this person sees.
pub(crate) async fn dangers(app: &App, actor: &Actor, own: &Tied) -> Result<Vec<Danger>> {
    let today = app.rules.vocabulary().calendar.date(app.now()).to_string();
    let (mut all, mut looked) = (Vec::new(), Vec::new());
    for row in people(&own.kept).into_iter().filter(|row| !is_over(row, &today)) {
        let mut danger = Danger { person: row.id.clone(), name: row.text("name").into(), by: Vec::new() };
        if !is_risk(row, &today) {
            if !own.ties.iter().any(|tie| tie.person == row.id) {
                continue;
            }
            let found = across(app, actor, own, &row.id).await?;
            danger.by = risks(&found, own, &today);
            if danger.by.is_empty() {
                continue;
            }
            looked.extend(found.children(own).into_iter().map(|(child, _)| child));
        }
        all.push(danger);
    }
    note_list(app, actor, &own.permit, "people", looked.iter().map(String::as_str)).await?;
    Ok(all)
}
