//! What each person of a team has to do, for whoever manages it; and handing children over from one to another.

use crate::allocation::{self, holders, may_allocate};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb, authorise};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::post::problem;
use crate::queries::lines_of;
use crate::refused::{Refused, Result};
use policy::Act;
use store::{Allocation, HeldPost};
use views::making::{ordered, part_of};
use views::seen_to::lists_of;
use views::{DutyLine, Lens, State, TeamPage, TeamPerson, TeamPersonPage, TodoPart};

/// So many duties of a person are read.
const READ: i64 = 300;
/// So many are shown.
const SHOWN: usize = 15;

/// The people of the actor's agency to whom children are allocated.
pub async fn show(app: &App, actor: &Actor) -> Result<TeamPage> {
    may_allocate(actor)?;
    let lens = lens(app, actor);
    let permit = authorise(app, actor, Verb::Do(Act::List), None).await?;
    let mut people = Vec::new();
    for (held, name) in holders(app, actor).await? {
        let theirs = theirs(app, actor, &held).await?;
        let due = due(app, &lens, &permit, &held, &theirs).await?;
        people.push(person(app, &permit, &held, name, &theirs, &due).await?);
    }
    people.sort_by(|a, b| (b.overdue, b.due, &a.name).cmp(&(a.overdue, a.due, &b.name)));
    let left = app.store.allocations_left(&actor.agency).await?.len();
    Ok(TeamPage { viewer: framed(app, actor, &lens).await?, agency: actor.agency_name.clone(), people, left })
}

/// What is one person's, by the id of their post.
pub async fn of_person(app: &App, actor: &Actor, post: &str) -> Result<TeamPersonPage> {
    may_allocate(actor)?;
    let lens = lens(app, actor);
    let permit = authorise(app, actor, Verb::Do(Act::List), None).await?;
    let all = holders(app, actor).await?;
    let (held, name) = all.iter().find(|(one, _)| one.post.id == post).cloned().ok_or(Refused::NotFound)?;
    let theirs = theirs(app, actor, &held).await?;
    let due = due(app, &lens, &permit, &held, &theirs).await?;
    let mut children = Vec::new();
    for one in &theirs {
        if let Some(row) = app.store.child_row(&one.child_id).await? {
            children.push((row.id, row.name, app.role(&one.role).1));
        }
    }
    note_list(app, actor, &permit, "team", children.iter().map(|(id, _, _)| id.as_str())).await?;
    let others = all.into_iter().filter(|(one, _)| one.post.role == held.post.role && one.post.id != held.post.id);
    Ok(TeamPersonPage {
        viewer: framed(app, actor, &lens).await?,
        person: person(app, &permit, &held, name, &theirs, &due).await?,
        children,
        lines: due.0.into_iter().take(SHOWN).collect(),
        people: others.map(|(one, name)| (one.post.id, name)).collect(),
    })
}

/// Hands children over: they are the other person's from now on, and both are told.
pub async fn hand_over(app: &App, actor: &Actor, from: &str, to: &str, children: &[String]) -> Result<usize> {
    may_allocate(actor)?;
    let all = holders(app, actor).await?;
    let (held, _) = all.iter().find(|(one, _)| one.post.id == from).ok_or(Refused::NotFound)?;
    if children.is_empty() {
        return Err(problem("child", "Which children: choose at least one"));
    }
    let same = |one: &HeldPost| one.post.role == held.post.role && one.post.id != held.post.id;
    if !all.iter().any(|(one, _)| one.post.id == to && same(one)) {
        return Err(problem("to", "To whom: choose somebody of the same role in your agency"));
    }
    let theirs = theirs(app, actor, held).await?;
    if let Some(other) = children.iter().find(|child| !theirs.iter().any(|one| one.child_id == **child)) {
        tracing::debug!(%other, "not theirs any more");
        return Err(problem("child", "Which children: one of them is not theirs any more; look again"));
    }
    for child in children {
        authorise(app, actor, Verb::See, Some(child)).await?;
        allocation::give(app, actor, child, to).await?;
    }
    let says = format!("{} has handed over {} of your children to somebody else.", actor.name, children.len());
    crate::relation::tell(app, [held.post.person.clone()], &says, "/").await?;
    Ok(children.len())
}

/// The children that are somebody's by this post, of those whom the manager sees.
async fn theirs(app: &App, actor: &Actor, held: &HeldPost) -> Result<Vec<Allocation>> {
    let mut found = Vec::new();
    for one in app.store.allocations_of_person(&held.post.person).await? {
        let by_this = one.agency == held.post.agency && one.role == held.post.role;
        if by_this && !app.store.ties(&crate::authorise::scope(app, actor), &one.child_id).await?.is_empty() {
            found.push(one);
        }
    }
    Ok(found)
}

/// What is due from them of these children, most pressing first; and whether there is more than is read at once.
async fn due(
    app: &App,
    lens: &Lens<'_>,
    permit: &Permit,
    held: &HeldPost,
    theirs: &[Allocation],
) -> Result<(Vec<DutyLine>, bool)> {
    let roles = app.policies.roles().answers_for(&held.post.role);
    let roles = lists_of(app.rules.vocabulary(), &held.post.role, roles);
    let children: Vec<String> = theirs.iter().map(|one| one.child_id.clone()).collect();
    let rows = app.store.duties_of_roles_and_children(&permit.scope, &roles, &children, app.now_us(), READ).await?;
    let more = rows.len() as i64 == READ;
    let rows = rows.into_iter().filter(|row| row.owner.is_some()).collect();
    let lines = ordered(lines_of(app, lens, rows)).into_iter().filter(|line| part_of(line) == TodoPart::Due);
    Ok((lines.collect(), more))
}

async fn person(
    app: &App,
    permit: &Permit,
    held: &HeldPost,
    name: String,
    theirs: &[Allocation],
    (lines, more): &(Vec<DutyLine>, bool),
) -> Result<TeamPerson> {
    let children: Vec<String> = theirs.iter().map(|one| one.child_id.clone()).collect();
    let gone = app.store.board_of(&permit.scope, &children).await?.len();
    let team = held.team_name.as_ref().map(|team| format!(", {team}")).unwrap_or_default();
    Ok(TeamPerson {
        id: held.post.id.clone(),
        name,
        role: format!("{}{team}", app.role(&held.post.role).1),
        children: children.len(),
        gone,
        due: lines.len(),
        more: *more,
        overdue: lines.iter().filter(|line| line.state == State::Overdue).count(),
    })
}
