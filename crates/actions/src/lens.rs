//! Through whose eyes pages are made.

use crate::app::App;
use crate::authorise::{Actor, scope};
use crate::refused::Result;
use policy::{Act, Answers as _, Ties};
use views::seen_to::lists_of;
use views::{Lens, Record, Viewer, Who};

/// Somebody, as things are now.
pub(crate) fn lens<'a>(app: &'a App, actor: &Actor) -> Lens<'a> {
    let mut own = app.policies.roles().answers_for(&actor.role);
    own.extend(crate::cover::covered(app, actor, app.now()));
    let vocabulary = app.rules.vocabulary();
    let who = Who {
        name: actor.name.clone(),
        role: actor.role.clone(),
        role_name: actor.role_name.clone(),
        agency: actor.agency_name.clone(),
        own: lists_of(vocabulary, &actor.role, own),
        sees_to: vocabulary.sees_to(&actor.role).map(String::from).collect(),
    };
    Lens::new(&app.rules, who, app.now())
}

/// Through the eyes of somebody who looks at this record: whoever broke the glass to see it owes nothing in it.
pub(crate) fn on<'a>(mut lens: Lens<'a>, record: &Record) -> Lens<'a> {
    if record.glass {
        lens.who.own.clear();
        lens.who.sees_to.clear();
    }
    lens
}

/// The frame around a page.
pub(crate) async fn framed(app: &App, actor: &Actor, lens: &Lens<'_>) -> Result<Viewer> {
    let mut viewer = Viewer {
        person: actor.person.clone(),
        name: actor.name.clone(),
        role: actor.role.clone(),
        role_name: actor.role_name.clone(),
        agency: actor.agency_name.clone(),
        sees_children: actor.sees_children,
        keeps: crate::keeping::keeps_anything(actor),
        interviews: actor.sees_children && crate::post::rules().sees_interviews(&actor.role),
        manages: actor.sees_children && crate::post::rules().manages(&actor.role),
        guards: app.policies.roles().is(&actor.role, "guardians"),
        lets_go: crate::retention::decides(app, &actor.role),
        has_area: app.policies.may(&actor.role, Ties::default()).acts.has(Act::Attend)
            && !crate::area::own(app, actor).is_empty(),
        alerts: 0,
        area_name: String::new(),
        logo: None,
        as_at: format!("as at {}", lens.face.clock(lens.now)),
        as_at_day: lens.face.calendar.words(lens.now),
        as_at_iso: lens.face.calendar.stamp(lens.now),
    };
    if let Some(head) = crate::setting::head(app, actor).await? {
        (viewer.area_name, viewer.logo) = (head.name, head.logo);
    }
    if actor.sees_children {
        let scope = scope(app, actor);
        let silent = app.store.silences_of(&scope).await?.iter().filter(|one| one.seen_us.is_none()).count();
        let late = crate::area::count_late(app, actor, lens).await?;
        viewer.alerts = app.store.alerts_waiting(&scope, &lens.who.own).await? as u32 + (silent + late) as u32;
    }
    Ok(viewer)
}
