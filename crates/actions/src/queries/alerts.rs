//! Alerts: limits that come near, and limits that have passed.

use super::lists;
use crate::app::{App, moment};
use crate::authorise::{Actor, ties};
use crate::lens::{framed, lens};
use crate::looks::note_list;
use crate::refused::Result;
use casebook::command::labels;
use policy::{Act, Answers as _};
use std::collections::HashMap;
use store::Alert;
use views::making::TOLD;
use views::seen_to::apart;
use views::words::Names;
use views::{AlertKind, AlertLine, Alerts, DutyKey, Lens};

/// So many are read, and so many are on a page.
const READ: i64 = 500;
const PAGE: usize = 25;

/// A page of the alerts for the duties that are this person's own, of children they may see, from 1; before them that nothing is recorded.
pub async fn alerts(app: &App, actor: &Actor, page: usize) -> Result<Alerts> {
    let lens = lens(app, actor);
    let permit = lists(app, actor).await?;
    let all = app.store.alerts_for(&permit.scope, &lens.who.own, READ).await?;
    let more = all.len() as i64 == READ;
    let pages = all.len().div_ceil(PAGE).max(1);
    let page = page.clamp(1, pages);
    let found: Vec<Alert> = all.into_iter().skip((page - 1) * PAGE).take(PAGE).collect();
    note_list(app, actor, &permit, "alerts", found.iter().map(|a| a.child_id.as_str())).await?;
    let mut people: HashMap<String, String> = HashMap::new();
    for id in found.iter().filter_map(|a| a.acknowledged_by.as_ref()) {
        if !people.contains_key(id) {
            let name = app.store.person(id).await?.map_or_else(|| "somebody".to_string(), |p| p.name);
            people.insert(id.clone(), name);
        }
    }
    let names = Names::shared(&app.rules);
    // Of a child who has left, those who have the child now acknowledge.
    let mut takes: HashMap<&str, bool> = HashMap::new();
    for one in &found {
        if !takes.contains_key(one.child_id.as_str()) {
            let ties = ties(app, actor, &one.child_id).await?;
            takes.insert(&one.child_id, app.policies.may(&actor.role, ties).acts.has(Act::Acknowledge));
        }
    }
    let may = |a: &Alert| takes.get(a.child_id.as_str()).copied().unwrap_or_default();
    let lines = found.iter().map(|a| AlertLine { may_acknowledge: may(a), ..line(&lens, &names, &people, a) });
    let (open, seen) = lines.partition(|l: &AlertLine| l.acknowledged.is_empty());
    let late = if page == 1 { crate::area::late(app, actor, &lens).await? } else { Vec::new() };
    let silent = if page == 1 { crate::silence::of_person(app, actor, &lens).await? } else { Vec::new() };
    Ok(Alerts { viewer: framed(app, actor, &lens).await?, silent, late, open, seen, page, pages, more })
}

fn line(lens: &Lens<'_>, names: &Names<'_>, people: &HashMap<String, String>, alert: &Alert) -> AlertLine {
    let duty: DutyKey = alert.duty_key.parse().unwrap_or_default();
    let acknowledged = alert.acknowledged_us.zip(alert.acknowledged_by.as_ref()).map(|(at, by)| {
        let name = people.get(by).map_or("somebody", String::as_str);
        format!("{name} at {}", lens.face.when(moment(at)).words)
    });
    // The rulebook's own name of the owner is the one that people know.
    let book = lens.rules.book(&duty.rulebook);
    let owner = alert.owner.as_deref().map(|o| apart(o).0).map(|owner| names.role_of(book, owner));
    let (label, to_tell) = alert.label.split_once(TOLD).unwrap_or((&alert.label, ""));
    AlertLine {
        id: alert.id.to_string(),
        kind: match alert.kind {
            store::AlertKind::Reminder => AlertKind::Reminder,
            store::AlertKind::Overdue => AlertKind::Overdue,
        },
        child: alert.child_id.clone(),
        child_name: alert.child_name.clone(),
        episode: alert.episode_id.clone(),
        label: label.into(),
        to_tell: to_tell.into(),
        owner_name: labels::capital(&owner.unwrap_or_else(|| "not yet known".into())),
        due: Some(lens.face.when(moment(alert.due_us))),
        raised: lens.face.when(moment(alert.raised_us)),
        duty,
        still_open: alert.duty_open,
        may_acknowledge: false,
        acknowledged: acknowledged.unwrap_or_default(),
    }
}
