//! Asks for access to a child's record; the lead authority answers.

use super::{reason, tell};
use crate::app::{App, moment};
use crate::authorise::{Actor, Verb, authorise};
use crate::cover;
use crate::lens::lens;
use crate::refused::{Refused, Result};
use policy::{Act, Answers as _, Tie};
use std::collections::BTreeSet;
use store::{Relation, Request};
use views::Viewer;

/// Access that was granted lasts so long.
const LASTS_US: i64 = 28 * 24 * 60 * 60 * 1_000_000;

/// What somebody who does not work with a child may do to see it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Access {
    /// Who is looking.
    pub viewer: Viewer,
    /// They see the record already.
    pub sees: bool,
    /// They may ask for access.
    pub may_ask: bool,
    /// They may break the glass.
    pub may_break: bool,
    /// So long that lasts.
    pub minutes: i64,
    /// What they asked for last and were refused.
    pub refused: Option<RefusedAccess>,
}

/// That somebody was not given access.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefusedAccess {
    /// When, in words.
    pub when: String,
    /// Why, in the words of whoever answered.
    pub why: String,
}

/// The page on which somebody asks; it is the same whether or not there is such a child.
pub async fn access(app: &App, actor: &Actor, child: &str) -> Result<Access> {
    let permit = authorise(app, actor, Verb::Do(Act::Ask), Some(child)).await?;
    Ok(Access {
        viewer: crate::queries::viewer(app, actor).await?,
        sees: !permit.may.see.is_empty(),
        may_ask: true,
        may_break: permit.may.acts.has(Act::BreakGlass),
        minutes: super::MINUTES,
        refused: refused(app, actor, &permit.child).await?,
    })
}

/// The answer to what this person asked last, where it was no.
async fn refused(app: &App, actor: &Actor, child: &str) -> Result<Option<RefusedAccess>> {
    let asked = app.store.requests_of_child(child).await?;
    let last = asked.into_iter().find(|one| one.person_id == actor.person && one.kind == "ask");
    let refused = last.filter(|one| one.answer.as_deref() == Some("refused"));
    let face = lens(app, actor).face;
    Ok(refused.and_then(|one| {
        let when = face.when(moment(one.answered_us?)).words;
        Some(RefusedAccess { when, why: one.words.unwrap_or_default() })
    }))
}

/// Asks for access, in one's own words. The same key again does nothing. It tells nobody whether there is such a child.
pub async fn ask(app: &App, actor: &Actor, child: &str, why: &str, key: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Ask), Some(child)).await?;
    let reason = reason(why)?;
    if !is_there(app, actor, &permit.child).await? {
        return Ok(());
    }
    let now = app.now_us();
    let request = Request {
        id: format!("{}:{key}", actor.person),
        child_id: permit.child.clone(),
        person_id: permit.person,
        agency_id: actor.agency.clone(),
        kind: "ask".into(),
        reason,
        at_us: now,
        until_us: now + LASTS_US,
        ..Request::default()
    };
    app.store.request_put(&request, None).await?;
    let link = format!("/children/{}/relations", permit.child);
    tell(
        app,
        answerers(app, &permit.child).await?,
        "Somebody asks for access to the record of a child of yours.",
        &link,
    )
    .await
}

/// Those of the lead authority who answer; and whoever covers for them now.
async fn answerers(app: &App, child: &str) -> Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    for agency in app.store.agencies_of_child(child).await? {
        let area = agency.area.clone();
        for person in app.store.posted(&agency.id, app.now_us()).await? {
            // In the post that they hold there, whatever others they hold.
            let (id, agency, sees_all) = (person.id.clone(), person.agency, person.relation_to_all);
            let actor = Actor { person: id, agency, sees_all, ..Actor::default() };
            let ties = crate::authorise::ties(app, &actor, child).await?;
            let rests = cover::rests(app, &person.role, area.as_deref());
            if app.policies.may(&person.role, ties).acts.has(Act::Answer) && !rests {
                found.insert(person.id);
            }
        }
    }
    Ok(found)
}

/// Answers who asked: access for a while, or none, with the reason. Somebody else's answer that came first stands.
pub async fn answer(app: &App, actor: &Actor, child: &str, request: &str, grant: bool, words: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Answer), Some(child)).await?;
    let asked = app.store.request(request).await?.filter(|r| r.child_id == permit.child && r.kind == "ask");
    let asked = asked.ok_or(Refused::NotFound)?;
    if asked.person_id == permit.person {
        return Err(Refused::NotAllowed("Somebody else answers what you asked for.".into()));
    }
    if cover::rests(app, &actor.role, actor.area()) {
        let why = "You answer who asks while you cover. Within office hours those of the lead authority answer.";
        return Err(Refused::NotAllowed(why.into()));
    }
    let words = if grant && words.trim().is_empty() { String::new() } else { reason(words)? };
    let now = app.now_us();
    let relation = Relation {
        id: format!("asked:{}", asked.id),
        child_id: asked.child_id.clone(),
        person_id: Some(asked.person_id.clone()),
        kind: Tie::Asked.word().into(),
        from_us: now,
        until_us: Some(now + LASTS_US),
        reason: asked.reason.clone(),
        made_by: permit.person.clone(),
        made_us: now,
        ..Relation::default()
    };
    let answered = Request {
        answer: Some(if grant { "granted" } else { "refused" }.into()),
        words: Some(words),
        answered_by: Some(permit.person),
        answered_us: Some(now),
        ..asked
    };
    if app.store.request_answer(&answered, grant.then_some(&relation)).await? {
        let says = if grant {
            "You were given access to the record that you asked for."
        } else {
            "You were not given access to the record that you asked for. The page says why."
        };
        let link = format!("/children/{}{}", answered.child_id, if grant { "" } else { "/access" });
        tell(app, [answered.person_id], says, &link).await?;
    }
    Ok(())
}

/// Is there such a child, as far as this person may learn? Not for whoever must not see it.
pub(super) async fn is_there(app: &App, actor: &Actor, child: &str) -> Result<bool> {
    let barred = crate::authorise::ties(app, actor, child).await?.has(Tie::Barred);
    Ok(!barred && app.store.is_child(child).await?)
}
