//! A report half written, kept for the person who is writing it.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::case::Purpose;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, OCCURRED};
use policy::Act;
use serde::{Deserialize, Serialize};
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
        let of = |name: &str| fields.iter().any(|f| name == f || name.strip_prefix(f.as_str()).is_some_and(is_part));
        self.answers.iter().any(|(name, value)| !value.trim().is_empty() && of(name))
    }

    pub fn answers(&self) -> Answers {
        self.answers.clone().into()
    }

    /// Lays the answers of a step over those before: of the fields of that step nothing older stays.
    pub fn take(&mut self, step: &str, fields: &[String], answers: &Answers) {
        let belongs =
            |name: &str| fields.iter().any(|f| name == f || name.strip_prefix(f.as_str()).is_some_and(is_part));
        self.answers.retain(|(name, _)| !belongs(name));
        let new = answers.pairs().filter(|(name, _)| belongs(name));
        self.answers.extend(new.map(|(name, value)| (name.to_string(), value.to_string())));
        if !self.done.iter().any(|d| d == step) {
            self.done.push(step.into());
        }
    }
}

/// Is this what follows a field's name where the field is a date or a time?
fn is_part(rest: &str) -> bool {
    ["-day", "-month", "-year", "-time", "-fold"].contains(&rest)
}

/// Reads a draft of this person, and of which child it is. Whether they may still see the child is asked when its record is loaded.
pub(super) async fn read(app: &App, actor: &Actor, id: &str) -> Result<(String, Body)> {
    authorise(app, actor, Verb::Do(Act::List), None).await?;
    let draft = app.store.draft_get(&actor.person, id).await?.filter(|d| d.kind == KIND).ok_or(Refused::NotFound)?;
    let child = draft.child_id.ok_or(Refused::NotFound)?;
    let body = serde_json::from_str(&draft.body).map_err(|_| Refused::NotFound)?;
    Ok((child, body))
}

/// Saves a draft.
pub(super) async fn put(app: &App, actor: &Actor, id: &str, child: &str, body: &Body) -> Result<()> {
    let body = serde_json::to_string(body).map_err(|e| Refused::Unavailable(e.to_string()))?;
    let draft =
        Draft { id: id.into(), kind: KIND.into(), child_id: Some(child.into()), body, updated_us: app.now_us() };
    Ok(app.store.draft_put(&actor.person, &draft).await?)
}
