//! The places of a child, and the page of one: what is said of it, when the child was found there, and other children there whom the viewer sees.

use super::found::{self, Found, is_at};
use super::save::{is_there, may_change};
use super::{ALONE, TEXTS, ids, last, rows};
use crate::app::App;
use crate::around::people;
use crate::authorise::{Actor, Verb, scope};
use crate::case::{Kept, PLACE_AT, Purpose, Tied, load_tied, peek_tied, place_keys};
use crate::kept::{in_words, is_over, mends, said, writers};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::{Refused, Result};
use std::collections::HashMap;
use views::making::head;
use views::words::Names;
use views::{FoundThere, Lens, OtherThere, Place, PlacePage, Places, Said};

/// So many other records are opened at most.
const LOOKED_INTO: i64 = 12;
/// In the words of the history: that it is over, and that whoever wrote it saw it.
const WORDS: (&str, &str) = ("The child does not go there any more", "saw it");

/// All places of a child, as this person may see them.
///
/// # Errors
/// `NotAllowed` for whoever may not see the child.
pub async fn show(app: &App, actor: &Actor, child: &str) -> Result<Places> {
    let own = load_tied(app, actor, child, Purpose { verb: Verb::See, look: "places" }).await?;
    let lens = lens(app, actor);
    let telling = Telling::of(app, &lens, &own).await?;
    let today = lens.face.calendar.date(lens.now).to_string();
    let may = may_change(&own.permit, own.sees_places);
    let mut page = Places {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &own.record),
        may_see: own.sees_places,
        may_change: may,
        ..Places::default()
    };
    for id in ids(&own.kept) {
        let of = rows(&own.kept, id);
        let Some(last) = of.last().copied() else { continue };
        let mut place = telling.place(&of);
        place.may_correct = !last.is_void() && mends(app, actor, &own.permit, may, Some(last)).await?;
        match () {
            () if last.is_void() => page.mistaken.push(place),
            () if is_over(last, &today) => page.past.push(place),
            () => page.now.push(place),
        }
    }
    let named: Vec<Vec<&Kept>> =
        ids(&own.kept).into_iter().filter(|id| last(&own.kept, id).is_some()).map(|id| rows(&own.kept, id)).collect();
    for one in telling.found.iter().filter(|one| !named.iter().any(|place| is_at(place, &one.place))) {
        let known = page.unnamed.iter().any(|known| known.place.to_lowercase() == one.place.to_lowercase());
        if page.may_see && !known {
            page.unnamed.push(telling.found_there(one));
        }
    }
    Ok(page)
}

/// The page of a place.
///
/// # Errors
/// `NotFound` where there is no such place, or this person does not see it.
pub async fn one(app: &App, actor: &Actor, child: &str, place: &str) -> Result<PlacePage> {
    let own = load_tied(app, actor, child, Purpose { verb: Verb::See, look: "places" }).await?;
    if !is_there(&own.kept, place) {
        return Err(Refused::NotFound);
    }
    let lens = lens(app, actor);
    let telling = Telling::of(app, &lens, &own).await?;
    let today = lens.face.calendar.date(lens.now).to_string();
    let of = rows(&own.kept, place);
    let last = *of.last().ok_or(Refused::NotFound)?;
    let stands = !last.is_void();
    let mut one = telling.place(&of);
    let may = may_change(&own.permit, own.sees_places);
    one.may_correct = stands && mends(app, actor, &own.permit, may, Some(last)).await?;
    let found = telling.found.iter().filter(|found| is_at(&of, &found.place));
    let found = found.map(|found| telling.found_there(found)).collect();
    let others = if stands { others(app, actor, &lens, &own, last).await? } else { Vec::new() };
    Ok(PlacePage {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &own.record),
        one,
        stands,
        over: is_over(last, &today),
        may_change: stands && may,
        found,
        others,
    })
}

/// Other children at the same place, of those whose places this person sees.
async fn others(app: &App, actor: &Actor, lens: &Lens<'_>, own: &Tied, place: &Kept) -> Result<Vec<OtherThere>> {
    let keys = place_keys(place.text("name"), place.text("address"));
    let children = app.store.children_marked(&scope(app, actor), &keys, LOOKED_INTO).await?;
    let mut all = Vec::new();
    for id in children.into_iter().filter(|id| *id != own.record.id) {
        let Some(other) = peek_tied(app, actor, &id).await? else { continue };
        let names = Names::of(&app.rules, &other.record.case, lens.now);
        let found = found::all(app.rules.vocabulary(), &names, &other.record);
        for row in ids(&other.kept).into_iter().filter_map(|id| last(&other.kept, id)) {
            let theirs = place_keys(row.text("name"), row.text("address"));
            let Some((kind, _)) = keys.iter().find(|key| theirs.contains(key)) else { continue };
            let of = rows(&other.kept, &row.id);
            let there: Vec<&Found> = found.iter().filter(|found| is_at(&of, &found.place)).collect();
            all.push(OtherThere {
                child: head(lens, &other.record),
                place: row.id.clone(),
                name: row.text("name").into(),
                why: if kind == PLACE_AT { "at the same address" } else { "a place of the same name" },
                times: there.len(),
                last: there.first().map(|found| lens.face.when(found.at)),
            });
        }
    }
    note_list(app, actor, &own.permit, "places", all.iter().map(|one| one.child.id.as_str())).await?;
    Ok(all)
}

/// Who tells of a place, in whose words.
struct Telling<'a> {
    lens: &'a Lens<'a>,
    writers: HashMap<&'a str, String>,
    found: Vec<Found>,
    /// The people around the child.
    around: Vec<&'a Kept>,
}

impl<'a> Telling<'a> {
    async fn of(app: &App, lens: &'a Lens<'a>, own: &'a Tied) -> Result<Telling<'a>> {
        let names = Names::of(&app.rules, &own.record.case, lens.now);
        let found = if own.sees_places { found::all(app.rules.vocabulary(), &names, &own.record) } else { Vec::new() };
        Ok(Telling { lens, writers: writers(app, &own.kept).await?, found, around: people(&own.kept) })
    }

    fn place(&self, of: &[&Kept]) -> Place {
        let Some(last) = of.last().copied() else { return Place::default() };
        let there: Vec<&Found> = self.found.iter().filter(|found| is_at(of, &found.place)).collect();
        Place {
            id: last.id.clone(),
            name: last.text("name").into(),
            address: last.text("address").into(),
            not_alone: last.text("details.not_alone") == "yes",
            lines: lines(last),
            who: self.who(last),
            times: there.len(),
            last: there.first().map(|found| self.lens.face.when(found.at)),
            may_correct: false,
            history: of.iter().rev().map(|row| self.said(row)).collect(),
        }
    }

    fn who(&self, row: &Kept) -> Vec<(String, String)> {
        let ids = row.text("details.who").split(' ').filter(|id| !id.is_empty());
        let known = ids.filter_map(|id| self.around.iter().find(|one| one.id == id));
        known.map(|one| (one.id.clone(), one.text("name").to_string())).collect()
    }

    fn said(&self, row: &Kept) -> Said {
        let mut all = vec![("Name".to_string(), row.text("name").to_string())];
        all.extend((!row.text("address").is_empty()).then(|| ("Address".into(), row.text("address").to_string())));
        all.extend(lines(row));
        if row.text("details.not_alone") == "yes" {
            all.push((ALONE.1.into(), "Yes".into()));
        }
        let who: Vec<String> = self.who(row).into_iter().map(|(_, name)| name).collect();
        all.extend((!who.is_empty()).then(|| ("Who goes there".into(), who.join(", "))));
        said(self.lens, &self.writers, row, WORDS, all)
    }

    fn found_there(&self, one: &Found) -> FoundThere {
        FoundThere {
            at: self.lens.face.when(one.at),
            what: one.what.clone(),
            place: one.place.clone(),
            entry: one.entry.clone(),
            episode: one.episode.clone().unwrap_or_default(),
        }
    }
}

/// Labels and values of what is neither name nor address.
fn lines(row: &Kept) -> Vec<(String, String)> {
    let texts = TEXTS.iter().filter(|(key, ..)| *key != "address");
    let texts = texts.map(|(key, _, label, _)| ((*label).to_string(), row.text(key).to_string()));
    let days = [("Since", "details.since"), ("Until", "details.until")];
    let days = days.map(|(label, key)| (label.to_string(), in_words(row.text(key))));
    texts.chain(days).filter(|(_, value)| !value.is_empty()).collect()
}
