//! The page of who a child is: what holds now, group by group, and what was changed, since when, by whom, and from whom.

use super::form::SOURCES;
use super::{asked, may_change, of_child};
use crate::app::App;
use crate::authorise::{Actor, Permit, Verb};
use crate::case::{Kept, Purpose, load_kept};
use crate::lens::{framed, lens};
use crate::refused::Result;
use casebook::particulars::{Group, Particular, groups};
use std::collections::HashMap;
use views::making::head;
use views::{Lens, ParticularGroup, Particulars, Said};

/// Who the child is, as this person may see it.
pub async fn show(app: &App, actor: &Actor, child: &str) -> Result<Particulars> {
    let (record, kept, permit) = load_kept(app, actor, child, Purpose { verb: Verb::See, look: "particulars" }).await?;
    let rows = of_child(&kept);
    let mut writers: HashMap<&str, String> = HashMap::new();
    for row in &rows {
        if !writers.contains_key(row.actor.as_str()) {
            let name = app.store.person(&row.actor).await?.map(|p| p.name).unwrap_or_default();
            writers.insert(&row.actor, name);
        }
    }
    let lens = lens(app, actor);
    let made = groups().iter().filter_map(|group| of_group(&lens, &permit, group, &rows, &writers));
    let groups = made.collect();
    Ok(Particulars {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &record),
        may_change: may_change(&permit),
        groups,
    })
}

/// A group; none where nothing of it is for these eyes.
fn of_group(
    lens: &Lens<'_>,
    permit: &Permit,
    group: &Group,
    rows: &[&Kept],
    writers: &HashMap<&str, String>,
) -> Option<ParticularGroup> {
    let asked = asked(permit, group);
    if asked.is_empty() {
        return None;
    }
    let label = |one: &Particular| one.label.trim_end_matches('?').to_string();
    let value = |row: &Kept, one: &Particular| row.text(&format!("details.{}", one.id)).to_string();
    let mut history = Vec::new();
    for (n, row) in rows.iter().enumerate() {
        let before = n.checked_sub(1).map(|n| rows[n]);
        let changed = asked.iter().filter(|one| before.map(|b| value(b, one)).unwrap_or_default() != value(row, one));
        let mut lines: Vec<(String, String)> = changed.map(|one| (label(one), said(one, &value(row, one)))).collect();
        let renamed = before.is_some_and(|before| before.text("name") != row.text("name"));
        if group.id == "names" && renamed {
            lines.insert(0, ("Name at the head of the record".into(), row.text("name").into()));
        }
        if lines.is_empty() {
            continue;
        }
        let from = row.text("details.holds_from");
        if !from.is_empty() {
            lines.push(("Holds since".into(), crate::kept::in_words(from)));
        }
        let source =
            SOURCES.iter().find(|(word, ..)| *word == row.text("details.source")).map_or("", |(_, words, _)| words);
        history.push(Said {
            at: lens.face.when(row.recorded),
            by: writers.get(row.actor.as_str()).cloned().unwrap_or_default(),
            act: "Written down".into(),
            lines,
            source: source.into(),
            reason: row.text("details.reason").into(),
        });
    }
    history.reverse();
    let now = rows.last();
    let lines = asked.iter().filter_map(|one| {
        let value = now.map(|row| value(row, one)).filter(|value| !value.is_empty())?;
        Some((label(one), one.words(&value)))
    });
    Some(ParticularGroup { id: group.id.clone(), title: group.title.clone(), lines: lines.collect(), history })
}

fn said(one: &Particular, value: &str) -> String {
    if value.is_empty() { "Nothing any more".into() } else { one.words(value) }
}
