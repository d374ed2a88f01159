//! `whereabouts doctor`: is this installation fit to be relied on? Each line says what was looked at, how it is and what to do.

use crate::args::Doctor;
use crate::failure::{Failure, Outcome};
use crate::print::{self, line};
use crate::running::{app, block_on, existing, file_of, sealing_file, writable};
use actions::copies;
use actions::upkeep::{self, Pulse};
use actions::{App, secrets};
use safe::Signing;
use std::path::Path;
use store::Standing;

/// Less free than this is a fault, in bytes.
const FULL: u64 = 512 << 20;
/// Less free than this is said.
const FILLING: u64 = 4 << 30;
/// A clock that is out by more seconds than this makes wrong limits.
const OUT_BY: i64 = 30;
/// So many connections and files have to be possible.
const HANDLES: u64 = 4096;

/// How something is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum How {
    Well,
    /// It works; somebody should see to it.
    Look,
    /// It must be mended.
    Wrong,
}

struct Finding {
    what: &'static str,
    how: How,
    says: String,
}

#[derive(Default)]
struct Findings(Vec<Finding>);

impl Findings {
    fn add(&mut self, what: &'static str, how: How, says: impl Into<String>) {
        self.0.push(Finding { what, how, says: says.into() });
    }
}

/// Looks at everything, prints it, and ends with status 1 if something is wrong.
pub fn run(args: &Doctor, rulebooks: Option<&Path>) -> Outcome {
    let mut found = Findings::default();
    found.add("program", How::Well, format!("version {}", env!("CARGO_PKG_VERSION")));
    handles(&mut found);
    files(args, &mut found);
    block_on(async {
        // What looks at a database does not make one: under a wrong path, or as another user, it would be in the service's way.
        if let Err(Failure::File(says)) = existing(&args.running.database.database_url) {
            found.add(
                "database",
                How::Wrong,
                format!("{says}: look at `database-url`; the service makes it when it first starts"),
            );
            return Ok(());
        }
        match app(&args.running, rulebooks).await {
            Ok(app) => {
                database(&app, &mut found).await;
                sealed(&app, &mut found).await;
                kept(args, &app, &mut found).await;
                retention(&app, &mut found).await;
                app.store().close().await;
            }
            Err(Failure::File(says) | Failure::Usage(says)) => found.add("database", How::Wrong, says),
            Err(Failure::Wrong) => found.add("rulebooks", How::Wrong, "see above"),
        }
        Ok(())
    })?;
    print(&found);
    if found.0.iter().any(|one| one.how == How::Wrong) { Err(Failure::Wrong) } else { Ok(()) }
}

fn print(found: &Findings) {
    for one in &found.0 {
        let mark = match one.how {
            How::Well => "well ",
            How::Look => "look ",
            How::Wrong => "WRONG",
        };
        line(format!("{mark}  {:<12} {}", one.what, one.says));
    }
    let count = |how| found.0.iter().filter(|one| one.how == how).count();
    let (wrong, look) = (count(How::Wrong), count(How::Look));
    let says = match (wrong, look) {
        (0, 0) => "All is well.".to_owned(),
        (0, look) => format!("Nothing is wrong; {look} to look at."),
        (wrong, look) => format!("{wrong} wrong, {look} to look at."),
    };
    line(print::styled(print::BOLD, &says));
}

/// Each connection, and each file, needs a handle.
fn handles(found: &mut Findings) {
    let Ok((_, most)) = rlimit::getrlimit(rlimit::Resource::NOFILE) else { return };
    if most < HANDLES {
        let says =
            format!("only {most} files and connections are allowed: set `LimitNOFILE=65536` in the service's unit");
        found.add("handles", How::Look, says);
    } else {
        found.add("handles", How::Well, format!("up to {most}"));
    }
}

/// Rights and room of the files that it is given.
fn files(args: &Doctor, found: &mut Findings) {
    let database = file_of(&args.running.database.database_url);
    let keeping = &args.keeping;
    let secret = [database, keeping.checkpoint_key.as_deref()].into_iter().flatten();
    let open: Vec<String> = secret.filter_map(store::lies_open).collect();
    if open.is_empty() {
        found.add("rights", How::Well, "database and keys are their owner's alone");
    }
    open.into_iter().for_each(|says| found.add("rights", How::Wrong, says));
    sealing_key(args, found);
    for (what, path) in [("disk", database.and_then(Path::parent)), ("backup disk", keeping.backup_to.as_deref())] {
        let Some(path) = path else { continue };
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        match rustix::fs::statvfs(path) {
            Ok(stat) => room(what, path, stat.f_bavail.saturating_mul(stat.f_frsize), found),
            Err(error) => found.add(what, How::Wrong, format!("{}: {error}", path.display())),
        }
    }
    if let Err(Failure::File(says)) = writable(&args.running.database.database_url) {
        found.add("disk", How::Wrong, format!("nothing can be saved: {says}"));
    }
    if let Some(key) = &keeping.checkpoint_key {
        match Signing::open(key) {
            Ok(_) => found.add("signing key", How::Well, "it signs"),
            Err(says) => found.add("signing key", How::Wrong, says),
        }
    }
}

/// The key that seals secrets: that it is there, can be read, and lies open to nobody.
fn sealing_key(args: &Doctor, found: &mut Findings) {
    let Some(file) = sealing_file(&args.running.database) else {
        let says = "none is named: `serve` needs `--sealing-key FILE` with PostgreSQL, and makes it";
        return found.add("sealing key", How::Wrong, says);
    };
    let shown = file.display();
    if !file.exists() {
        let says =
            format!("`{shown}` is not there: `serve` makes it; if there was one before, put its copy back first");
        return found.add("sealing key", How::Look, says);
    }
    if let Some(says) = store::lies_open(&file) {
        found.add("sealing key", How::Wrong, says);
    }
    match safe::sealing_keys(&file) {
        Ok(keys) => {
            let older = if keys.len() > 1 { format!(", with {} older", keys.len() - 1) } else { String::new() };
            let says = format!("`{shown}`{older}; is a copy kept elsewhere, and not with the backups?");
            found.add("sealing key", How::Well, says);
        }
        Err(says) => found.add("sealing key", How::Wrong, says),
    }
}

/// Secrets that the database holds: that they are sealed, and that the key opens them.
async fn sealed(app: &App, found: &mut Findings) {
    match secrets::standing(app).await {
        Ok(standing) => {
            if standing.sealed > 0 {
                let says =
                    format!("{} stand unsealed in the database: start `serve` once, which seals them", standing.sealed);
                found.add("secrets", How::Wrong, says);
            }
            match standing.says() {
                Some(says) => found.add("secrets", How::Wrong, says),
                None if standing.sealed == 0 => {
                    found.add("secrets", How::Well, "all are sealed, and open with the key");
                }
                None => {}
            }
        }
        Err(error) => found.add("secrets", How::Wrong, error.to_string()),
    }
    match secrets::keys_lost(app).await {
        Ok(lost) if lost.is_empty() => {}
        Ok(lost) => {
            let says = format!(
                "what was sealed with the key {} cannot be opened: it was noted as lost. Enter those addresses anew; if the key turns up, put \
                 its line into the file of the key and run `whereabouts rebuild`",
                lost.join(", ")
            );
            found.add("addresses", How::Look, says);
        }
        Err(error) => found.add("addresses", How::Wrong, error.to_string()),
    }
}

/// The agencies that the county's file of periods names.
async fn retention(app: &App, found: &mut Findings) {
    match actions::retention::unknown_agencies(app).await {
        Ok(unknown) if unknown.is_empty() => {}
        Ok(unknown) => {
            let says = format!("`retention` names what is neither an agency nor a kind of one: {}", unknown.join(", "));
            found.add("retention", How::Look, says);
        }
        Err(error) => found.add("retention", How::Wrong, error.to_string()),
    }
}

fn room(what: &'static str, path: &Path, free: u64, found: &mut Findings) {
    let says = format!("{} GB free in {}", free >> 30, path.display());
    let (how, then) = match free {
        free if free < FULL => (How::Wrong, ": nothing more can be saved soon; make room now"),
        free if free < FILLING => (How::Look, ": make room"),
        _ => (How::Well, ""),
    };
    found.add(what, how, says + then);
}

async fn database(app: &App, found: &mut Findings) {
    match app.store().condition().await {
        Ok(settings) => {
            let wrong = |one: &&store::Setting| one.wanted.is_some_and(|wanted| wanted != one.is);
            let says: Vec<String> = settings.iter().map(|one| format!("{} {}", one.name, one.is)).collect();
            found.add("database", How::Well, format!("{}: {}", app.store().kind(), says.join(", ")));
            for one in settings.iter().filter(wrong) {
                let wanted = one.wanted.unwrap_or_default();
                // What is acknowledged could be lost without the first two; without checksums a bad disk is noticed later.
                let how = if one.name == "data_checksums" { How::Look } else { How::Wrong };
                found.add("database", how, format!("`{}` is {}, and should be {wanted}", one.name, one.is));
            }
        }
        Err(error) => found.add("database", How::Wrong, error.to_string()),
    }
    match app.store().ahead_s(app.now().0.saturating_mul(1_000_000)).await {
        Ok(Some(ahead)) if ahead.abs() > OUT_BY => {
            let says =
                format!("this clock and the database's differ by {ahead} s: limits would be wrong; set both by NTP");
            found.add("clock", How::Wrong, says);
        }
        Ok(_) => found.add("clock", How::Well, app.rules().vocabulary().calendar.words(app.now())),
        Err(error) => found.add("clock", How::Wrong, error.to_string()),
    }
}

/// What the worker noted: that it runs, that the database is whole, that there are backups.
async fn kept(args: &Doctor, app: &App, found: &mut Findings) {
    let Some(standing) = upkeep::standing(app).await else { return };
    let words = |at| app.rules().vocabulary().calendar.words(at);
    match upkeep::pulse(&standing, app.now()) {
        Pulse::Beats => found.add("worker", How::Well, "it runs"),
        Pulse::StoppedAt(at) => {
            found.add("worker", How::Wrong, format!("stopped {}: nobody is alerted; start it", words(at)));
        }
        Pulse::Never => {
            found.add("worker", How::Wrong, "none ever ran here: run `whereabouts worker`, or `serve` with `--worker`");
        }
    }
    second_copy(app, &standing, found).await;
    let hours = i64::from(args.keeping.backup_hours.max(1));
    let due = [("verify", "last checked", 2), ("backup", "last backup", 2 * hours)];
    for (name, what, within_hours) in due {
        let one = standing.iter().find(|one| one.name == name);
        match (one, upkeep::done_at(&standing, name)) {
            (Some(Standing { says, .. }), Some(at)) if !says.is_empty() => {
                found.add(what, How::Wrong, format!("{}: {says}", words(at)));
            }
            (_, Some(at)) if at.plus_minutes(within_hours * 60) < app.now() => {
                found.add(what, How::Wrong, format!("{}, over {within_hours} h ago", words(at)));
            }
            (_, Some(at)) => found.add(what, How::Well, words(at)),
            (_, None) => found.add(what, How::Look, format!("never; see docs/operating.md, \"{name}\"")),
        }
    }
}

/// What is known of the follower, where there is one: what it refused, since when there is one copy only.
async fn second_copy(app: &App, standing: &[Standing], found: &mut Findings) {
    const WHAT: &str = "second copy";
    let words = |at| app.rules().vocabulary().calendar.words(at);
    let refused = standing.iter().find(|one| one.name == upkeep::FOLLOWER && !one.says.is_empty());
    if let (Some(one), Some(at)) = (refused, upkeep::done_at(standing, upkeep::FOLLOWER)) {
        found.add(WHAT, How::Wrong, format!("the follower refused what it was sent {}: {}", words(at), one.says));
    }
    let Some(known) = copies::known(app).await else { return };
    let behind = known.behind;
    match copies::alone_since(&known) {
        _ if !known.begun => {
            found.add(WHAT, How::Wrong, "the follower has not taken its first copy: start `whereabouts follow`");
        }
        Some(at) => {
            let says = format!(
                "one copy only of what was saved since {}: the follower is {behind} entries behind; look whether it runs",
                words(at)
            );
            found.add(WHAT, How::Wrong, says);
        }
        None => found.add(WHAT, How::Well, "the follower has everything"),
    }
}
