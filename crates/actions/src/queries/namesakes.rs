//! Children of one name: told apart in lists, and named on the pages of each. Only records that the person sees are looked at.

use crate::app::App;
use crate::authorise::{Actor, may_see, scope};
use crate::case::{Seen, seen};
use crate::lens::lens;
use crate::refused::Result;
use casebook::likeness::{Marks, sought};
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
    let marks = Marks { names: vec![record.name.clone()], ..Marks::default() };
    // By how the name sounds there is an index; of those few, the names are compared.
    let keys: Vec<(String, String)> = sought(&marks).into_iter().map(|key| (key.kind.to_string(), key.value)).collect();
    let ids = app.store.children_marked(&scope(app, actor), &keys, LOOKED_AT).await?;
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
    let said = apart(app, actor, &all);
    Ok(said.into_iter().filter(|one| one.id != record.id).collect())
}

fn apart(app: &App, actor: &Actor, all: &[Seen]) -> Vec<Namesake> {
    let lens = lens(app, actor);
    let named: Vec<Named<'_>> =
        all.iter().map(|one| Named { record: &one.record, opened: lens.face.when(one.opened).words }).collect();
    let said = told_apart(&lens, &named);
    let made =
        |(one, words): (&Seen, String)| Namesake { id: one.record.id.clone(), name: one.record.name.clone(), words };
    all.iter().zip(said).map(made).collect()
}
