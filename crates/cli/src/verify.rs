//! `whereabouts verify` and `whereabouts rebuild`: everything worked out again, and lists made anew.

use crate::args::{Database, Format};
use crate::failure::{Failure, Outcome};
use crate::print::line;
use crate::running::{block_on, existing, plain_app};
use crate::safety_args::{Against, On, Verify};
use actions::{App, upkeep};
use safe::{History, Public};
use serde_json::json;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;
use store::Counts;

/// So many read at once, if the computer can.
const READERS: usize = 4;

/// What came of it.
pub struct Findings {
    pub counts: Counts,
    pub seconds: f64,
    pub lists: upkeep::Lists,
    pub root: String,
    /// The first thing that is wrong, with its place.
    pub fault: Option<String>,
}

impl Findings {
    /// Entries of all chains.
    pub fn entries(&self) -> i64 {
        self.counts.rows + self.counts.looks + self.counts.deeds
    }

    fn a_second(&self) -> i64 {
        let micros = (self.seconds * 1_000_000.0) as i64;
        self.entries().saturating_mul(1_000_000) / micros.max(1)
    }
}

pub fn run(args: &Verify, rulebooks: Option<&Path>, format: Format) -> Outcome {
    let history = match history(&args.against) {
        Ok(history) => history,
        Err(Failure::Usage(fault)) => return found(&fault, format),
        Err(other) => return Err(other),
    };
    let Some(url) = &args.database else {
        let history = history.unwrap_or_default();
        if format == Format::Json {
            line(json!({ "checkpoints": history.count, "fault": null }).to_string());
        } else {
            tell(&history);
        }
        return Ok(());
    };
    existing(url)?;
    let place = Database { database_url: url.clone(), sealing_key: args.sealing_key.clone() };
    block_on(async {
        let app = plain_app(&place, rulebooks).await?;
        let findings = everything(&app, history.as_ref(), readers()).await;
        app.store().close().await;
        let findings = findings?;
        if let Some(history) = history.as_ref().filter(|_| format == Format::Text) {
            tell(history);
        }
        report(&findings, format)
    })
}

pub fn readers() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(READERS)
}

/// The checkpoints that were named. A fault in them is a `Usage`, for its caller to say.
pub fn history(against: &Against) -> Result<Option<History>, Failure> {
    let (Some(file), Some(key)) = (&against.checkpoints, &against.public_key) else { return Ok(None) };
    let key = Public::read(key).map_err(Failure::File)?;
    if !file.exists() {
        return Err(Failure::file(file, "there are no such checkpoints"));
    }
    let history = safe::read(file, &key).map_err(Failure::Usage)?;
    if history.count == 0 {
        // Nothing can be held against it, which is what somebody wants who empties it.
        return Err(Failure::file(file, "there is no checkpoint in it: it is the wrong file, or it was emptied"));
    }
    Ok(Some(history))
}

fn tell(history: &History) {
    let chains = history.last.as_ref().map_or(0, |last| last.chains);
    line(format!("{} checkpoints, signed and one after the other; the last holds {chains} chains", history.count));
}

/// Works everything out again.
pub async fn everything(app: &App, history: Option<&History>, readers: usize) -> Result<Findings, Failure> {
    let promised = Arc::new(history.map(|history| history.promised.clone()).unwrap_or_default());
    let begun = Instant::now();
    let audit = app.store().audit(&promised, readers).await.map_err(|e| Failure::File(e.to_string()))?;
    let seconds = begun.elapsed().as_secs_f64();
    let mut findings = Findings {
        counts: audit.counts,
        seconds,
        lists: upkeep::Lists::default(),
        root: audit.root,
        fault: audit.fault,
    };
    if findings.fault.is_none() {
        findings.lists = upkeep::compare_lists(app).await.map_err(|e| Failure::File(e.says()))?;
        findings.fault.clone_from(&findings.lists.fault);
    }
    Ok(findings)
}

pub fn report(findings: &Findings, format: Format) -> Outcome {
    let counts = findings.counts;
    if format == Format::Json {
        line(json!({
            "children": counts.children, "entries": findings.entries(), "erased": counts.erased,
            "pictures": counts.pictures, "seconds": findings.seconds, "entries_a_second": findings.a_second(),
            "lists": findings.lists.compared, "waiting": findings.lists.waiting, "root": findings.root, "fault": findings.fault,
        }).to_string());
        return if findings.fault.is_none() { Ok(()) } else { Err(Failure::Wrong) };
    }
    line(format!(
        "{} entries: {} of {} children, {} looks, {} lines of the journal; {} pictures",
        findings.entries(),
        counts.rows,
        counts.children,
        counts.looks,
        counts.deeds,
        counts.pictures
    ));
    line(format!("in {:.2} seconds, {} entries a second", findings.seconds, findings.a_second()));
    if let Some(fault) = &findings.fault {
        return found(fault, format);
    }
    let lists = &findings.lists;
    line(format!(
        "the lists of {} children are what their chronologies give; {} were not compared: they wait for the worker",
        lists.compared, lists.waiting
    ));
    line(format!("root {}", findings.root));
    line("Nothing is wrong.");
    Ok(())
}

fn found(fault: &str, format: Format) -> Outcome {
    if format == Format::Json {
        line(json!({ "fault": fault }).to_string());
    } else {
        line(format!("WRONG: {fault}"));
        line("Keep the database as it is, stop the server, and look at the last checkpoints and backups.");
    }
    Err(Failure::Wrong)
}

/// Makes all lists anew.
pub fn rebuild(on: &On, rulebooks: Option<&Path>) -> Outcome {
    existing(&on.database)?;
    block_on(async {
        let app = plain_app(&on.place(), rulebooks).await?;
        let rebuilt = upkeep::rebuild(&app).await.map_err(|e| Failure::File(e.says()));
        app.store().close().await;
        let (count, unread) = rebuilt?;
        line(format!("the lists of {count} children were made anew"));
        unread.iter().for_each(|what| line(format!("not made: {what}")));
        if unread.is_empty() { Ok(()) } else { Err(Failure::Wrong) }
    })
}
