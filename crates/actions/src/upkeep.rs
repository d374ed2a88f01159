//! Whether lists are what the chronologies give, making them anew, and what is said of the database's health.

use crate::app::{App, moment};
use crate::case::{Compared, compare, relist};
use crate::refused::Result;
use engine::time::Moment;
use std::time::Duration;
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

/// What is said of the database's health: no place and no name, for whoever asks without signing in.
pub async fn health(app: &App) -> Vec<String> {
    let Ok(Ok(standing)) = tokio::time::timeout(PATIENCE, app.store.standing()).await else {
        return vec!["the database does not answer".into()];
    };
    let now = app.now();
    let line = |one: &Standing| {
        let minutes = (now.0 - moment(one.at_us).0).max(0) / 60;
        let ago = if minutes < 120 { format!("{minutes} min ago") } else { format!("{} h ago", minutes / 60) };
        match one.name.as_str() {
            "verify" if one.says.is_empty() => format!("checked {ago}: whole"),
            "verify" => format!("checked {ago}: A FAULT WAS FOUND, run `whereabouts verify`"),
            "backup" if one.says.is_empty() => format!("backup {ago}"),
            "backup" => "the last backup FAILED, see the log of the worker".to_owned(),
            name if one.says.is_empty() => format!("{name} {ago}"),
            name => format!("the last {name} FAILED, see the log of the worker"),
        }
    };
    standing.iter().map(line).collect()
}
