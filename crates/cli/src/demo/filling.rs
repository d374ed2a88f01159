//! Makes the county and fills the database with it, unless an earlier demonstration did.

use super::hash;
use crate::args::Demo;
use crate::failure::{Failure, Outcome};
use actions::App;
use county::{Wanted, county, draw};
use engine::rulebook::Library;
use engine::time::Moment;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use store::Standing;

/// Under this name a database says that a demonstration filled it.
const MADE_UP: &str = "demonstration";

/// Fills an empty database, and leaves alone what an earlier demonstration filled.
///
/// # Errors
/// If the database is somebody's who is not made up.
pub async fn fill(app: &App, args: &Demo) -> Outcome {
    let cannot = |e: store::StoreError| Failure::File(e.to_string());
    let hash = hash()?;
    let people = app.store().people().await.map_err(cannot)?;
    if !people.is_empty() {
        // A real database is never opened to whoever reads a password off the screen: one that a demonstration filled says so, whoever was added to it.
        let made_up = app.store().standing().await.map_err(cannot)?.iter().any(|one| one.name == MADE_UP);
        let ours = |p: &store::Person| p.password_hash == hash;
        let fits = if made_up { people.iter().any(ours) } else { people.iter().all(ours) };
        return if fits { Ok(()) } else { Err(foreign()) };
    }
    if !app.store().agencies().await.map_err(cannot)?.is_empty() {
        let why = "the database was left half filled by a demonstration that was stopped; remove it, or name another";
        return Err(Failure::Usage(why.into()));
    }
    let library = app.rules().library;
    let wanted = Wanted {
        seed: args.seed,
        children: args.children,
        under_way: args.under_way,
        years: args.years,
        now: app.now(),
        area: area_of(args.area.as_deref(), library, app.now())?,
        provider: library.rulebooks.iter().find(|b| b.kind == "provider").map_or("", |b| b.area.as_str()),
    };
    let progress = Progress::of(args.children);
    progress.say("making up a county");
    let made = Arc::new(county(&wanted, library));
    let filled = county::fill(app, made, &hash, Some(draw), |done| progress.say(&format!("{done} written down"))).await;
    progress.end();
    filled.map_err(Failure::File)?;
    let made_up = Standing { name: MADE_UP.into(), at_us: app.now().0 * 1_000_000, says: String::new() };
    app.store().standing_put(&made_up).await.map_err(cannot)
}

fn foreign() -> Failure {
    Failure::Usage("the database holds people who are not of a demonstration; use `whereabouts serve`".into())
}

/// The area that was asked for, or the one with the fullest rulebook of those that are still kept up.
pub fn area_of<'a>(asked: Option<&'a str>, library: &'a Library, now: Moment) -> Result<&'a str, Failure> {
    let today = library.vocabulary.calendar.date(now);
    let areas = || library.rulebooks.iter().filter(|b| b.kind == "area");
    let Some(wanted) = asked else {
        let kept_up = areas()
            .filter(|b| b.in_force_from <= today && b.in_force_until.is_none_or(|until| today < until))
            .filter(|b| b.review_due.is_none_or(|review| today <= review));
        let fullest = kept_up.max_by_key(|b| b.rules.len()).or_else(|| areas().next_back());
        return fullest.map(|b| b.area.as_str()).ok_or_else(|| Failure::Usage("no rulebook is an area's".into()));
    };
    if areas().any(|b| b.area == wanted) {
        return Ok(wanted);
    }
    let mut known: Vec<String> = areas().map(|b| format!("`{}`", b.area)).collect();
    known.dedup();
    Err(Failure::Usage(format!("--area: there is no rulebook of `{wanted}`; there are {}", known.join(", "))))
}

/// A line that tells somebody at a terminal how far it is.
struct Progress {
    children: usize,
    shown: bool,
}

impl Progress {
    fn of(children: usize) -> Progress {
        Progress { children, shown: std::io::stderr().is_terminal() }
    }

    fn say(&self, what: &str) {
        if self.shown {
            let _ = write!(anstream::stderr(), "\r\x1b[K{} children: {what}", self.children);
        }
    }

    fn end(&self) {
        if self.shown {
            let _ = write!(anstream::stderr(), "\r\x1b[K");
        }
    }
}
