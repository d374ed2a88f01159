//! How somebody stands to an entry, and so what they may do about it: whose it is, on whose behalf it was told, whom it is about.

use crate::app::App;
use crate::authorise::{Permit, Verb};
use crate::case::{Opened, concerns, names};
use crate::refused::{Refused, Result};
use casebook::case_file::EntryLine;
use engine::vocabulary::EventId;
use engine::words::{Sym, sym};
use policy::{Act, Hold};
use views::Written;

/// Is what this role did the statement of somebody's side? The person who is signed in is judged, never the role that they claim.
pub(crate) fn is_own_side(app: &App, own: &str, role: Sym) -> bool {
    let vocabulary = app.rules.vocabulary();
    let answers = app.policies.roles().answers_for(own);
    vocabulary.may_act_for(sym(own), role) || answers.iter().any(|word| sym(word) == role)
}

/// Does this role say for itself what was told by another: as one of its side, or as one of those whose statement the event is?
pub(crate) fn says(app: &App, own: &str, event: EventId, told_by: Sym) -> bool {
    let said_by = &app.rules.vocabulary().event_at(event).said_by;
    is_own_side(app, own, told_by) || said_by.iter().any(|role| is_own_side(app, own, *role))
}

/// Those of the agencies that work with a child who can say that what was told by their side is so.
pub(super) async fn sayers(app: &App, child: &str, event: EventId, told_by: Sym) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for agency in app.store.agencies_of_child(child).await? {
        let people = app.store.posted(&agency.id, app.now_us()).await?.into_iter();
        found.extend(people.filter(|p| says(app, &p.role, event, told_by)).map(|p| p.id));
    }
    Ok(found)
}

/// Is it somebody who is of no agency, so that whoever was there puts down what they did?
pub(crate) fn is_outside(app: &App, role: Sym) -> bool {
    let known = app.rules.vocabulary().roles.iter().find(|r| r.sym == role);
    known.is_none_or(|role| role.kind == "outside")
}

/// The roles of those of these agencies who can sign in.
pub(crate) async fn roles_here(app: &App, agencies: &[String]) -> Result<Vec<String>> {
    let mut roles = Vec::new();
    for agency in agencies {
        let people = app.store.posted(agency, app.now_us()).await?;
        roles.extend(people.into_iter().map(|p| p.role));
    }
    roles.sort();
    roles.dedup();
    Ok(roles)
}

/// How the holder of a permit stands to an entry: as it began and as it is now, and who wrote it.
pub(crate) fn hold(
    app: &App,
    permit: &Permit,
    here: &[String],
    (root, now): (&EntryLine, &EntryLine),
    written: &Written,
) -> Hold {
    let vocabulary = app.rules.vocabulary();
    let mine = *written.person == *permit.person;
    // What others of one's agency wrote and that names oneself, one does not decide on: another manager does.
    let named = [root, now].iter().any(|line| names(line, &permit.name));
    Hold {
        mine,
        ours: mine || !named && *written.agency == *permit.scope.agency && !written.agency.is_empty(),
        said_here: now.told_by.is_some_and(|role| says(app, &permit.role, now.event, role)),
        absent: now.told_by.is_some_and(|role| !here.iter().any(|own| says(app, own, now.event, role))),
        concerns_me: [root, now].iter().any(|line| concerns(vocabulary, line, &permit.name)),
    }
}

/// May this person do this about an entry that they see? Of one that they do not see there is none.
pub(crate) async fn may(app: &App, actor: &crate::Actor, opened: &Opened, entry: &str, act: Act) -> Result<Written> {
    let written = opened.seen.written.get(entry).ok_or(Refused::NotFound)?;
    let allowed = match act {
        Act::Correct | Act::Withdraw => written.may_correct,
        Act::Dispute => written.may_dispute,
        _ => written.may_confirm,
    };
    if allowed {
        return Ok(written.clone());
    }
    crate::looks::refused(app, actor, &opened.permit.child, Verb::Do(act)).await?;
    Err(Refused::NotAllowed(if written.may_dispute {
        ONLY_ITS_AUTHOR.into()
    } else {
        "This is for somebody else to do.".into()
    }))
}

/// What is said to whoever wants to correct what others wrote.
pub(crate) const ONLY_ITS_AUTHOR: &str =
    "Only who wrote this, or a manager of their agency, corrects or withdraws it. You can dispute it: both stand.";
