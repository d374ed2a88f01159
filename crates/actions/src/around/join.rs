//! Says that somebody around one child is somebody around another, in both records; and that they were not after all.

use super::last;
use super::save::asks_to_change;
use crate::app::{App, hex};
use crate::authorise::{Actor, Verb};
use crate::case::{Opened, Same, Tie, again, children_tied, open, peek_tied, tie};
use crate::refused::{Refused, Result};
use crate::relation::reason;
use casebook::command::FieldProblem;
use policy::Act;
use sha2::{Digest as _, Sha256};

/// How it is known has so many characters at most.
const LONGEST: usize = 2000;

/// Says that somebody around this child is somebody around another, as far as both are seen. The same key again does nothing.
///
/// # Errors
/// `NotFound` for whoever is not around their child; `NotAllowed` where either record is not for this person to change.
pub async fn join(
    app: &App,
    actor: &Actor,
    (child, person): (&str, &str),
    (other, whom): (&str, &str),
    why: &str,
    key: &str,
) -> Result<()> {
    let why = why.trim();
    if why.chars().count() > LONGEST || why.contains('\0') {
        let says = "How is it known: write no more than 2,000 characters, and only what can be seen";
        return Err(Refused::Invalid(vec![FieldProblem::new("reason", says)]));
    }
    let one = opened(app, actor, child, person).await?;
    let two = opened(app, actor, other, whom).await?;
    if one.permit.child == two.permit.child {
        return Err(Refused::NotFound);
    }
    let marks = |opened: &Opened, of: &str| -> Vec<String> {
        opened.ties().iter().filter(|tie| tie.person == of).map(|tie| tie.mark.clone()).collect()
    };
    let theirs = marks(&two, whom);
    if marks(&one, person).iter().any(|mark| theirs.contains(mark)) {
        return Ok(());
    }
    // Sent again it is the same mark, so that a first try that broke off between the two records is ended by the second.
    let parts = ["tie", &actor.person, key, &one.permit.child, person, &two.permit.child, whom];
    let mark = hex(&Sha256::digest(parts.join("\0"))[..16]);
    for (opened, of, key) in [(one, person, key.to_string()), (two, whom, format!("{key}-other"))] {
        let says = Same::OnePerson { person: of.into(), tie: mark.clone(), why: why.into() };
        tie(app, actor, opened, says, &key).await?;
    }
    Ok(())
}

/// Takes back that somebody around this child is somebody around another. The same key again does nothing.
///
/// # Errors
/// `NotFound` where nothing says so, or nothing that this person sees; a reason that is missing.
pub async fn part(
    app: &App,
    actor: &Actor,
    (child, person): (&str, &str),
    mark: &str,
    why: &str,
    key: &str,
) -> Result<()> {
    let why = reason(why)?;
    let one = opened(app, actor, child, person).await?;
    let done = again(app, &one, &format!("{key}-0")).await?.is_some();
    let own = one.permit.child.clone();
    let of =
        |ties: &[Tie]| ties.iter().filter(|tie| tie.mark == mark).map(|tie| tie.person.clone()).collect::<Vec<_>>();
    let mut both: Vec<(String, String)> = Vec::new();
    // Two records that were made one say it of two people in one record.
    both.extend(of(one.ties()).into_iter().filter(|whom| whom != person).map(|whom| (own.clone(), whom)));
    for id in children_tied(app, actor, mark).await?.into_iter().filter(|id| *id != own) {
        let Some(other) = peek_tied(app, actor, &id).await? else { continue };
        both.extend(of(&other.ties).into_iter().map(|whom| (id.clone(), whom)));
    }
    if both.is_empty() {
        return if done { Ok(()) } else { Err(Refused::NotFound) };
    }
    both.insert(0, (own, person.to_string()));
    // Whoever may not change all of them changes none.
    for (child, person) in &both {
        opened(app, actor, child, person).await?;
    }
    for (n, (child, person)) in both.into_iter().enumerate() {
        let opened = opened(app, actor, &child, &person).await?;
        let says = Same::TwoPersons { person, tie: mark.into(), why: why.clone() };
        tie(app, actor, opened, says, &format!("{key}-{n}")).await?;
    }
    Ok(())
}

/// A record that this person may change, with somebody around the child.
async fn opened(app: &App, actor: &Actor, child: &str, person: &str) -> Result<Opened> {
    let opened = open(app, actor, child, Verb::Do(Act::Keep)).await?;
    asks_to_change(actor, &opened.permit)?;
    last(&opened.kept(), person).ok_or(Refused::NotFound)?;
    Ok(opened)
}
