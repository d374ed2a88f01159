//! What rows would change in what is asked, as their writer sees it: said before they are saved.
//!
//! Of a move that is recorded late it is said beside the question about its time. Whoever puts something right or takes it back reads all of it on a
//! page of its own, and sends back the mark of what they read: what they did not read is not saved. Of a fact that is added they read it where
//! something late would end by it.

use super::judge::judge;
use super::load::Opened;
use super::moved;
use super::redact::shown;
use super::whole::{After, written};
use crate::app::App;
use crate::authorise::Actor;
use crate::entry::told_of_time;
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use store::NewRow;
use views::asked::{Asked, evaluate};
use views::making::{Beside, changes};
use views::{Lens, Record};

/// So many acts are named; of more it is said how many.
const NAMED: usize = 4;

/// What is asked with the rows, and was not before; and what would not be asked any more. In words; empty where nothing changes.
pub(crate) async fn differs(app: &App, actor: &Actor, opened: &Opened, rows: &[NewRow]) -> Result<String> {
    // What cannot be read is said where it is appended.
    let Ok(after) = opened.whole.with(&app.rules, rows) else { return Ok(String::new()) };
    let (after, _) = grown(app, opened, after, rows).await?;
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

/// Says what a correction would change in what is asked, to whoever did not send back that they have read it.
///
/// # Errors
/// [`Refused::Changes`] with all of it; what the record and the rulebooks object to.
pub(crate) async fn hangs_together(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    rows: &[NewRow],
    (version, read): (i64, &str),
) -> Result<()> {
    read_first(app, actor, opened, rows, (version, read), |_| true).await
}

/// As [`hangs_together`], of what is only added: it is read before it is saved where something late would end by it, though nobody did that.
///
/// # Errors
/// As of [`hangs_together`].
pub(crate) async fn ends_nothing_late(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    rows: &[NewRow],
    (version, read): (i64, &str),
) -> Result<()> {
    read_first(app, actor, opened, rows, (version, read), |found| found.ends_late).await
}

async fn read_first(
    app: &App,
    actor: &Actor,
    opened: &Opened,
    rows: &[NewRow],
    (version, read): (i64, &str),
    weighs: fn(&views::Changes) -> bool,
) -> Result<()> {
    // A page that is stale is told that first; and what cannot be read is said where it is appended.
    let Ok(after) = opened.whole.with(&app.rules, rows) else { return Ok(()) };
    if opened.seen.version != version {
        return Ok(());
    }
    let lens = lens(app, actor);
    moved::may_return(app.rules.vocabulary(), &lens, &opened.whole, &after)?;
    judge(&app.rules, &opened.whole, &after, app.now(), opened.reports)?;
    let stranded = moved::before_start(app, &lens, &opened.seen, &opened.whole, &after);
    let (after, first) = grown(app, opened, after, rows).await?;
    let told = told_of_time(app, actor, &after, first).await?;
    let found = changes(&lens, &opened.seen, &after, Beside { stranded, told });
    if found.is_empty() || found.mark == read || !weighs(&found) {
        return Ok(());
    }
    Err(Refused::Changes(Box::new(views::Changes { viewer: framed(app, actor, &lens).await?, ..found })))
}

/// The record with the rows at its end, as their writer would see it; and the place of the first of them.
async fn grown(app: &App, opened: &Opened, after: After, rows: &[NewRow]) -> Result<(Record, i64)> {
    let whole = opened.whole.clone();
    let first = whole.version + 1;
    let rows = written(rows, whole.version, "");
    let shown = shown(app, &opened.permit, &whole.grown(after, rows, String::new())).await?;
    let first = shown.place(first);
    Ok((shown.record, first))
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
