//! The one seam at which it is decided who may do what. Every action and every query comes through here. The policies are asked once a
//! request and child; what they answer goes along in the [`Permit`], and whatever is loaded by it is redacted by it.

use crate::app::App;
use crate::looks;
use crate::refused::{Refused, Result, not_related};
use policy::{Act, Acts, Answers as _, Hold, May, Tie, Ties};
use store::Scope;

/// Somebody who is signed in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Actor {
    /// The person's id.
    pub person: String,
    /// The name.
    pub name: String,
    /// The role, in the vocabulary's word.
    pub role: String,
    /// The role's name.
    pub role_name: String,
    /// The agency's id.
    pub agency: String,
    /// The agency's name.
    pub agency_name: String,
    /// Sees every child of the area.
    pub sees_all: bool,
    /// May see children at all.
    pub sees_children: bool,
    /// The post that they work in now.
    pub post: String,
    /// Every post that they hold now. `role` and `agency` are those of the one that they work in.
    pub posts: Vec<store::HeldPost>,
    /// By what the log of looks knows the session; of no use to anybody else.
    pub session: String,
    /// When they last showed who they are.
    pub since_us: i64,
}

impl Actor {
    /// The post that they work in.
    pub(crate) fn held(&self) -> Option<&store::HeldPost> {
        self.posts.iter().find(|one| one.post.id == self.post)
    }

    /// The area of the agency in which they work.
    pub fn area(&self) -> Option<&str> {
        self.held()?.agency_area.as_deref()
    }
}

/// What somebody wants to do.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// See a child's record: the child, an episode, why a duty is due, a form filled from the record.
    See,
    /// Record what happened, or put it down as told by others.
    Record,
    /// Correct, withdraw or dispute what was recorded: whose it is decides which.
    Correct,
    /// Anything else.
    Do(Act),
}

/// That somebody may do something. Only [`authorise`] makes one; what loads or writes a record asks for it.
#[derive(Clone, Debug)]
pub struct Permit {
    /// Whose children are meant.
    pub(crate) scope: Scope,
    /// The child, where it is about one.
    pub(crate) child: String,
    /// Who.
    pub(crate) person: String,
    /// Their name.
    pub(crate) name: String,
    /// In which role.
    pub(crate) role: String,
    /// What relates them to the child.
    pub(crate) ties: Ties,
    /// Since when they work with the child no more, where they only finish what they owe.
    pub(crate) left_us: Option<i64>,
    /// What they may see and do.
    pub(crate) may: May,
}

impl Permit {
    /// What they may do about an entry.
    pub(crate) fn entry(&self, app: &App, hold: Hold) -> Acts {
        app.policies.entry(&self.role, self.ties, hold)
    }

    /// May they keep what the record says of the child, where it is of this class?
    pub(crate) fn keeps(&self, class: policy::Class) -> bool {
        self.may.acts.has(Act::Keep) && self.may.record.has(class)
    }

    /// They broke the glass to be here.
    pub(crate) fn is_glass(&self) -> bool {
        self.ties == Ties::default().with(Tie::Glass)
    }
}

/// What is said to whoever works with a child no more, and would change what is said of the child.
const ONLY_WHAT_WAS: &str = "You work with this child no more, and record only what belongs to the time before. Tell those who care for \
                             the child now what you know.";

/// Whose children somebody sees now.
pub(crate) fn scope(app: &App, actor: &Actor) -> Scope {
    Scope {
        agency: actor.agency.clone(),
        relation_to_all: actor.sees_all,
        person: actor.person.clone(),
        now_us: app.now_us(),
    }
}

/// What relates somebody to a child now.
pub(crate) async fn ties(app: &App, actor: &Actor, child: &str) -> Result<Ties> {
    Ok(related(app, actor, child).await?.0)
}

/// What relates somebody to a child now, and since when nothing does but that they finish what they owe.
async fn related(app: &App, actor: &Actor, child: &str) -> Result<(Ties, Option<i64>)> {
    let rows = app.store.ties(&scope(app, actor), child).await?;
    let of_area = actor.sees_all && app.store.is_child(child).await?;
    Ok(of_rows(app, rows.iter(), of_area))
}

/// As [`related`], by these rows, and by whether they see every child of the area.
fn of_rows<'r>(app: &App, rows: impl Iterator<Item = &'r store::TieRow> + Clone, of_area: bool) -> (Ties, Option<i64>) {
    let ties = ties_by(app, rows.clone());
    let ties = if of_area { ties.with(Tie::Area) } else { ties };
    let only_grace = ties == Ties::default().with(Tie::Grace);
    (ties, rows.filter_map(|row| row.until_us).max().filter(|_| only_grace))
}

/// The ties that these rows are.
fn ties_by<'r>(app: &App, rows: impl Iterator<Item = &'r store::TieRow>) -> Ties {
    let tie = |row: &store::TieRow| match Tie::of(&row.kind) {
        Some(Tie::Barred) if row.ended => None,
        Some(Tie::Barred) => Some(Tie::Barred),
        _ if row.ended => Some(Tie::Grace),
        Some(tie) => Some(tie),
        None => Some(app.policies.roles().tie_of(&row.agency_kind)),
    };
    rows.filter_map(tie).collect()
}

/// That somebody may see the ordinary of these children, asked for a list in two queries, in the order of the list; who may not be seen, or
/// was merged into another, is left out.
pub(crate) async fn may_see_all(app: &App, actor: &Actor, children: &[String]) -> Result<Vec<Permit>> {
    let _deciding = app.decisions.one();
    let scope = scope(app, actor);
    let (rows, known) = app.store.ties_of(&scope, children).await?;
    let permit = |child: &String| {
        let own = rows.iter().filter(|row| row.child_id == *child).map(|row| &row.tie);
        let (ties, left_us) = of_rows(app, own, actor.sees_all);
        let may = app.policies.may(&actor.role, ties);
        let (scope, person, name) = (scope.clone(), actor.person.clone(), actor.name.clone());
        let child_id = child.clone();
        let permit = Permit { scope, child: child_id, person, name, role: actor.role.clone(), ties, left_us, may };
        (known.contains(child) && permit.may.see.has(policy::Class::Ordinary)).then_some(permit)
    };
    Ok(children.iter().filter_map(permit).collect())
}

/// How somebody stands to a child at the moment at which it was asked.
#[derive(Clone, Debug)]
pub(crate) struct Regard {
    /// That they may see it.
    pub permit: Permit,
    /// The record was merged into another.
    pub merged: bool,
    /// A place of the child is withheld, from whomever.
    pub withholds: bool,
    /// The open episode that is on their board.
    pub listed: Option<String>,
    /// The child is on lists of theirs.
    pub near: bool,
}

/// How somebody stands to those of these children whom they may see, as things are now: one question, for whoever is told of a change. Who
/// may not be seen is left out, and nothing is noted of whom they did not ask for.
pub(crate) async fn regards(app: &App, actor: &Actor, children: &[String]) -> Result<Vec<Regard>> {
    let _deciding = app.decisions.one();
    let scope = scope(app, actor);
    let rows = app.store.regards(&scope, children).await?;
    let regard = |of_child: &[store::RegardRow]| {
        let first = of_child.first()?;
        let ties: Vec<store::TieRow> = of_child.iter().filter_map(store::RegardRow::tie).collect();
        let (ties, left_us) = of_rows(app, ties.iter(), actor.sees_all);
        let may = app.policies.may(&actor.role, ties);
        let (child, person, name) = (first.child_id.clone(), actor.person.clone(), actor.name.clone());
        let permit = Permit { scope: scope.clone(), child, person, name, role: actor.role.clone(), ties, left_us, may };
        let (merged, withholds, near) = (first.merged, first.withholds, first.near);
        let regard = Regard { permit, merged, withholds, listed: first.listed.clone(), near };
        (!may.see.is_empty()).then_some(regard)
    };
    Ok(rows.chunk_by(|one, next| one.child_id == next.child_id).filter_map(regard).collect())
}

/// Of these children, those with whom somebody works no more, and whose records they still see for a while.
pub(crate) async fn left_by(app: &App, actor: &Actor, children: &[String]) -> Result<Vec<Permit>> {
    // Whoever sees every child of the area leaves none.
    if actor.sees_all || children.is_empty() {
        return Ok(Vec::new());
    }
    let all = may_see_all(app, actor, children).await?;
    Ok(all.into_iter().filter(|permit| permit.left_us.is_some()).collect())
}

/// The record in which a child is read: its own, or the one that it was merged into. So an old address leads to the one record, and what
/// bars somebody from that bars them by every address.
pub(crate) async fn read_in(app: &App, child: &str) -> Result<String> {
    let mut child = child.to_string();
    if child.is_empty() {
        return Ok(child);
    }
    // A record that was merged may hold others that were merged before; no ring is as long as this.
    for _ in 0..16 {
        match app.store.merged_into(&child).await? {
            Some(other) => child = other,
            None => break,
        }
    }
    Ok(child)
}

/// That somebody may see a child, asked for a list: who may not is not on it, and nothing is noted of whom they did not ask for.
pub(crate) async fn may_see(app: &App, actor: &Actor, child: &str) -> Result<Option<Permit>> {
    let _deciding = app.decisions.one();
    let (ties, left_us) = related(app, actor, child).await?;
    let may = app.policies.may(&actor.role, ties);
    if may.see.is_empty() {
        return Ok(None);
    }
    let (scope, person, name) = (scope(app, actor), actor.person.clone(), actor.name.clone());
    Ok(Some(Permit { scope, child: child.into(), person, name, role: actor.role.clone(), ties, left_us, may }))
}

/// May this person do this, to this child? What is refused is put on the log of looks.
pub(crate) async fn authorise(app: &App, actor: &Actor, verb: Verb, child: Option<&str>) -> Result<Permit> {
    let _deciding = app.decisions.one();
    let of_site = matches!(verb, Verb::Do(act) if act.is_of_site());
    let child = read_in(app, child.filter(|_| !of_site).unwrap_or_default()).await?;
    let child = child.as_str();
    let (mut ties, left_us) = if of_site { Default::default() } else { related(app, actor, child).await? };
    if ties.has(Tie::Barred) && matches!(verb, Verb::Do(Act::Ask | Act::BreakGlass)) {
        // To whoever must not see there is no such child: they may ask about it as about any other that is not there.
        ties = Ties::default();
    }
    let may = app.policies.may(&actor.role, ties);
    let allowed = match verb {
        Verb::See => !may.see.is_empty(),
        Verb::Record => !may.record.is_empty() || !may.tell.is_empty(),
        Verb::Correct => !may.see.is_empty(),
        Verb::Do(act) => may.acts.has(act),
    };
    if allowed {
        let (scope, person, name) = (scope(app, actor), actor.person.clone(), actor.name.clone());
        let role = actor.role.clone();
        return Ok(Permit { scope, child: child.into(), person, name, role, ties, left_us, may });
    }
    looks::refused(app, actor, child, verb).await?;
    // Whoever sees the child is told what they may not do; nobody else learns that there is such a child.
    Err(match may.see.is_empty() || may.is_nothing() {
        _ if !actor.sees_children => sees_none(actor),
        false if verb == Verb::Do(Act::Keep) && left_us.is_some() => Refused::NotAllowed(ONLY_WHAT_WAS.into()),
        false => {
            Refused::NotAllowed(format!("As {} you do not do this. Ask somebody whose task it is.", actor.role_name))
        }
        true if of_site => sees_none(actor),
        true => not_related(),
    })
}

fn sees_none(actor: &Actor) -> Refused {
    Refused::NotAllowed(format!("You are signed in as {}, and do not see children or their records.", actor.role_name))
}

/// Does somebody see this child at all? For a name in a list beside others: nothing of it is refused, so nothing is put on the log.
pub(crate) async fn sees(app: &App, actor: &Actor, child: &str) -> Result<bool> {
    let _deciding = app.decisions.one();
    let may = app.policies.may(&actor.role, ties(app, actor, child).await?);
    Ok(may.see.has(policy::Class::Ordinary))
}
