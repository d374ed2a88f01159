//! The child moved: a placement ends and another begins, and with them what the old home and the new one may see.

use super::begin::GRACE_US;
use crate::app::{App, moment};
use crate::authorise::Actor;
use crate::refused::Result;
use policy::Tie;
use store::Relation;

/// Why a home has a relation; and had it, as it is read once it has ended.
pub(super) const LIVES_THERE: &str = "the child lives there";
pub(super) const LIVED_THERE: &str = "the child lived there";

/// Why a home has none any more that never had one.
pub(super) const NEVER_WAS: &str = "it was entered by mistake";

/// How relations of homes end.
pub(crate) struct Ends<'a> {
    /// When the child left a home: what others write from then on is not for that home.
    pub left_us: &'a (dyn Fn(&str) -> i64 + Sync),
    /// When that was written: from then on it has a while to finish what it owes.
    pub written_us: i64,
    /// So long; none for one in which the child never was.
    pub grace_us: i64,
}

/// The relations end of all homes where the child does not live any more: all but these; or of those alone that are named.
pub(crate) async fn left(
    app: &App,
    actor: &Actor,
    child: &str,
    (but, only): (&[&str], Option<&[String]>),
    ends: &Ends<'_>,
) -> Result<()> {
    let now = app.now_us();
    for (old, _) in homes(app, child).await?.iter().filter(|(_, ended)| !ended) {
        let agency = old.agency_id.as_deref().unwrap_or_default();
        let meant = only.is_none_or(|only| only.iter().any(|one| one == agency));
        let stays = but.contains(&agency) || !meant;
        if !stays && old.from_us <= now {
            let until = (ends.left_us)(agency).clamp(old.from_us, now);
            let grace_us = if ends.grace_us == 0 { 0 } else { ends.written_us.max(until) + ends.grace_us - until };
            app.store.unrelate(&old.id, until, grace_us, &actor.person, now).await?;
        }
    }
    Ok(())
}

/// When a child left a home was put right: from whichever of the moments it was said to be before, to the one that it is.
pub(crate) struct PutRight {
    /// The home, by its agency.
    pub agency: String,
    /// What was said before.
    pub before_us: Vec<i64>,
    /// When the child left.
    pub left_us: i64,
}

/// The relations that ended when a placement did end when it did, as it is known now. Until when what is owed can be finished stays.
pub(crate) async fn left_otherwise(app: &App, actor: &Actor, child: &str, put_right: &[PutRight]) -> Result<()> {
    let now = app.now_us();
    for (one, _) in homes(app, child).await?.iter().filter(|(_, ended)| *ended) {
        let of_it = |right: &&PutRight| Some(right.agency.as_str()) == one.agency_id.as_deref();
        let Some((until, right)) = one.until_us.zip(put_right.iter().find(of_it)) else { continue };
        let is_it = |before: &i64| moment(*before).minute() == moment(until).minute();
        // One that was ended by hand, or never was, ended for another reason.
        if !right.before_us.iter().any(is_it) || one.grace_us == 0 {
            continue;
        }
        let left = right.left_us.clamp(one.from_us, now);
        app.store.ended_otherwise(&one.id, left, until + one.grace_us - left, &actor.person, now).await?;
    }
    Ok(())
}

/// The relations of a placement that never was: whoever had them sees the record no more, and finishes nothing.
pub(crate) async fn never(app: &App, actor: &Actor, child: &str, place: &str) -> Result<()> {
    let own = format!("placement:{child}:{place}");
    let of_place = |one: &Relation| one.id == own || one.id.starts_with(&format!("{own}:"));
    for one in app.store.relations_of_child(child).await?.into_iter().filter(of_place) {
        app.store.mistaken(&one.id, NEVER_WAS, &actor.person, app.now_us()).await?;
    }
    Ok(())
}

/// The relation of a home begins with a placement there, from one moment until another: none if it has one.
pub(crate) async fn arrived(
    app: &App,
    actor: &Actor,
    child: &str,
    agency: &str,
    (place, from_us, until_us): (&str, i64, Option<i64>),
) -> Result<()> {
    let homes = homes(app, child).await?;
    let has = |(one, ended): &(Relation, bool)| {
        !ended && one.agency_id.as_deref() == Some(agency) && one.from_us <= from_us.max(app.now_us())
    };
    if homes.iter().any(has) {
        return Ok(());
    }
    // A home to which the child comes back has a relation anew.
    let again = homes.iter().filter(|(one, _)| one.id.starts_with(&format!("placement:{child}:{place}"))).count();
    let relation = Relation {
        id: format!("placement:{child}:{place}{}", if again == 0 { String::new() } else { format!(":{again}") }),
        child_id: child.into(),
        agency_id: Some(agency.into()),
        kind: Tie::Placement.word().into(),
        from_us,
        until_us,
        grace_us: if until_us.is_some() { GRACE_US } else { 0 },
        reason: LIVES_THERE.into(),
        made_by: actor.person.clone(),
        made_us: app.now_us(),
        ..Relation::default()
    };
    app.store.relate(&relation).await?;
    Ok(())
}

/// The relations of those who care for the child, and whether each has ended.
async fn homes(app: &App, child: &str) -> Result<Vec<(Relation, bool)>> {
    let now = app.now_us();
    let kinds: Vec<(String, String)> = app.store.agencies().await?.into_iter().map(|a| (a.id, a.kind)).collect();
    let usual = |agency: Option<&str>| {
        let kind = kinds.iter().find(|(id, _)| Some(id.as_str()) == agency).map_or("", |(_, kind)| kind);
        app.policies.roles().tie_of(kind)
    };
    let all = app.store.relations_of_child(child).await?.into_iter();
    let homes =
        all.filter(|one| Tie::of(&one.kind).unwrap_or_else(|| usual(one.agency_id.as_deref())) == Tie::Placement);
    let ended = |one: &Relation| one.until_us.is_some_and(|until| until <= now);
    Ok(homes.map(|one| (one.clone(), ended(&one))).collect())
}
