//! A report half written. It is kept for whoever is writing it; lately begun, those of the same home or team see it and can go on with it.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::case::Purpose;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, OCCURRED};
use policy::Act;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::Draft;

/// What the record of the child is loaded for.
pub(super) const REPORT: Purpose = Purpose { verb: Verb::Do(Act::Report), look: "report" };

/// What kind of draft it is.
pub(super) const KIND: &str = "report";

/// What was typed so far.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Body {
    /// The answers, name by name.
    pub answers: Vec<(String, String)>,
    /// The steps that were answered or skipped.
    pub done: Vec<String>,
    /// The episode that it led to, once it is finished.
    pub episode: Option<String>,
    /// It is finished.
    #[serde(default)]
    pub finished: bool,
    /// Of each step that was answered: how often it was saved, and who saved it last.
    #[serde(default)]
    pub saved: BTreeMap<String, (u32, String)>,
}

impl Body {
    /// Of a report that begins now. The absence was noticed now, unless somebody says otherwise: whoever goes straight to the end is not
    /// turned back for a time.
    pub fn begun(app: &App) -> Body {
        let mut answers = Answers::default();
        views::making::now(&mut answers, OCCURRED, &app.rules.vocabulary().calendar, app.now());
        let answers = answers.pairs().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Body { answers, ..Body::default() }
    }

    /// Was anything said in a step?
    pub fn says(&self, fields: &[String]) -> bool {
        self.answers.iter().any(|(name, value)| !value.trim().is_empty() && is_of(fields, name))
    }

    pub fn answers(&self) -> Answers {
        self.answers.clone().into()
    }

    /// Was a step answered or skipped?
    pub fn is_done(&self, step: &str) -> bool {
        self.done.iter().any(|done| done == step)
    }

    /// How often a step was saved.
    pub fn times(&self, step: &str) -> u32 {
        self.saved.get(step).map_or(0, |(times, _)| *times)
    }

    /// Who answered a step since it had been saved so often; perhaps oneself, in another window.
    pub fn overtaken(&self, step: &str, times: &str) -> Option<&str> {
        let saved = self.saved.get(step).filter(|(now, _)| !times.is_empty() && now.to_string() != times);
        saved.map(|(_, by)| by.as_str())
    }

    /// Does a step say this already?
    pub fn says_just(&self, fields: &[String], answers: &Answers) -> bool {
        let own = |answers: &Answers| -> Vec<(String, String)> {
            let own = answers.pairs().filter(|(name, value)| is_of(fields, name) && !value.trim().is_empty());
            own.map(|(name, value)| (name.to_string(), value.trim().to_string())).collect()
        };
        own(&self.answers()) == own(answers)
    }

    /// Lays the answers of a step over those before: of the fields of that step nothing older stays.
    pub fn take(&mut self, step: &str, fields: &[String], answers: &Answers, person: &str) {
        let times = self.times(step);
        self.saved.insert(step.into(), (times + 1, person.into()));
        self.answers.retain(|(name, _)| !is_of(fields, name));
        let new = answers.pairs().filter(|(name, _)| is_of(fields, name));
        self.answers.extend(new.map(|(name, value)| (name.to_string(), value.to_string())));
        if !self.is_done(step) {
            self.done.push(step.into());
        }
    }
}

/// Does an answer belong to one of these fields?
fn is_of(fields: &[String], name: &str) -> bool {
    fields.iter().any(|field| name == field || name.strip_prefix(field.as_str()).is_some_and(is_part))
}

/// Is this what follows a field's name where the field is a date or a time?
fn is_part(rest: &str) -> bool {
    ["-day", "-month", "-year", "-time", "-fold"].contains(&rest)
}

/// A report begun: of which child, what it says, and what is kept of it.
pub(super) struct Begun {
    pub child: String,
    pub body: Body,
    pub kept: Draft,
}

/// A colleague goes on with a report that was saved so lately: what lay longer is its author's again.
const SHARED_US: i64 = 86_400 * 1_000_000;

/// So often a report is saved again where somebody else saves it at the same time.
const TRIES: usize = 5;

/// Reads a report that this person began, or somebody of their home or team lately did. Whether they may still see its child is asked when
/// the child's record is loaded, and of what somebody else began at once.
pub(super) async fn read(app: &App, actor: &Actor, id: &str) -> Result<Begun> {
    authorise(app, actor, Verb::Do(Act::List), None).await?;
    if let Some(own) = app.store.draft_get(&actor.person, id).await?.filter(|d| d.kind == KIND) {
        return opened(own);
    }
    let begun = opened(lately(app, actor).await?.into_iter().find(|d| d.id == id).ok_or(Refused::NotFound)?)?;
    match authorise(app, actor, Verb::Do(Act::Report), Some(&begun.child)).await {
        Ok(_) => Ok(begun),
        // That there is such a report is nobody's to know who may not go on with it.
        Err(_) => Err(Refused::NotFound),
    }
}

fn opened(kept: Draft) -> Result<Begun> {
    let child = kept.child_id.clone().ok_or(Refused::NotFound)?;
    let body = serde_json::from_str(&kept.body).map_err(|_| Refused::NotFound)?;
    Ok(Begun { child, body, kept })
}

/// The reports that somebody else of this person's home or team began, and that were saved lately; the last saved first.
async fn lately(app: &App, actor: &Actor) -> Result<Vec<Draft>> {
    let (agency, team) = at(actor);
    if agency.is_empty() {
        return Ok(Vec::new());
    }
    let all = app.store.drafts_in(KIND, (&agency, &team), app.now_us() - SHARED_US).await?;
    Ok(all.into_iter().filter(|d| d.person_id != actor.person).collect())
}

/// The reports not sent that somebody else of this person's home or team began, of children that they may report.
pub(super) async fn of_others(app: &App, actor: &Actor) -> Result<Vec<Begun>> {
    let mut found = Vec::new();
    for begun in lately(app, actor).await?.into_iter().filter_map(|draft| opened(draft).ok()) {
        let may = || authorise(app, actor, Verb::Do(Act::Report), Some(&begun.child));
        if !begun.body.finished && may().await.is_ok() {
            found.push(begun);
        }
    }
    Ok(found)
}

/// Where somebody works: the agency, and the team in it or nothing.
fn at(actor: &Actor) -> (String, String) {
    let team = actor.held().and_then(|held| held.post.team.clone());
    (actor.agency.clone(), team.unwrap_or_default())
}

/// Begins a draft of this person.
pub(super) async fn begin(app: &App, actor: &Actor, id: &str, child: &str, body: &Body) -> Result<()> {
    let (agency, team) = at(actor);
    let draft = Draft {
        id: id.into(),
        kind: KIND.into(),
        child_id: Some(child.into()),
        body: written(body)?,
        updated_us: app.now_us(),
        person_id: actor.person.clone(),
        agency,
        team,
        begun_us: app.now_us(),
        n: 0,
    };
    Ok(app.store.draft_put(&actor.person, &draft).await?)
}

/// Changes what a report says, over whatever somebody else saved of it meanwhile; gives what it says now.
pub(super) async fn change(app: &App, actor: &Actor, id: &str, change: impl Fn(&mut Body)) -> Result<Body> {
    for _ in 0..TRIES {
        let Begun { mut body, mut kept, .. } = read(app, actor, id).await?;
        change(&mut body);
        (kept.body, kept.updated_us) = (written(&body)?, app.now_us());
        if app.store.draft_save(&kept).await? {
            return Ok(body);
        }
    }
    Err(Refused::Unavailable("Somebody else saves this report at the same time. Try again.".into()))
}

fn written(body: &Body) -> Result<String> {
    serde_json::to_string(body).map_err(|e| Refused::Unavailable(e.to_string()))
}
