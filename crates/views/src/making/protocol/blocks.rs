//! Words, powers, guidance, permissions, forms, registers and figures of a protocol, each as it stands in the rulebook.

use super::head::kind;
use super::{Maker, cited};
use crate::{PartLink, ProtocolItem, ProtocolPoint, ProtocolPoints, ProtocolSection};
use casebook::command::labels::capital;
use engine::rulebook::{Block, BlockKind, Content, FieldType, FormField, Permission, Rulebook, Stage};

/// The blocks of a kind.
pub(super) fn of(book: &Rulebook, kind: BlockKind) -> impl Iterator<Item = &Block> {
    book.blocks.iter().filter(move |block| block.kind() == kind)
}

/// A part that is one page; none if there is no such part.
pub(super) fn sections(maker: &Maker<'_>, part: &str) -> Option<Vec<ProtocolSection>> {
    let items: Vec<ProtocolItem> = if part == "permissions" {
        maker.book.permissions.iter().map(|one| permission(maker, one)).collect()
    } else {
        let kind = kind(part)?;
        of(maker.book, kind).map(|block| item(maker, block)).collect()
    };
    Some(vec![ProtocolSection { title: String::new(), items }])
}

pub(super) fn item(maker: &Maker<'_>, block: &Block) -> ProtocolItem {
    match &block.content {
        Content::Power { law, runs, .. } => {
            let mut made = ProtocolItem { lines: vec![("Law".into(), law.clone())], ..plain(maker, block) };
            made.lines.extend(runs.as_ref().map(|runs| ("Lasts".to_string(), format!("{} at most", runs.lasts))));
            made
        }
        Content::Guidance { .. } => guidance(maker, block),
        Content::Panel(panel) => self::panel(maker, block, panel),
        Content::Register(engine::rulebook::Register { columns, .. }) => {
            let own = |cite: &&engine::rulebook::Cite| !columns.iter().any(|c| c.cites.iter().any(|o| o.id == cite.id));
            let points = columns.iter().map(|column| ProtocolPoint {
                text: column.label.clone(),
                cited: cited(maker.book, &column.cites),
                ..ProtocolPoint::default()
            });
            let points = ProtocolPoints { title: "What is kept".into(), points: points.collect() };
            let cited = cited(maker.book, block.cites.iter().filter(own));
            ProtocolItem { points: vec![points], cited, ..plain(maker, block) }
        }
        // Not counted yet: what is only written down here is not what the protocol asks for.
        Content::Statistic { every } => ProtocolItem {
            lines: every.iter().map(|every| ("How often".to_string(), format!("Each {every}"))).collect(),
            cited: crate::Cited { provisions: String::new(), ..cited(maker.book, &block.cites) },
            ..plain(maker, block)
        },
        _ => plain(maker, block),
    }
}

/// A panel: who is on it, what brings a child on its agenda, what its record says.
fn panel(maker: &Maker<'_>, block: &Block, panel: &engine::rulebook::Panel) -> ProtocolItem {
    let point = |text: &str, cites: &[engine::rulebook::Cite]| ProtocolPoint {
        text: text.into(),
        cited: cited(maker.book, cites),
        ..ProtocolPoint::default()
    };
    let agenda: Vec<_> = panel.agenda.iter().map(|item| point(&item.says, &item.cites)).collect();
    let minutes: Vec<_> = panel.minutes.iter().map(|column| point(&column.label, &column.cites)).collect();
    let below = || panel.agenda.iter().map(|item| &item.cites).chain(panel.minutes.iter().map(|column| &column.cites));
    let own = |cite: &&engine::rulebook::Cite| !below().any(|cites| cites.iter().any(|one| one.id == cite.id));
    let members: Vec<String> = panel.members.iter().map(|role| maker.names.role(role)).collect();
    let chair = panel.chair.iter().map(|chair| ("Chair".to_string(), capital(&maker.names.role(chair))));
    let members = std::iter::once(("Members".to_string(), capital(&members.join(", "))));
    let points = [("Who comes on its agenda", agenda), ("What its record says", minutes)];
    let points = points.into_iter().filter(|(_, points)| !points.is_empty());
    ProtocolItem {
        lines: chair.chain(members).collect(),
        points: points.map(|(title, points)| ProtocolPoints { title: title.into(), points }).collect(),
        cited: cited(maker.book, block.cites.iter().filter(own)),
        ..plain(maker, block)
    }
}

fn plain(maker: &Maker<'_>, block: &Block) -> ProtocolItem {
    ProtocolItem {
        anchor: block.id.clone(),
        title: capital(&block.title),
        says: block.says.clone(),
        reading: block.reading.clone().unwrap_or_default(),
        cited: cited(maker.book, &block.cites),
        ..ProtocolItem::default()
    }
}

/// Guidance, with the step it belongs to.
pub(super) fn guidance(maker: &Maker<'_>, block: &Block) -> ProtocolItem {
    let Content::Guidance { at } = &block.content else { return plain(maker, block) };
    let vocabulary = maker.names.vocabulary;
    let step = if vocabulary.action(at).is_some() {
        maker.names.action(at)
    } else if vocabulary.event(at).is_some() {
        maker.names.event(at)
    } else if at == "help" {
        String::new()
    } else {
        capital(&maker.names.form(at))
    };
    let lines = if step.is_empty() { Vec::new() } else { vec![("Shown at".into(), step)] };
    ProtocolItem { lines, ..plain(maker, block) }
}

fn permission(maker: &Maker<'_>, permission: &Permission) -> ProtocolItem {
    let who: Vec<String> = permission.who.iter().map(|role| maker.names.role(role)).collect();
    let mut lines = vec![("Who may".to_string(), capital(&who.join(", ")))];
    if !permission.when.is_always() {
        lines.push(("When".into(), capital(&maker.condition(&permission.when))));
    }
    let action = permission.action.map(|a| maker.names.action(&maker.names.vocabulary.action_at(a).id));
    ProtocolItem {
        anchor: permission.id.clone(),
        title: action.unwrap_or_default(),
        says: permission.says.clone(),
        lines,
        reading: permission.reading.clone().unwrap_or_default(),
        cited: cited(maker.book, &permission.cites),
        ..ProtocolItem::default()
    }
}

/// Links to the forms.
pub(super) fn forms(maker: &Maker<'_>) -> Vec<PartLink> {
    let link = |block: &Block| PartLink {
        part: format!("forms/{}", block.id),
        title: capital(&block.title),
        count: if let Content::Form(form) = &block.content { form.fields.len() } else { 0 },
    };
    of(maker.book, BlockKind::Form).map(link).collect()
}

/// A form with every question, under its headings.
pub(super) fn form(maker: &Maker<'_>, id: &str) -> Option<Vec<ProtocolSection>> {
    let block = of(maker.book, BlockKind::Form).find(|block| block.id == id)?;
    let Content::Form(form) = &block.content else { return None };
    let fields = &form.fields;
    let mut lists: Vec<ProtocolPoints> = Vec::new();
    for field in fields {
        let title = field.section.as_deref().unwrap_or("Questions");
        let point =
            ProtocolPoint { text: field.label.clone(), note: takes(field), cited: cited(maker.book, &field.cites) };
        match lists.last_mut().filter(|list| list.title == title) {
            Some(list) => list.points.push(point),
            None => lists.push(ProtocolPoints { title: title.into(), points: vec![point] }),
        }
    }
    let own = |cite: &&engine::rulebook::Cite| !fields.iter().any(|f| f.cites.iter().any(|o| o.id == cite.id));
    let item = ProtocolItem {
        title: String::new(),
        points: lists,
        cited: cited(maker.book, block.cites.iter().filter(own)),
        ..plain(maker, block)
    };
    Some(vec![ProtocolSection { title: capital(&block.title), items: vec![item] }])
}

/// What a question takes: `low, medium or high, with what it rests on; has to be answered`.
fn takes(field: &FormField) -> String {
    let kind = match field.kind {
        FieldType::Graded => format!("{}, with what it rests on", one_of(&field.choices)),
        FieldType::Choice => one_of(&field.choices),
        FieldType::YesNo => "yes or no".into(),
        FieldType::Date => "a date".into(),
        FieldType::Moment => "date and time".into(),
        FieldType::Time => "a time".into(),
        FieldType::Number => "a number".into(),
        FieldType::Phone => "a telephone number".into(),
        FieldType::Photograph => "a photograph".into(),
        FieldType::Role => "who, by their role".into(),
        FieldType::Person => "somebody's name".into(),
        FieldType::Place => "a place".into(),
        FieldType::Group => {
            let asked: Vec<String> = field.lines.iter().map(|line| line.label.to_lowercase()).collect();
            format!("one line for each: {}", asked.join(", "))
        }
        FieldType::Text | FieldType::LongText => String::new(),
    };
    let must = match (field.required, field.stage) {
        (true, Stage::Always) => "has to be answered",
        (true, Stage::Missing) => "has to be answered once the child is missing",
        (true, Stage::Back) => "has to be answered once the child is back",
        (false, Stage::Missing) => "asked once the child is missing",
        (false, Stage::Back) => "asked once the child is back",
        (false, Stage::Always) => "",
    };
    let parts = [field.help.as_deref().unwrap_or_default().trim_end_matches('.'), &kind, must];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
}

fn one_of(choices: &[String]) -> String {
    match choices.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}
