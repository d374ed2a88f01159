//! Whose a child is: a person of the agency in a role, or, since that person left, the team. Whoever manages says whose.

use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::post::{problem, rules};
use crate::queries::viewer;
use crate::refused::{Refused, Result};
use store::{Allocation, HeldPost, NewNotice};
use views::Viewer;

/// The children of an agency that are nobody's since somebody left.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Left {
    /// Who is looking.
    pub viewer: Viewer,
    /// Child's id, name, the role, and whose it was.
    pub children: Vec<(String, String, String, String)>,
}

/// Whose a child is, and whose it may be.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Choice {
    /// Who is looking.
    pub viewer: Viewer,
    /// The child's name.
    pub child: String,
    /// Whose it is now, in words.
    pub now: Vec<String>,
    /// Whose it may be: the id of a post, and `Owen Pryce, social worker`.
    pub people: Vec<(String, String)>,
}

pub(crate) fn may_allocate(actor: &Actor) -> Result<()> {
    if rules().manages(&actor.role) {
        return Ok(());
    }
    Err(Refused::NotAllowed("Whoever manages a team says whose a child is; you do not.".into()))
}

/// Who may have children allocated in the actor's agency.
pub(crate) async fn holders(app: &App, actor: &Actor) -> Result<Vec<(HeldPost, String)>> {
    let now = app.now_us();
    let mut found = Vec::new();
    for one in app.store.posts_of_agency(&actor.agency).await? {
        if one.post.holds_at(now) && rules().has_children(&one.post.role) {
            let person = app.store.person(&one.post.person).await?.filter(|p| p.active);
            found.extend(person.map(|p| (one, p.name)));
        }
    }
    found.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(found)
}

/// Whose a child is, and whose it may be.
pub async fn choice(app: &App, actor: &Actor, child: &str) -> Result<Choice> {
    may_allocate(actor)?;
    authorise(app, actor, Verb::See, Some(child)).await?;
    let row = app.store.child_row(child).await?.ok_or(Refused::NotFound)?;
    let mut now = Vec::new();
    let all = app.store.allocations_of_child(child).await?;
    for one in all.iter().filter(|one| one.until_us.is_none() && one.agency == actor.agency) {
        let (_, role) = app.role(&one.role);
        let who = match &one.person {
            Some(person) => app.store.person(person).await?.map(|p| p.name).unwrap_or_default(),
            None => "the team, since somebody left".into(),
        };
        now.push(format!("{role}: {who}"));
    }
    let people = holders(app, actor).await?.into_iter();
    let people = people.map(|(one, name)| (one.post.id, format!("{name}, {}", app.role(&one.post.role).1)));
    Ok(Choice { viewer: viewer(app, actor).await?, child: row.name, now, people: people.collect() })
}

/// Says whose a child is from now on: that of whoever holds this post.
pub async fn make(app: &App, actor: &Actor, child: &str, post: &str) -> Result<()> {
    may_allocate(actor)?;
    give(app, actor, child, post).await
}

/// The same, by whoever may: the child is from now on that of whoever holds this post, and they are told.
pub(crate) async fn give(app: &App, actor: &Actor, child: &str, post: &str) -> Result<()> {
    authorise(app, actor, Verb::See, Some(child)).await?;
    let held = holders(app, actor).await?.into_iter().find(|(one, _)| one.post.id == post);
    let (held, _) = held.ok_or_else(|| problem("post", "Choose somebody of your agency"))?;
    let allocation = Allocation {
        id: app.new_id(),
        child_id: child.into(),
        role: held.post.role,
        agency: held.post.agency,
        team: held.post.team,
        person: Some(held.post.person.clone()),
        from_us: app.now_us(),
        until_us: None,
        made_by: Some(actor.person.clone()),
        before: None,
    };
    app.store.allocation_put(&allocation).await?;
    let notice = NewNotice {
        person: held.post.person,
        says: format!("{} has allocated a child to you.", actor.name),
        link: format!("/children/{child}"),
    };
    Ok(app.store.notices_put(&[notice], app.now_us()).await?)
}

/// The children that are nobody's since somebody left.
pub async fn left(app: &App, actor: &Actor) -> Result<Left> {
    may_allocate(actor)?;
    let mut children = Vec::new();
    for one in app.store.allocations_left(&actor.agency).await? {
        if authorise(app, actor, Verb::See, Some(&one.child_id)).await.is_err() {
            continue;
        }
        let Some(row) = app.store.child_row(&one.child_id).await? else { continue };
        let before = match &one.before {
            Some(person) => app.store.person(person).await?.map(|p| p.name).unwrap_or_default(),
            None => String::new(),
        };
        children.push((row.id, row.name, app.role(&one.role).1, before));
    }
    Ok(Left { viewer: viewer(app, actor).await?, children })
}

/// The children that are this person's own.
pub(crate) async fn own(app: &App, actor: &Actor) -> Result<Vec<String>> {
    if !rules().has_children(&actor.role) {
        return Ok(Vec::new());
    }
    let own = app.store.allocations_of_person(&actor.person).await?.into_iter();
    Ok(own.filter(|one| one.agency == actor.agency).map(|one| one.child_id).collect())
}
