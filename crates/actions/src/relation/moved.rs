//! The child moved: a placement ends and another begins, and with them what the old home and the new one may see.

use super::begin::GRACE_US;
use crate::app::{App, micros};
use crate::authorise::{Actor, Verb};
use crate::case::{again, append, open, placements};
use crate::entry::{Recorded, recorded};
use crate::lens::lens;
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use engine::time::Moment;
use policy::{Act, Tie};
use serde_json::{Map, Value, json};
use store::{NewRow, Relation, RowKind};

/// Why a home has a relation; and had it, as it is read once it has ended.
pub(super) const LIVES_THERE: &str = "the child lives there";
pub(super) const LIVED_THERE: &str = "the child lived there";

/// Where to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Moved {
    /// The agency that cares for the child from now on, by id; empty where it is none that is known here.
    pub agency: String,
    /// Name of the home or carers.
    pub name: String,
    /// Address.
    pub address: String,
    /// The kind of placement, in the vocabulary's word.
    pub kind: String,
    /// The authority in whose area it lies, in its word; empty where that is not known.
    pub host: String,
    /// Nobody is to find the child there: the place is withheld from the start.
    pub withheld: bool,
    /// Why it is withheld.
    pub why: String,
}

/// Records that the child moved now. The same key again does nothing.
pub async fn moved(app: &App, actor: &Actor, child: &str, version: i64, to: &Moved, key: &str) -> Result<Recorded> {
    let opened = open(app, actor, child, Verb::Do(Act::Relate)).await?;
    if let Some(done) = again(app, &opened, key).await? {
        return Ok(recorded(&lens(app, actor), done));
    }
    let agency = app.store.agencies().await?.into_iter().find(|a| a.id == to.agency);
    if to.name.trim().is_empty() && agency.is_none() {
        return Err(Refused::Invalid(vec![FieldProblem::new("name", "Write the name of the home or of the carers")]));
    }
    let why = if to.withheld { super::reason(&to.why)? } else { String::new() };
    let now = app.now();
    let id = app.new_id();
    let mut rows = Vec::new();
    for old in placements(&opened) {
        let ended = ended(app, old, now);
        rows.extend(ended.map(|payload| row(app, actor, now, &payload)));
    }
    let mut place = Map::new();
    let stamp = app.rules.vocabulary().calendar.stamp(now);
    let name = if to.name.trim().is_empty() { agency.as_ref().map_or("", |a| &a.name) } else { to.name.trim() };
    for (key, value) in [
        ("id", id.as_str()),
        ("from", &stamp),
        ("recorded_at", &stamp),
        ("name", name),
        ("address", to.address.trim()),
        ("type", &to.kind),
        ("host_authority", &to.host),
    ] {
        if !value.is_empty() {
            place.insert(key.into(), json!(value));
        }
    }
    rows.push(row(app, actor, now, &Value::Object(place)));
    if to.withheld {
        let one = store::Withheld {
            child_id: child.into(),
            place: id.clone(),
            reason: why,
            by_person: actor.person.clone(),
            at_us: app.now_us(),
            ..store::Withheld::default()
        };
        // Before the place is there: at no moment is it seen by whoever must not.
        app.store.withhold(&one).await?;
    }
    let done = recorded(&lens(app, actor), append(app, actor, opened, version, &rows, key).await?);
    exchange(app, actor, child, (agency.as_ref().map(|a| a.id.as_str()), &id), micros(now)).await?;
    Ok(done)
}

/// The placement of a payload, ended now; none if it has ended.
fn ended(app: &App, payload: &str, now: Moment) -> Option<Value> {
    let mut place: Value = serde_json::from_str(payload).ok()?;
    let until = place.get("until").and_then(Value::as_str).and_then(|text| Moment::parse(text).ok());
    let from = place.get("from").and_then(Value::as_str).and_then(|text| Moment::parse(text).ok());
    if until.is_some_and(|until| until <= now) || from.is_some_and(|from| from >= now) {
        return None;
    }
    place["until"] = json!(app.rules.vocabulary().calendar.stamp(now));
    place["recorded_at"] = json!(app.rules.vocabulary().calendar.stamp(now));
    Some(place)
}

fn row(app: &App, actor: &Actor, now: Moment, payload: &Value) -> NewRow {
    NewRow {
        kind: RowKind::Placement,
        occurred_us: micros(now),
        recorded_us: micros(now),
        actor: actor.person.clone(),
        payload: payload.to_string(),
        salt: app.secret(),
        photograph: None,
    }
}

/// The relations of the homes before end, and that of the new one begins.
async fn exchange(
    app: &App,
    actor: &Actor,
    child: &str,
    (to, place): (Option<&str>, &str),
    written_us: i64,
) -> Result<()> {
    let kept: Vec<&str> = to.into_iter().collect();
    left(app, actor, child, (&kept, None), (written_us, GRACE_US)).await?;
    match to {
        Some(agency) => arrived(app, actor, child, agency, (place, app.now_us(), None)).await,
        None => Ok(()),
    }
}

/// The relations end of all homes where the child does not live any more: all but these; or of those alone that are named. They end when
/// that was written: what is written from then on is not for them.
pub(crate) async fn left(
    app: &App,
    actor: &Actor,
    child: &str,
    (but, only): (&[&str], Option<&[String]>),
    (written_us, grace_us): (i64, i64),
) -> Result<()> {
    let now = app.now_us();
    for (old, _) in homes(app, child).await?.iter().filter(|(_, ended)| !ended) {
        let agency = old.agency_id.as_deref().unwrap_or_default();
        let meant = only.is_none_or(|only| only.iter().any(|one| one == agency));
        let stays = but.contains(&agency) || !meant;
        if !stays && old.from_us <= now {
            let until = written_us.clamp(old.from_us, now);
            app.store.unrelate(&old.id, until, grace_us, &actor.person, now).await?;
        }
    }
    Ok(())
}

/// The relations of a placement that never was: whoever had them sees the record no more, and finishes nothing.
pub(crate) async fn never(app: &App, actor: &Actor, child: &str, place: &str) -> Result<()> {
    let own = format!("placement:{child}:{place}");
    let of_place = |one: &Relation| one.id == own || one.id.starts_with(&format!("{own}:"));
    for one in app.store.relations_of_child(child).await?.into_iter().filter(of_place) {
        app.store.mistaken(&one.id, "it was entered by mistake", &actor.person, app.now_us()).await?;
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
