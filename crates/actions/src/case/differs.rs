//! What rows would change in what is asked, as their writer sees it: said before they are saved, where somebody may not expect it.

use super::load::Opened;
use super::redact::shown;
use super::whole::written;
use crate::app::App;
use crate::authorise::Actor;
use crate::lens::lens;
use crate::refused::Result;
use store::NewRow;
use views::asked::{Asked, evaluate};
use views::{Lens, Record};

/// So many acts are named; of more it is said how many.
const NAMED: usize = 4;

/// What is asked with the rows, and was not before; and what would not be asked any more. In words; empty where nothing changes.
pub(crate) async fn differs(app: &App, actor: &Actor, opened: &Opened, rows: &[NewRow]) -> Result<String> {
    // What cannot be read is said where it is appended.
    let Ok(after) = opened.whole.with(&app.rules, rows) else { return Ok(String::new()) };
    let whole = opened.whole.clone();
    let rows = written(rows, whole.version, "");
    let after = shown(app, &opened.permit, &whole.grown(after, rows, String::new())).await?.record;
    let lens = lens(app, actor);
    let (before, after) = (asked(&lens, &opened.seen), asked(&lens, &after));
    let not_in = |all: &[String], other: &[String]| {
        let mut all: Vec<String> = all.iter().filter(|one| !other.contains(one)).cloned().collect();
        all.dedup();
        all
    };
    let (new, gone) = (not_in(&after, &before), not_in(&before, &after));
    let mut said = Vec::new();
    for (words, acts) in [("It would then be asked", new), ("No longer asked would be", gone)] {
        if !acts.is_empty() {
            said.push(format!("{words}: {}.", listed(&acts)));
        }
    }
    Ok(said.join(" "))
}

/// The open acts of a record, each with its limit.
fn asked(lens: &Lens<'_>, record: &Record) -> Vec<String> {
    let evaluated = evaluate(lens.rules, &record.case, lens.now, lens.now, Asked::Current);
    let open = evaluated.duties.iter().filter(|one| one.duty.state.is_open());
    let mut all: Vec<String> = open
        .map(|one| match one.duty.due {
            Some(due) => format!("{}, by {}", one.view.label, lens.face.when(due).words),
            None => one.view.label.clone(),
        })
        .collect();
    all.sort();
    all
}

fn listed(acts: &[String]) -> String {
    let named = acts[..acts.len().min(NAMED)].join("; ");
    if acts.len() > NAMED { format!("{named}; and {} more", acts.len() - NAMED) } else { named }
}
