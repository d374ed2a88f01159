//! Withheld places: where a child or somebody else must not be found. Nobody sees one alone: one person wants it, another, who may, opens
//! it for them, for a while.

use super::{reason, tell};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::case::whole_file;
use crate::refused::{Refused, Result};
use policy::{Act, Class, Tie};
use std::collections::HashSet;
use store::{Request, Withheld};

/// So long a withheld place stays open.
pub const WITHHELD_MINUTES: i64 = 60;

/// Withholds a placement's name and address, with the reason.
pub async fn withhold(app: &App, actor: &Actor, child: &str, place: &str, why: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Withhold), Some(child)).await?;
    let reason = reason(why)?;
    let file = whole_file(app, &permit.child).await?;
    if !file.placements.iter().any(|p| p.id == place) {
        return Err(Refused::NotFound);
    }
    let one = Withheld {
        child_id: permit.child,
        place: place.into(),
        reason,
        by_person: permit.person,
        at_us: app.now_us(),
        ..Withheld::default()
    };
    app.store.withhold(&one).await?;
    Ok(())
}

/// Lifts it. That takes two as well: whoever lifts it has had it opened by somebody else, and it is still open to them.
pub async fn lift(app: &App, actor: &Actor, child: &str, place: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Withhold), Some(child)).await?;
    if !opened(app, &permit).await?.iter().any(|open| open == place) {
        let why =
            "This takes two people: ask a second person to open the place. While it is open to you, you can lift it.";
        return Err(Refused::NotAllowed(why.into()));
    }
    app.store.lift(&permit.child, place, &permit.person, app.now_us()).await?;
    Ok(())
}

/// Wants a withheld place opened, in one's own words: whoever could see it if it were not withheld.
pub async fn want(app: &App, actor: &Actor, child: &str, place: &str, why: &str, key: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::See, Some(child)).await?;
    let reason = reason(why)?;
    let withheld = app.store.withheld(&permit.child).await?;
    if !permit.may.see.has(Class::Whereabouts) || !withheld.iter().any(|w| w.place == place) {
        return Err(Refused::NotFound);
    }
    let now = app.now_us();
    let request = Request {
        id: format!("{}:{key}", actor.person),
        child_id: permit.child.clone(),
        person_id: permit.person,
        agency_id: actor.agency.clone(),
        kind: "second".into(),
        what: place.into(),
        reason,
        at_us: now,
        until_us: now,
        ..Request::default()
    };
    app.store.request_put(&request, None).await?;
    let decided = withheld.into_iter().filter(|w| w.place == place && w.by_person != actor.person).map(|w| w.by_person);
    let link = format!("/children/{}/relations", permit.child);
    tell(app, decided, "Somebody needs a second person to open a withheld place.", &link).await
}

/// Is the second person: opens it for whoever wanted it, for a while. Nobody is the second to themselves.
pub async fn second(app: &App, actor: &Actor, child: &str, request: &str, open: bool, words: &str) -> Result<()> {
    let permit = authorise(app, actor, Verb::Do(Act::Second), Some(child)).await?;
    let wanted = app.store.request(request).await?.filter(|r| r.child_id == permit.child && r.kind == "second");
    let wanted = wanted.ok_or(Refused::NotFound)?;
    if wanted.person_id == permit.person {
        return Err(Refused::NotAllowed("This takes two people: somebody else opens it for you.".into()));
    }
    let words = if open && words.trim().is_empty() { String::new() } else { reason(words)? };
    let answered = Request {
        answer: Some(if open { "granted" } else { "refused" }.into()),
        words: Some(words),
        answered_by: Some(permit.person),
        answered_us: Some(app.now_us()),
        ..wanted
    };
    if app.store.request_answer(&answered, None).await? {
        let says = if open {
            "A withheld place is open to you for an hour."
        } else {
            "A withheld place was not opened to you."
        };
        tell(app, [answered.person_id], says, &format!("/children/{}", answered.child_id)).await?;
    }
    Ok(())
}

/// The withheld places of a child that this person does not see now.
pub(crate) async fn withheld_from(app: &App, permit: &Permit) -> Result<HashSet<String>> {
    let withheld = app.store.withheld(&permit.child).await?;
    let mut places: HashSet<String> = withheld.into_iter().map(|w| w.place).collect();
    if !places.is_empty() {
        for place in opened(app, permit).await? {
            places.remove(&place);
        }
    }
    Ok(places)
}

/// The agencies that say where the child is, where that is not for this person: whoever cares for it, and its school.
pub(crate) async fn telling(app: &App, permit: &Permit) -> Result<HashSet<String>> {
    if permit.may.see.has(Class::Whereabouts) && withheld_from(app, permit).await?.is_empty() {
        return Ok(HashSet::new());
    }
    let agencies = app.store.agencies().await?;
    let relations = app.store.relations_of_child(&permit.child).await?.into_iter();
    let tells = relations.filter_map(|one| one.agency_id.map(|agency| (one.kind, agency))).filter(|(kind, agency)| {
        let of = agencies.iter().find(|a| a.id == *agency).map_or("", |a| &a.kind);
        let tie = Tie::of(kind).unwrap_or_else(|| app.policies.roles().tie_of(of));
        matches!(tie, Tie::Placement | Tie::Host | Tie::School) && *agency != permit.scope.agency
    });
    Ok(tells.map(|(_, agency)| agency).collect())
}

/// The withheld places that somebody has opened for this person, and that are still open.
pub(crate) async fn opened(app: &App, permit: &Permit) -> Result<Vec<String>> {
    let requests = app.store.requests_of_child(&permit.child).await?;
    let since = app.now_us() - WITHHELD_MINUTES * 60_000_000;
    let mine = requests.into_iter().filter(|r| r.kind == "second" && r.person_id == permit.person);
    let open = mine.filter(|r| r.answer.as_deref() == Some("granted") && r.answered_us.is_some_and(|at| at > since));
    Ok(open.map(|r| r.what).collect())
}
