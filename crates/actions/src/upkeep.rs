//! Whether lists are what the chronologies give, making them anew, and what is said of the database's health.

use crate::app::{App, moment};
use crate::case::{Compared, compare, relist};
use crate::copies;
use crate::refused::Result;
use engine::time::Moment;
use std::time::Duration;
pub use store::FOLLOWER;
use store::Standing;

/// So many children are taken at once.
const BATCH: i64 = 200;
/// The database has this long to answer before it is said that it does not.
const PATIENCE: Duration = Duration::from_secs(3);

/// What came of comparing all lists.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Lists {
    /// So many children's lists were compared.
    pub compared: usize,
    /// So many wait to be made again, because time has changed them.
    pub waiting: usize,
    /// The first that differ, with the place.
    pub fault: Option<String>,
}

/// Compares the lists of all children with what their chronologies give, up to the first that differ.
pub async fn compare_lists(app: &App) -> Result<Lists> {
    let mut lists = Lists::default();
    let mut last = String::new();
    loop {
        let children = app.store.children_after(&last, BATCH).await?;
        for child in &children {
            match compare(app, child).await? {
                Compared::Same => lists.compared += 1,
                Compared::Waiting => lists.waiting += 1,
                Compared::Differs(what) => {
                    lists.fault = Some(format!("child {child}: {what}"));
                    return Ok(lists);
                }
            }
        }
        match children.into_iter().next_back() {
            Some(child) => last = child,
            None => return Ok(lists),
        }
    }
}

/// Makes all lists anew from the chronologies. Gives the number of children, and what could not be read.
pub async fn rebuild(app: &App) -> Result<(usize, Vec<String>)> {
    let (mut count, mut unread) = (0, Vec::new());
    let mut last = String::new();
    loop {
        let children = app.store.children_after(&last, BATCH).await?;
        for child in &children {
            match relist(app, child).await? {
                Ok(()) => count += 1,
                Err(why) => unread.push(format!("child {child}: {why}")),
            }
        }
        match children.into_iter().next_back() {
            Some(child) => last = child,
            None => return Ok((count, unread)),
        }
    }
}

/// The moment at which something was last done for the database's safety.
pub fn done_at(standing: &[Standing], name: &str) -> Option<Moment> {
    standing.iter().find(|one| one.name == name).map(|one| moment(one.at_us))
}

/// Whether something that is done every so many minutes is due. What is noted for a later time than now was noted by a clock that has been put
/// right since, and says nothing: else nothing would be checked or backed up until that time had come.
pub fn is_due(standing: &[Standing], name: &str, minutes: i64, now: Moment) -> bool {
    done_at(standing, name).is_none_or(|at| at.plus_minutes(minutes) <= now || at.0 > now.0 + SILENT)
}

/// Under this name a worker notes that it runs.
const WORKER: &str = "worker";
/// So often it does, in seconds.
pub(crate) const BEAT: i64 = 30;
/// A worker that was not heard of for so many seconds is not running.
const SILENT: i64 = 150;

/// What is said of the health of this installation: no place and no name, for whoever asks without signing in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// The database answers, and takes what is saved: people can work.
    pub ready: bool,
    /// What is to be said, a line each.
    pub lines: Vec<String>,
}

/// Whether a worker raises reminders and alerts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Pulse {
    /// One does.
    Beats,
    /// None since this moment.
    StoppedAt(Moment),
    /// None ever did.
    Never,
}

/// Whether a worker runs, by what is noted.
pub fn pulse(standing: &[Standing], now: Moment) -> Pulse {
    match done_at(standing, WORKER) {
        None => Pulse::Never,
        // A beat of a time that is still to come was noted before the clock was put back, by a worker that may have stopped since.
        Some(at) if at.0 - now.0 > SILENT => Pulse::StoppedAt(now),
        Some(at) if now.0 - at.0 > SILENT => Pulse::StoppedAt(at),
        Some(_) => Pulse::Beats,
    }
}

/// A worker runs.
pub(crate) async fn beat(app: &App) -> Result<()> {
    let beat = Standing { name: WORKER.to_owned(), at_us: app.now_us(), says: String::new() };
    Ok(app.store.standing_put(&beat).await?)
}

/// What is noted of the database's safety and of the worker; none if the database does not answer in time.
pub async fn standing(app: &App) -> Option<Vec<Standing>> {
    tokio::time::timeout(PATIENCE, app.store.standing()).await.ok()?.ok()
}

/// Something that a worker does for the database's safety: when it was last done, and whether it met a fault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Figure {
    /// `worker`, `verify`, `checkpoint`, `backup`.
    pub what: String,
    /// Seconds since 1970.
    pub at_s: i64,
    /// It found or met a fault.
    pub fault: bool,
}

/// Why nothing can be saved though the database answers; none if it can.
async fn cannot_save(app: &App) -> Option<&'static str> {
    let tried = tokio::time::timeout(PATIENCE, app.store.cannot_save()).await;
    tried.unwrap_or(Some("the disk of the database does not answer"))
}

/// The same as numbers; none if the database does not answer in time, or nothing can be saved.
pub async fn figures(app: &App) -> Option<Vec<Figure>> {
    if cannot_save(app).await.is_some() {
        return None;
    }
    let of = |one: Standing| Figure { at_s: moment(one.at_us).0, fault: !one.says.is_empty(), what: one.name };
    Some(standing(app).await?.into_iter().map(of).collect())
}

/// How often it was decided who may what since the program began, and how long that took altogether.
pub fn decisions(app: &App) -> (u64, Duration) {
    app.decisions.so_far()
}

/// What whoever keeps this system must hear of at once, in words; nothing if all is well.
pub(crate) fn alarms(standing: &[Standing]) -> Vec<&'static str> {
    let says = |one: &Standing| match one.name.as_str() {
        "verify" => Some(
            "The hourly check found something in the database that is not as it was saved. Have whoever runs the server stop it, keep its \
             files as they are, and run whereabouts verify.",
        ),
        "checkpoint" => Some("No checkpoint could be signed. Have whoever runs the server look at the worker's log."),
        "backup" => Some("The last backup failed. Have whoever runs the server look at the worker's log."),
        FOLLOWER => Some(
            "The second machine refuses what it is sent: what is saved has one copy only. Have whoever runs the server keep the files of both \
             machines as they are, and run whereabouts doctor.",
        ),
        _ => None,
    };
    standing.iter().filter(|one| !one.says.is_empty()).filter_map(says).collect()
}

/// The health of this installation.
pub async fn health(app: &App) -> Health {
    let Some(standing) = standing(app).await else {
        return Health { ready: false, lines: vec!["the database does not answer".into()] };
    };
    if app.store.moved() {
        let says =
            "the file of the database was moved or replaced: nothing is saved until the program is started again";
        return Health { ready: false, lines: vec![says.into()] };
    }
    if let Some(says) = cannot_save(app).await {
        return Health { ready: false, lines: vec![format!("nothing can be saved: {says}")] };
    }
    let now = app.now();
    let ago_of = |at_us| {
        let minutes = (now.0 - moment(at_us).0).max(0) / 60;
        if minutes < 120 { format!("{minutes} min ago") } else { format!("{} h ago", minutes / 60) }
    };
    let line = |one: &Standing| {
        let ago = ago_of(one.at_us);
        match one.name.as_str() {
            WORKER if pulse(&standing, now) == Pulse::Beats => "the worker runs".to_owned(),
            WORKER => format!("NO WORKER RUNS: reminders and alerts stopped {ago}"),
            "verify" if one.says.is_empty() => format!("checked {ago}: whole"),
            "verify" => format!("checked {ago}: A FAULT WAS FOUND, run `whereabouts verify`"),
            "backup" if one.says.is_empty() => format!("backup {ago}"),
            "backup" => "the last backup FAILED, see the log of the worker".to_owned(),
            FOLLOWER => "THE FOLLOWER REFUSES what it is sent, see `whereabouts doctor`".to_owned(),
            name if one.says.is_empty() => format!("{name} {ago}"),
            name => format!("the last {name} FAILED, see the log of the worker"),
        }
    };
    // Of a follower that takes what it is sent its own line says more.
    let said = standing.iter().filter(|one| one.name != FOLLOWER || !one.says.is_empty());
    let mut lines: Vec<String> = said.map(line).collect();
    lines.extend(copies::known(app).await.map(|known| copies::line(&known, ago_of)));
    if pulse(&standing, now) == Pulse::Never {
        lines.push("NO WORKER RUNS: nobody is reminded or alerted".to_owned());
    }
    Health { ready: true, lines }
}

#[cfg(test)]
mod tests {
    use super::{Moment, Pulse, Standing, is_due, pulse};

    fn at(name: &str, seconds: i64) -> Vec<Standing> {
        vec![Standing { name: name.into(), at_us: seconds * 1_000_000, says: String::new() }]
    }

    #[test]
    fn what_a_clock_noted_that_was_put_right_is_not_believed() {
        let now = Moment(1_000_000);
        assert!(is_due(&[], "backup", 60, now));
        assert!(!is_due(&at("backup", now.0 - 3_599), "backup", 60, now));
        assert!(is_due(&at("backup", now.0 - 3_600), "backup", 60, now));
        assert!(!is_due(&at("backup", now.0 + 30), "backup", 60, now), "servers differ by some seconds");
        assert!(is_due(&at("backup", now.0 + 365 * 24 * 3_600), "backup", 60, now), "the clock was a year ahead");
        assert_eq!(pulse(&at("worker", now.0 + 30), now), Pulse::Beats);
        assert_eq!(pulse(&at("worker", now.0 + 3_600), now), Pulse::StoppedAt(now), "an hour back: nobody knows");
    }
}
