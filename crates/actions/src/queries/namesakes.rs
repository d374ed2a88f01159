//! Children of one name: told apart in lists, and named on the pages of each. Only records that the person sees are looked at.

use crate::app::App;
use crate::authorise::{Actor, Regard, may_see, scope};
use crate::case::{glimpse, seen};
use crate::lens::lens;
use crate::live::{OfChild, regarded};
use crate::refused::Result;
use casebook::likeness::{Marks, sought};
use engine::time::Moment;
use std::collections::{BTreeMap, BTreeSet};
use views::making::{Named, name_key, told_apart};
use views::{Namesake, Record};

/// So many records of one name are looked at.
const LOOKED_AT: i64 = 8;

/// Puts what tells them apart behind the names of children who are called the same in one list: `Sam Okoro (known as Sammy)`.
pub(crate) async fn tell_apart(app: &App, actor: &Actor, names: Vec<(String, &mut String)>) -> Result<()> {
    let mut called: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (id, name) in &names {
        called.entry(name_key(name)).or_default().insert(id.clone());
    }
    let mut said: BTreeMap<String, String> = BTreeMap::new();
    for ids in called.into_values().filter(|ids| ids.len() > 1) {
        let mut all = Vec::new();
        for id in ids.iter().take(usize::try_from(LOOKED_AT).unwrap_or(0)) {
            if let Some(permit) = may_see(app, actor, id).await? {
                all.push(seen(app, permit).await?);
            }
        }
        let all: Vec<_> = all.iter().map(|one| (&one.record, one.opened)).collect();
        said.extend(apart(app, actor, &all).into_iter().map(|one| (one.id, one.words)));
    }
    for (id, name) in names {
        if let Some(words) = said.get(&id) {
            *name = format!("{name} ({words})");
        }
    }
    Ok(())
}

/// The other children of this name whom the person sees, each with what tells them from this one.
pub(crate) async fn namesakes(app: &App, actor: &Actor, record: &Record) -> Result<Vec<Namesake>> {
    let key = name_key(&record.name);
    // By how the name sounds there is an index; of those few, the names are compared.
    let ids = app.store.children_marked(&scope(app, actor), &sounds_like(&record.name), LOOKED_AT).await?;
    let mut all = Vec::new();
    for id in ids.iter().filter(|id| **id != record.id) {
        let Some(permit) = may_see(app, actor, id).await? else { continue };
        let other = seen(app, permit).await?;
        if name_key(&other.record.name) == key {
            all.push(other);
        }
    }
    if all.is_empty() {
        return Ok(Vec::new());
    }
    if let Some(permit) = may_see(app, actor, &record.id).await? {
        all.push(seen(app, permit).await?);
    }
    let all: Vec<_> = all.iter().map(|one| (&one.record, one.opened)).collect();
    let said = apart(app, actor, &all);
    Ok(said.into_iter().filter(|one| one.id != record.id).collect())
}

/// The other children of this name who are gone too, whoever looks: by how the name sounds there is an index.
pub(crate) async fn gone_alike(app: &App, child: &str, name: &str) -> Result<Vec<String>> {
    let key = name_key(name);
    let found = app.store.open_marked(&sounds_like(name)).await?.into_iter();
    Ok(found.filter(|(id, name)| id != child && name_key(name) == key).map(|(id, _)| id).collect())
}

/// What tells a child from those of its name who are gone too and whom the person sees as well; none where they see none of them.
pub(crate) async fn apart_from(
    app: &App,
    actor: &Actor,
    regard: &Regard,
    known: &OfChild,
    alike: &[String],
) -> Result<Option<String>> {
    if alike.is_empty() {
        return Ok(None);
    }
    let mut all = regarded(app, actor, known.window, alike, false).await?;
    all.retain(|(other, _)| other.near && !other.merged);
    all.truncate(usize::try_from(LOOKED_AT).unwrap_or(0));
    if all.is_empty() {
        return Ok(None);
    }
    let mut seen = vec![glimpse(app, regard, known.record(app).await?).await?];
    for (other, its) in &all {
        seen.push(glimpse(app, other, its.record(app).await?).await?);
    }
    let seen: Vec<_> = seen.iter().map(|(record, opened)| (record, *opened)).collect();
    Ok(apart(app, actor, &seen).into_iter().next().map(|own| own.words))
}

/// The keys under which names that sound like this one are found.
fn sounds_like(name: &str) -> Vec<(String, String)> {
    let marks = Marks { names: vec![name.to_owned()], ..Marks::default() };
    sought(&marks).into_iter().map(|key| (key.kind.to_string(), key.value)).collect()
}

fn apart(app: &App, actor: &Actor, all: &[(&Record, Moment)]) -> Vec<Namesake> {
    let lens = lens(app, actor);
    let named: Vec<Named<'_>> =
        all.iter().map(|(record, opened)| Named { record, opened: lens.face.when(*opened).words }).collect();
    let said = told_apart(&lens, &named);
    let made = |((one, _), words): (&(&Record, Moment), String)| Namesake {
        id: one.id.clone(),
        name: one.name.clone(),
        words,
    };
    all.iter().zip(said).map(made).collect()
}
