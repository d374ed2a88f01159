//! Who comes on a panel's agenda: the children for whom a rule asks that the panel takes them up, each only as far as whoever looks may see
//! the record. The looks are on the log, once for the list.

use super::{On, Raised};
use crate::app::{App, moment};
use crate::authorise::{Actor, sees};
use crate::case::load_listed;
use crate::refused::Result;
use crate::register::rows;
use engine::rulebook::{AgendaItem, BlockKind, Content};
use std::collections::{BTreeSet, HashMap, HashSet};
use store::DutyRow;
use views::asked::{Asked, evaluate_for};
use views::making::protocol::cited;
use views::{AgendaLine, AgendaPart, Lens};

/// So many children of one part are looked at.
const READ: i64 = 100;

/// The agenda as it stands now. Each child is loaded and asked of once, however many parts it comes on.
pub(crate) async fn drawn(app: &App, actor: &Actor, lens: &Lens<'_>, on: &On<'_>) -> Result<Vec<AgendaPart>> {
    let scope = crate::authorise::scope(app, actor);
    let mut asked_of: HashMap<&str, Vec<DutyRow>> = HashMap::new();
    for duty in on.panel.agenda.iter().filter_map(|item| item.duty.as_deref()) {
        let rows = app.store.duties_of_rules(&scope, &on.own.book.id, &[duty.to_string()], READ).await?;
        asked_of.insert(duty, rows);
    }
    let children: Vec<&str> = asked_of.values().flatten().map(|row| row.child_id.as_str()).collect();
    let records = load_listed(app, actor, &children, "panel").await?;
    let evaluated = records.iter().map(|record| {
        let asked = evaluate_for(&app.rules, record, &lens.who.own, (app.now(), app.now()), Asked::Current);
        let open = asked.duties.iter().filter(|one| one.duty.state.asks()).map(|one| one.key.to_string()).collect();
        (record.id.clone(), open)
    });
    let open: HashMap<String, HashSet<String>> = evaluated.collect();
    let mut parts = Vec::new();
    for item in &on.panel.agenda {
        let children = match (&item.duty, &item.register) {
            (Some(duty), _) => of_duty(app, lens, asked_of.get(duty.as_str()).map_or(&[], Vec::as_slice), &open),
            (_, Some(register)) => of_register(app, actor, lens, on, register).await?,
            _ => Vec::new(),
        };
        parts.push(part(on, item, children));
    }
    Ok(parts)
}

fn part(on: &On<'_>, item: &AgendaItem, children: Vec<AgendaLine>) -> AgendaPart {
    AgendaPart { says: item.says.clone(), cited: cited(on.own.book, &item.cites), children, hidden: 0 }
}

/// The children for whom a duty is open, or the next to come. Its owner is told of it whatever it follows from; anybody else only where what they may see of the
/// record brings it about.
fn of_duty(app: &App, lens: &Lens<'_>, rows: &[DutyRow], open: &HashMap<String, HashSet<String>>) -> Vec<AgendaLine> {
    let mut lines: Vec<AgendaLine> = Vec::new();
    for row in rows {
        // Of what is asked again and again, the first step that is open or to come.
        let first = lines.iter().all(|line| line.child != row.child_id);
        if first && open.get(&row.child_id).is_some_and(|keys| keys.contains(&row.key)) {
            lines.push(line(app, lens, row));
        }
    }
    lines
}

fn line(app: &App, lens: &Lens<'_>, row: &DutyRow) -> AgendaLine {
    let rule = app.rules.book(&row.rulebook).and_then(|book| book.rule(&row.rule));
    let doing = rule.map(|(_, rule)| {
        let event = casebook::command::event_of(app.rules.vocabulary(), rule);
        format!("/children/{}/record/{}?duty={}", row.child_id, app.rules.vocabulary().event_at(event).id, row.key)
    });
    AgendaLine {
        child: row.child_id.clone(),
        name: row.child_name.clone(),
        episode: row.episode_id.clone().unwrap_or_default(),
        says: row.label.clone(),
        limit: lens.face.limit(row.due_us.map(moment)),
        doing: doing.unwrap_or_default(),
    }
}

async fn of_register(
    app: &App,
    actor: &Actor,
    lens: &Lens<'_>,
    on: &On<'_>,
    register: &str,
) -> Result<Vec<AgendaLine>> {
    let named = |block: &&engine::rulebook::Block| block.kind() == BlockKind::Register && block.id == register;
    let Some(block) = on.own.book.blocks.iter().find(named) else { return Ok(Vec::new()) };
    let Content::Register(register) = &block.content else { return Ok(Vec::new()) };
    let drawn = rows(app, actor, lens, &on.own, register, 0, "panel").await?;
    let mut seen = BTreeSet::new();
    let meeting = &app.rules.vocabulary().action_at(on.panel.discusses).id;
    let lines = drawn.rows.into_iter().filter(|one| seen.insert(one.record.id.clone())).map(|one| {
        let episode = one.episode.and_then(|e| one.record.case.episodes.get(e.place()));
        AgendaLine {
            child: one.record.id.clone(),
            name: one.record.name.clone(),
            episode: episode.map(|one| one.id.clone()).unwrap_or_default(),
            says: String::new(),
            limit: views::Limit::default(),
            doing: format!("/children/{}/record/meeting.held?act={meeting}", one.record.id),
        }
    });
    Ok(lines.collect())
}

/// Children who were raised by hand, and those whom a meeting took up: each only where the viewer sees the child.
pub(crate) async fn kept(app: &App, actor: &Actor, says: &str, children: Vec<(String, String)>) -> Result<AgendaPart> {
    let mut part = AgendaPart { says: says.into(), ..AgendaPart::default() };
    let mut shown = Vec::new();
    for (child, why) in children {
        let row = if sees(app, actor, &child).await? { app.store.child_row(&child).await? } else { None };
        let Some(row) = row else {
            part.hidden += 1;
            continue;
        };
        shown.push(row.id.clone());
        part.children.push(AgendaLine {
            episode: row.open_episode.unwrap_or_default(),
            child: row.id,
            name: row.name,
            says: why,
            ..AgendaLine::default()
        });
    }
    let permit = crate::authorise::authorise(app, actor, crate::authorise::Verb::Do(policy::Act::Attend), None).await?;
    crate::looks::note_list(app, actor, &permit, "panel", shown.iter().map(String::as_str)).await?;
    Ok(part)
}

/// The children who were raised by hand.
pub(crate) async fn raised(app: &App, actor: &Actor, raised: &[Raised]) -> Result<Option<AgendaPart>> {
    if raised.is_empty() {
        return Ok(None);
    }
    let children = raised.iter().map(|one| (one.child.clone(), one.says.clone())).collect();
    Ok(Some(kept(app, actor, "Raised by an agency", children).await?))
}
