//! What somebody who sees both records says: that they are of two children, or of one; or that they were of two after all.

use super::Offer;
use crate::app::App;
use crate::authorise::{Actor, Verb, authorise};
use crate::case::{self, Purpose, append, load, open};
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::FieldProblem;
use casebook::likeness::{Marks, compare};
use policy::Act;
use views::{Record, Viewer, making};

/// A reason has so many characters at most.
const LONGEST: usize = 2000;

/// Two records side by side.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Pair {
    /// Who is looking.
    pub viewer: Viewer,
    /// The record that stays.
    pub one: Offer,
    /// The record that becomes a part of it.
    pub two: Offer,
    /// What each says: the label, by this record, by the other; those that differ first.
    pub lines: Vec<(String, String, String)>,
}

/// Two records, for whoever decides.
pub async fn compared(app: &App, actor: &Actor, child: &str, other: &str) -> Result<Pair> {
    let merge = Verb::Do(Act::Merge);
    let one = load(app, actor, child, Purpose { verb: merge, look: "same" }).await?;
    let two = load(app, actor, other, Purpose { verb: merge, look: "same" }).await?;
    if one.id == two.id {
        return Err(Refused::NotFound);
    }
    let lens = lens(app, actor);
    let marks = |record: &Record| Marks::of(app.rules.vocabulary(), &record.name, &record.file);
    let (a, b) = (marks(&one), marks(&two));
    let like = compare(&a, &b);
    let reasons: Vec<String> =
        like.into_iter().flat_map(|like| like.reasons).map(|reason| reason.words().to_string()).collect();
    let number = |marks: &Marks, key: &str| {
        let of = marks.numbers.iter().filter(|(kind, _)| kind == key).map(|(_, number)| number.clone());
        of.collect::<Vec<_>>().join(", ")
    };
    let days = |marks: &Marks| {
        marks.born.iter().map(|day| making::age_and_birthday(&lens, day).1).collect::<Vec<_>>().join(", ")
    };
    let mut lines = vec![
        ("Names".to_string(), a.names.join(", "), b.names.join(", ")),
        ("Date of birth".into(), days(&a), days(&b)),
        ("Homes".into(), a.homes.join(", "), b.homes.join(", ")),
        ("Addresses".into(), a.addresses.join("; "), b.addresses.join("; ")),
    ];
    for (key, label) in [
        ("nhs_number", "NHS number"),
        ("upn", "Unique pupil number"),
        ("authority_number", "The authority's own number"),
        ("police_nominal", "Police nominal number"),
    ] {
        lines.push((label.into(), number(&a, key), number(&b, key)));
    }
    let episodes = |record: &Record| record.case.episodes.len().to_string();
    lines.push(("Episodes".into(), episodes(&one), episodes(&two)));
    let entries = |record: &Record| record.file.chronology.len().to_string();
    lines.push(("Entries".into(), entries(&one), entries(&two)));
    lines.retain(|(_, a, b)| !a.is_empty() || !b.is_empty());
    let offer = |record: &Record| Offer { child: making::head(&lens, record), reasons: reasons.clone() };
    Ok(Pair { viewer: framed(app, actor, &lens).await?, one: offer(&one), two: offer(&two), lines })
}

fn reason(text: &str, needed: bool) -> Result<&str> {
    let text = text.trim();
    let says = match text.chars().count() {
        0 if needed => "Say why, in your own words",
        n if n > LONGEST || text.contains('\0') => "Say why in no more than 2,000 characters",
        _ => return Ok(text),
    };
    Err(Refused::Invalid(vec![FieldProblem::new("reason", says)]))
}

/// Notes that two records are of two children, so that nobody is asked about them again. The same key again does nothing.
pub async fn apart(app: &App, actor: &Actor, child: &str, other: &str, key: &str) -> Result<()> {
    let two = authorise(app, actor, Verb::See, Some(other)).await?.child;
    let opened = open(app, actor, child, Verb::Do(Act::Keep)).await?;
    if opened.permit.child == two {
        return Err(Refused::NotFound);
    }
    if case::again(app, &opened, key).await?.is_some() {
        return Ok(());
    }
    let version = opened.seen.version;
    append(app, actor, opened, version, &[case::apart(app, actor, &two)], key).await?;
    Ok(())
}

/// Takes back that two records are of two children: whoever looks is asked about them again. The same key again does nothing.
pub async fn perhaps(app: &App, actor: &Actor, child: &str, other: &str, key: &str) -> Result<()> {
    let mut said = false;
    // It may have been said on the page of either.
    for (own, of, key) in [(child, other, key.to_owned()), (other, child, format!("{key}-other"))] {
        let of = authorise(app, actor, Verb::See, Some(of)).await?.child;
        let opened = open(app, actor, own, Verb::Do(Act::Keep)).await?;
        let before = case::again(app, &opened, &key).await?.is_some();
        if !before && opened.says_apart(&of) {
            let version = opened.seen.version;
            append(app, actor, opened, version, &[case::perhaps(app, actor, &of)], &key).await?;
            said = true;
        }
        said |= before;
    }
    if said { Ok(()) } else { Err(Refused::NotFound) }
}

/// Makes two records one: `other` is read as a part of `child` from now on. The same key again does nothing.
pub async fn merge(app: &App, actor: &Actor, child: &str, other: &str, why: &str, key: &str) -> Result<()> {
    let one = open(app, actor, child, Verb::Do(Act::Merge)).await?;
    let two = open(app, actor, other, Verb::Do(Act::Merge)).await?;
    if one.permit.child == two.permit.child {
        // They are one already: of this form, or of another's.
        return Ok(());
    }
    let why = reason(why, false)?;
    case::merge(app, actor, one, two, why, key).await
}

/// Takes a record out of this one: they are of two children after all. The same key again does nothing.
pub async fn part(app: &App, actor: &Actor, child: &str, other: &str, why: &str, key: &str) -> Result<()> {
    let why = reason(why, true)?;
    let opened = open(app, actor, child, Verb::Do(Act::Merge)).await?;
    if app.store.outcome_of(&case::own_key(&opened.permit, key)).await?.is_some() {
        return Ok(());
    }
    case::part(app, actor, opened, other, why, key).await
}
