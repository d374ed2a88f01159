//! A register, as a page that can be printed.

use super::rows::{PAGE, rows};
use super::{Read, read};
use crate::app::{App, moment};
use crate::area::{Kind, by, kept};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::refused::Result;
use engine::rulebook::Among;
use policy::Act;
use std::collections::BTreeMap;
use views::making::protocol::cited;
use views::making::register_row;
use views::words::short_title;
use views::{Lens, RecordPart, RegisterPage, RegisterRow};

/// A line, as it is kept: what stands in each column, by its number; or that it was taken out.
#[derive(Clone, PartialEq, Eq, Debug, Default, serde::Serialize, serde::Deserialize)]
pub(super) struct Line {
    /// The register: rulebook and id.
    pub register: String,
    /// What stands in each column, by the column's label.
    pub cells: BTreeMap<String, String>,
    /// It was written in error.
    #[serde(default)]
    pub void: bool,
    /// Why it was changed.
    #[serde(default)]
    pub why: String,
}

/// The page, from a row on.
pub async fn show(app: &App, actor: &Actor, book: &str, register: &str, from: i64) -> Result<RegisterPage> {
    let Read { own, block, register, keeps } = read(app, actor, Act::Attend, book, register).await?;
    let lens = lens(app, actor);
    let href = format!("/registers/{book}/{}", block.id);
    let from = from.clamp(0, 1_000_000);
    let (shown, more) = match register.among {
        Among::Record => (Vec::new(), false),
        Among::Lines => {
            (lines(app, &lens, &own.area, &format!("{book}/{}", block.id), register, &href, keeps).await?, false)
        }
        _ => {
            let drawn = rows(app, actor, &lens, &own, register, from, "register").await?;
            let row = |on: &super::rows::On| {
                let unsure = if on.unsure { "Not yet known: something is not recorded." } else { "" };
                RegisterRow { unsure: unsure.into(), ..register_row(&lens, &on.record, &register.columns, on.episode) }
            };
            (drawn.rows.iter().map(row).collect(), drawn.more)
        }
    };
    let column = |column: &engine::rulebook::Column| RecordPart {
        label: column.label.clone(),
        text: String::new(),
        cited: cited(own.book, &column.cites),
    };
    let below =
        |cite: &&engine::rulebook::Cite| !register.columns.iter().any(|c| c.cites.iter().any(|o| o.id == cite.id));
    Ok(RegisterPage {
        viewer: framed(app, actor, &lens).await?,
        title: block.title.clone(),
        protocol: (short_title(own.book), book.to_string()),
        says: block.says.clone(),
        rule: rule(register.among).into(),
        cited: cited(own.book, block.cites.iter().filter(below)),
        columns: register.columns.iter().map(column).collect(),
        rows: shown,
        drawn: !matches!(register.among, Among::Lines | Among::Record),
        keeps: keeps && register.among == Among::Lines,
        before: if from == 0 { String::new() } else { format!("{href}?from={}", (from - PAGE).max(0)) },
        after: if more { format!("{href}?from={}", from + PAGE) } else { String::new() },
        href,
    })
}

fn rule(among: Among) -> &'static str {
    match among {
        Among::Open => "Drawn from the records: children who are gone now, of those whom you may see.",
        Among::Episodes => {
            "Drawn from the records: every episode, now and before, of the children whom you may see. The latest first."
        }
        Among::Duties => {
            "Drawn from the records: children for whom this is still to be done, of those whom you may see."
        }
        Among::Lines => "Written line by line. It is about no child.",
        Among::Record => "Kept on each child's own record.",
    }
}

async fn lines(
    app: &App,
    lens: &Lens<'_>,
    area: &str,
    named: &str,
    register: &engine::rulebook::Register,
    href: &str,
    keeps: bool,
) -> Result<Vec<RegisterRow>> {
    let all: Vec<crate::area::Kept<Line>> = kept(app, area, Kind::Line).await?;
    let mut found = Vec::new();
    for one in all.iter().rev().filter(|one| one.says.register == named && !one.says.void) {
        let cell = |column: &engine::rulebook::Column| {
            one.says.cells.get(&column.label).map(|text| text.lines().map(String::from).collect()).unwrap_or_default()
        };
        let who = by(app, &one.row.by_person, &one.row.by_role).await?;
        let when = lens.face.when(moment(one.row.at_us)).words;
        let changed = if one.row.n > 1 { "put right by " } else { "" };
        found.push(RegisterRow {
            cells: register.columns.iter().map(cell).collect(),
            change: if keeps { format!("{href}/write/{}", one.row.subject) } else { String::new() },
            by: format!("{changed}{who}, {when}"),
            ..RegisterRow::default()
        });
    }
    Ok(found)
}
