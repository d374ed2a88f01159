//! What is kept of a form half filled in. A draft is its author's alone; whether they may still see the child is asked each time.

use super::Sent;
use crate::app::App;
use crate::authorise::Actor;
use crate::refused::{Refused, Result};
use casebook::command::Answers;
use serde::{Deserialize, Serialize};
use store::FormDraft;
use views::DutyKey;

/// What was typed, and from what the form was opened.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
pub(super) struct Body {
    /// The answers, name by name.
    pub answers: Vec<(String, String)>,
    /// The event, where it is not the form's own.
    #[serde(default)]
    pub event: String,
    /// The completed form that it was begun from.
    #[serde(default)]
    pub from: String,
    /// The episode.
    pub episode: Option<String>,
    /// The duty's key.
    pub duty: Option<String>,
    /// The act.
    #[serde(default)]
    pub act: Option<String>,
}

impl Body {
    /// Of a form that was sent.
    pub fn of(sent: &Sent) -> Body {
        Body {
            answers: sent.answers.pairs().map(|(name, value)| (name.into(), value.into())).collect(),
            event: sent.event.clone(),
            from: sent.from.clone(),
            episode: sent.episode.clone(),
            duty: sent.duty.as_ref().map(ToString::to_string),
            act: sent.act.clone(),
        }
    }

    /// As it was kept; nothing of what cannot be read.
    pub fn read(text: &str) -> Body {
        serde_json::from_str(text).unwrap_or_default()
    }

    pub fn text(&self) -> Result<String> {
        serde_json::to_string(self).map_err(|e| Refused::Unavailable(e.to_string()))
    }

    pub fn answers(&self) -> Answers {
        self.answers.clone().into()
    }

    pub fn duty(&self) -> Option<DutyKey> {
        self.duty.as_deref().and_then(|key| key.parse().ok())
    }
}

/// What a half filled form is of: a person has one draft of it about a child, from wherever it is opened.
pub(super) fn subject(sent: &Sent) -> String {
    let of_duty = sent.duty.as_ref().and_then(|key| key.episode.as_deref());
    let episode = sent.episode.as_deref().or(of_duty).unwrap_or_default();
    [&sent.rulebook, &sent.edition, &sent.form, &sent.event, episode].join("|")
}

/// A draft of this person, of a child.
pub(super) async fn of(app: &App, actor: &Actor, child: &str, id: &str) -> Result<FormDraft> {
    let draft = app.store.form_draft(&actor.person, id).await?;
    draft.filter(|draft| draft.child_id == child).ok_or(Refused::NotFound)
}
