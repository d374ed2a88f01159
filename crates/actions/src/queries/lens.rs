//! Through whose eyes, and at what moment, something is shown.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::refused::Result;
use crate::views::Viewer;
use crate::words::Clockface;
use engine::time::Moment;
use store::Scope;

/// Who looks, and when.
pub(crate) struct Lens<'a> {
    pub app: &'a App,
    pub actor: &'a Actor,
    pub now: Moment,
    pub face: Clockface<'a>,
    /// The owners whose duties are the viewer's own, or are seen to by the viewer.
    pub own: Vec<String>,
}

impl<'a> Lens<'a> {
    /// As things are now.
    pub fn new(app: &'a App, actor: &'a Actor) -> Lens<'a> {
        let now = app.now();
        let face = Clockface { calendar: &app.rules.library.vocabulary.calendar, now };
        let mut own = app.policy.answers_for(&actor.role);
        own.extend(app.rules.vocabulary().sees_to(&actor.role).map(String::from));
        Lens { app, actor, now, face, own }
    }

    /// Is this owner the viewer?
    pub fn is_own(&self, owner: Option<&str>) -> bool {
        owner.is_some_and(|o| self.own.iter().any(|own| own == o))
    }

    /// The frame around the page.
    pub async fn viewer(&self) -> Result<Viewer> {
        let mut viewer = Viewer {
            person: self.actor.person.clone(),
            name: self.actor.name.clone(),
            role: self.actor.role.clone(),
            role_name: self.actor.role_name.clone(),
            agency: self.actor.agency_name.clone(),
            sees_children: self.actor.sees_children,
            alerts: 0,
            as_at: format!("as at {}", self.face.clock(self.now)),
            as_at_iso: self.face.calendar.stamp(self.now),
        };
        if self.actor.sees_children {
            let scope = Scope { agency: self.actor.agency.clone(), relation_to_all: self.actor.sees_all };
            viewer.alerts = self.app.store.alerts_waiting(&scope, &self.own).await? as u32;
        }
        Ok(viewer)
    }
}

/// The frame around a page that shows no child: help, errors, the home page of who runs the system.
pub async fn viewer(app: &App, actor: &Actor) -> Result<Viewer> {
    Lens::new(app, actor).viewer().await
}

/// May the viewer see lists of children?
pub(super) async fn lists(lens: &Lens<'_>) -> Result<crate::authorise::Permit> {
    authorise(lens.app, lens.actor, Verb::List, None).await
}
