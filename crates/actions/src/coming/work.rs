//! A file that somebody sent on a page, and what becomes of it: tried at once, brought in when they say so. It is worked on beside the pages, and a
//! page shows how far it is. The file is held in memory alone, for that person, and no longer than an hour.

use super::{Brought, By, Mapping, Settled, Table, bring, given, read};
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use policy::Act;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// So long a file is held.
const HELD_US: i64 = 60 * 60 * 1_000_000;

/// The files that are worked on, by the person.
#[derive(Clone, Default)]
pub(crate) struct Works(Arc<Mutex<HashMap<String, Work>>>);

#[derive(Clone)]
struct Work {
    since_us: i64,
    file: String,
    mapping: Mapping,
    tables: Arc<Vec<Table>>,
    /// How far it is, and of how many.
    done: (usize, usize),
    trial: bool,
    /// What came of it; none while it is under way.
    came: Option<std::result::Result<Brought, String>>,
}

/// How the file that somebody sent stands.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// The name of the file.
    pub file: String,
    /// The mapping.
    pub source: String,
    /// How many children are done.
    pub done: usize,
    /// Of how many.
    pub all: usize,
    /// Nothing is saved.
    pub trial: bool,
    /// What came of it; none while it is under way.
    pub came: Option<Brought>,
    /// Why nothing came of it; empty where something did.
    pub broken: String,
}

impl Works {
    fn with<T>(&self, work: impl FnOnce(&mut HashMap<String, Work>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn problem(says: impl Into<String>) -> Refused {
    Refused::Invalid(vec![FieldProblem::new("file", says)])
}

/// May this person bring records in? And which mappings there are, for the form.
pub async fn mappings(app: &App, actor: &Actor) -> Result<Vec<&'static str>> {
    authorise(app, actor, Verb::Do(Act::Bring), None).await?;
    Ok(given().iter().map(|(name, _)| *name).collect())
}

/// Takes a file and tries it.
pub async fn begin(app: &App, actor: &Actor, mapping: &str, file: &str, bytes: &[u8]) -> Result<()> {
    authorise(app, actor, Verb::Do(Act::Bring), None).await?;
    let mapping = Mapping::read(mapping).map_err(problem)?;
    // What one agency brought, another does not come upon by sending the same ids.
    let source = format!("{}@{}", mapping.source, actor.agency);
    let mapping = mapping.without_ids(&source);
    if bytes.is_empty() {
        return Err(problem("Choose a file: CSV, or a workbook (.xlsx)"));
    }
    let tables = read(file, bytes).map_err(problem)?;
    if !tables.iter().any(|table| mapping.of(&table.name).is_some()) {
        let names: Vec<&str> = mapping.table.iter().map(|of| of.name.as_str()).collect();
        return Err(problem(format!(
            "Which table `{file}` is, its name has to say: one of {}. Rename the file, or choose how its columns are named",
            names.join(", ")
        )));
    }
    let now = app.now_us();
    let work = Work {
        since_us: now,
        file: file.into(),
        mapping,
        tables: Arc::new(tables),
        done: (0, 0),
        trial: true,
        came: None,
    };
    app.works.with(|works| {
        works.retain(|_, work| now - work.since_us < HELD_US);
        works.insert(actor.person.clone(), work);
    });
    run(app, actor, Settled::new(), true);
    Ok(())
}

/// Tries the file again, or brings it in, with what was said of who may be here already.
pub async fn go_on(app: &App, actor: &Actor, settled: Settled, trial: bool) -> Result<()> {
    authorise(app, actor, Verb::Do(Act::Bring), None).await?;
    let ready = app.works.with(|works| {
        let work = works.get_mut(&actor.person).filter(|work| work.came.is_some())?;
        (work.came, work.done, work.trial) = (None, (0, 0), trial);
        Some(())
    });
    if ready.is_some() {
        run(app, actor, settled, trial);
    }
    Ok(())
}

fn run(app: &App, actor: &Actor, settled: Settled, trial: bool) {
    let (app, actor) = (app.clone(), actor.clone());
    tokio::spawn(async move {
        let person = actor.person.clone();
        let Some((mapping, tables)) =
            app.works.with(|works| works.get(&person).map(|work| (work.mapping.clone(), work.tables.clone())))
        else {
            return;
        };
        let works = app.works.clone();
        let whose = person.clone();
        let mut told = move |done: usize, all: usize| {
            works.with(|works| works.get_mut(&whose).map(|work| work.done = (done, all)));
        };
        let came = bring(&app, By::Person(&actor), &mapping, &tables, &settled, trial, &mut told).await;
        let came = came.map_err(|refused| refused.says());
        app.works.with(|works| works.get_mut(&person).map(|work| work.came = Some(came)));
    });
}

/// How the file of this person stands; none if they have sent none lately.
pub async fn standing(app: &App, actor: &Actor) -> Result<Option<Standing>> {
    authorise(app, actor, Verb::Do(Act::Bring), None).await?;
    let work = app.works.with(|works| works.get(&actor.person).cloned());
    Ok(work.map(|work| {
        let (came, broken) = match work.came {
            Some(Ok(came)) => (Some(came), String::new()),
            Some(Err(says)) => (None, says),
            None => (None, String::new()),
        };
        let (done, all) = work.done;
        Standing { file: work.file, source: work.mapping.source, done, all, trial: work.trial, came, broken }
    }))
}
