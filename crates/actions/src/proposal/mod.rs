//! What takes two people: one proposes, another confirms or refuses. Posts that see much, and letting somebody back in who has lost every
//! way in, and by which accounts of their own an agency's people come in.

use crate::app::App;
use crate::authorise::Actor;
use crate::door;
use crate::keeping::{By, not_yours};
use crate::oidc;
use crate::post::{NewPost, row, rules};
use crate::refused::{Refused, Result};
use std::collections::BTreeSet;
use store::{NewNotice, Person, Proposal};

/// What whoever runs the server is called, who has no account here.
const OPERATOR: &str = "whoever runs the server";

/// A proposal as whoever decides sees it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Waiting {
    /// The id.
    pub id: String,
    /// Whom it is about, or which sign-in.
    pub person: String,
    /// What is proposed, in words.
    pub what: String,
    /// What it would do, line by line, where a name does not say it.
    pub details: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who proposes it.
    pub by: String,
    /// The viewer proposed it, and cannot decide.
    pub mine: bool,
    /// The viewer may decide.
    pub may_decide: bool,
}

/// What came of a decision.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Decided {
    /// It is done, or is not to be.
    Done,
    /// Whoever comes through this link is let back in: it is handed over by the one who confirmed, and shown once.
    Link(String),
}

/// Who may decide it: another one who keeps the people of the agency, or the system, and is not the person that it is about.
pub(crate) async fn deciders(app: &App, proposal: &Proposal) -> Result<BTreeSet<String>> {
    let now = app.now_us();
    let mut people = BTreeSet::new();
    let wants_the_system = wanted(proposal).is_some_and(|post| post.role == rules().keeps_agencies);
    for (role, of_agency) in [(&rules().keeps_people, true), (&rules().keeps_agencies, false)] {
        if of_agency && wants_the_system {
            continue;
        }
        let holders = app.store.holders(role, now).await?.into_iter();
        people
            .extend(holders.filter(|one| !of_agency || one.post.agency == proposal.agency).map(|one| one.post.person));
    }
    let involved: Vec<&String> = [&proposal.proposed_by, &proposal.person].into_iter().flatten().collect();
    people.retain(|one| !involved.contains(&one));
    if people.is_empty() {
        // Where nobody else keeps the agencies, or the people of this one, whoever keeps the people of another is the second person.
        let holders = app.store.holders(&rules().keeps_people, now).await?.into_iter();
        people.extend(holders.map(|one| one.post.person));
        people.retain(|one| !involved.contains(&one));
    }
    Ok(people)
}

fn wanted(proposal: &Proposal) -> Option<NewPost> {
    if proposal.kind == "post" { serde_json::from_str(&proposal.body).ok() } else { None }
}

/// What waits for a second person, as far as it is this person's business.
pub async fn waiting(app: &App, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut found = Vec::new();
    for proposal in app.store.proposals_waiting().await? {
        let may_decide = deciders(app, &proposal).await?.contains(&actor.person);
        let mine = proposal.proposed_by.as_ref() == Some(&actor.person);
        if !may_decide && !mine {
            continue;
        }
        let name = async |id: &Option<String>| match id {
            Some(id) => app.store.person(id).await.map(|p| p.map(|p| p.name).unwrap_or_default()),
            None => Ok(OPERATOR.to_owned()),
        };
        let agency = app.agency_name(&proposal.agency).await?;
        let (person, what, details) = match (wanted(&proposal), oidc::in_words(app, &proposal)) {
            (Some(post), _) => {
                (name(&proposal.person).await?, format!("the post of {}, {agency}", app.role(&post.role).1), Vec::new())
            }
            (_, Some((provider, details))) => (provider, format!("people of {agency} sign in by it"), details),
            _ => (name(&proposal.person).await?, format!("to be let back in, {agency}"), Vec::new()),
        };
        found.push(Waiting {
            person,
            by: name(&proposal.proposed_by).await?,
            what,
            details,
            reason: proposal.reason,
            id: proposal.id,
            mine,
            may_decide,
        });
    }
    Ok(found)
}

/// Proposes to let somebody back in who has lost every way in.
pub async fn recover(app: &App, actor: &Actor, person: &str, reason: &str) -> Result<()> {
    let person = app.store.person(person).await?.filter(|p| p.active).ok_or(Refused::NotFound)?;
    let by = By::Person(actor);
    if !may_recover(app, by, &person.id, &person.agency).await? || person.id == actor.person {
        return Err(not_yours());
    }
    if reason.trim().is_empty() {
        return Err(crate::post::problem("reason", "Say how you know that it is them, and what they have lost"));
    }
    let proposal = Proposal { proposed_by: Some(actor.person.clone()), ..recovery(app, &person, reason) };
    app.store.proposal_put(&proposal).await?;
    let says = format!("{} asks that somebody is let back in. It waits for a second person.", actor.name);
    tell_deciders(app, &proposal, &says).await
}

/// That somebody is to be let back in, for a reason.
fn recovery(app: &App, person: &Person, reason: &str) -> Proposal {
    Proposal {
        id: app.new_id(),
        kind: "recovery".into(),
        agency: person.agency.clone(),
        person: Some(person.id.clone()),
        body: "{}".into(),
        reason: reason.trim().chars().take(500).collect(),
        proposed_us: app.now_us(),
        ..Proposal::default()
    }
}

/// Tells those who may decide.
pub(crate) async fn tell_deciders(app: &App, proposal: &Proposal, says: &str) -> Result<()> {
    let told = deciders(app, proposal).await?.into_iter();
    let told = told.map(|person| NewNotice { person, says: says.to_owned(), link: "/proposals".into() });
    Ok(app.store.notices_put(&told.collect::<Vec<_>>(), app.now_us()).await?)
}

/// Lets somebody back in on the word of whoever runs the server, where no two people are left who could: all their ways in are taken away,
/// and the link of a new one is given. Whoever keeps the people of their agency, and the agencies, is told.
pub async fn let_back_in(app: &App, by: By<'_>, person: &str, reason: &str) -> Result<String> {
    if !matches!(by, By::Operator) {
        return Err(not_yours());
    }
    if reason.trim().is_empty() {
        return Err(crate::post::problem("reason", "Say why, and how it is known that it is them"));
    }
    let person = app.store.person(person).await?.ok_or(Refused::NotFound)?;
    let proposal = recovery(app, &person, reason);
    app.store.proposal_put(&proposal).await?;
    app.store.proposal_close(&proposal.id, proposal.proposed_us).await?;
    let says = format!("Whoever runs the server let {} back in: {}", person.name, proposal.reason);
    tell_deciders(app, &proposal, &says).await?;
    back_in(app, &person.id).await
}

/// Takes all ways in of somebody away, and makes the link of a new one.
async fn back_in(app: &App, person: &str) -> Result<String> {
    app.store.ways_in_delete(person).await?;
    app.store.set_active(person, true, &rules().keeps_agencies, app.now_us()).await?;
    door::make(app, "recovery", Some(person)).await
}

async fn may_recover(app: &App, by: By<'_>, person: &str, agency: &str) -> Result<bool> {
    let now = app.now_us();
    let posts = app.store.posts_of(person).await?;
    let keeps =
        posts.iter().filter(|one| one.post.holds_at(now)).any(|one| by.keeps_post(&one.post.role, &one.post.agency));
    Ok(keeps || by.keeps_people_of(agency))
}

/// Confirms or refuses what somebody else proposed.
pub async fn decide(app: &App, actor: &Actor, id: &str, confirm: bool) -> Result<Decided> {
    let proposal = app.store.proposal(id).await?.ok_or(Refused::NotFound)?;
    if proposal.proposed_by.as_ref() == Some(&actor.person) {
        return Err(Refused::NotAllowed("You proposed this. Somebody else has to confirm it.".into()));
    }
    if !deciders(app, &proposal).await?.contains(&actor.person) {
        return Err(not_yours());
    }
    let outcome = if confirm { "confirmed" } else { "refused" };
    let now = app.now_us();
    let post = wanted(&proposal).filter(|_| confirm).map(|wanted| {
        let wanted = NewPost { from_us: wanted.from_us.map(|from| from.max(now)), ..wanted };
        row(app, proposal.person.as_deref().unwrap_or_default(), &wanted, Some(actor.person.clone()))
    });
    let provider = if confirm { oidc::confirmed(app, &proposal).await? } else { None };
    if !app.store.proposal_decide(id, &actor.person, outcome, post.as_ref(), now).await? {
        return Err(Refused::NotAllowed("Somebody has decided this already.".into()));
    }
    if let Some(provider) = provider
        && !app.store.provider_put(&provider).await?
    {
        return Err(Refused::NotAllowed("Somebody changed the sign-in at this very moment. Propose it again.".into()));
    }
    let says = match (proposal.kind.as_str(), confirm) {
        ("provider", _) => return told(app, &proposal, confirm).await.map(|()| Decided::Done),
        ("recovery", true) => {
            "Two people let you back in. If you did not ask for it, tell whoever runs this service at once."
        }
        ("recovery", false) => return Ok(Decided::Done),
        (_, true) => "You have been given another post.",
        (_, false) => return Ok(Decided::Done),
    };
    let person = proposal.person.clone().unwrap_or_default();
    let notice = NewNotice { person: person.clone(), says: says.into(), link: "/account".into() };
    app.store.notices_put(&[notice], now).await?;
    if proposal.kind == "recovery" { Ok(Decided::Link(back_in(app, &person).await?)) } else { Ok(Decided::Done) }
}

/// Tells whoever proposed it what became of a sign-in.
async fn told(app: &App, proposal: &Proposal, confirmed: bool) -> Result<()> {
    let Some(person) = proposal.proposed_by.clone() else { return Ok(()) };
    let says = if confirmed {
        "The sign-in of your agency that you proposed was confirmed: people come in by it."
    } else {
        "The sign-in of your agency that you proposed was refused: it is as it was."
    };
    let link = format!("/agencies/{}/providers", proposal.agency);
    Ok(app.store.notices_put(&[NewNotice { person, says: says.into(), link }], app.now_us()).await?)
}
