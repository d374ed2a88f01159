//! A line of a register that is written: added, put right, or taken out with the reason. What stood before is kept.

use super::show::Line;
use super::{Read, read};
use crate::app::App;
use crate::area::{Kept, Kind, kept, put};
use crate::authorise::Actor;
use crate::lens::{framed, lens};
use crate::panel::form::Field;
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem};
use engine::rulebook::Among;
use policy::Act;
use std::collections::BTreeMap;
use views::words::Names;
use views::{ChildHead, FieldKind, KeptForm};

const LONGEST: usize = 4_000;

/// The form, filled with what stands or with what was typed. `line` is none of a new one.
pub async fn form(
    app: &App,
    actor: &Actor,
    (book, register): (&str, &str),
    line: Option<&str>,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let read = written(app, actor, book, register).await?;
    let before = before(app, &read, line).await?;
    let lens = lens(app, actor);
    let names = Names::of_book(&app.rules, read.own.book);
    let mut filled = answers.clone();
    if let Some(before) = before.as_ref().filter(|_| answers.is_empty()) {
        for (n, column) in read.register.columns.iter().enumerate() {
            filled.set(format!("c{n}"), before.says.cells.get(&column.label).cloned().unwrap_or_default());
        }
    }
    let field = Field::new(&names, &filled, problems, app.now());
    let kind = FieldKind::LongText;
    let mut fields: Vec<_> =
        (0..).zip(&read.register.columns).map(|(n, c)| field.text(&format!("c{n}"), &c.label, "", kind)).collect();
    if before.is_some() {
        fields.push(field.choice(
            "keep",
            "Does the line stay?",
            &[("yes", "Yes, it is put right"), ("no", "No, it was written in error")],
        ));
        fields.push(Field::needed(field.text("why", "Why is it changed?", "", FieldKind::Text)));
    }
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: ChildHead { name: read.block.title.clone(), ..ChildHead::default() },
        version: before.as_ref().map_or(0, |one| one.row.n),
        title: if before.is_some() { "Put a line right" } else { "Write a line" }.into(),
        lead: "Name no child here: this is not on a child's record.".into(),
        fields,
        button: "Save".into(),
    })
}

/// Saves it. `version` is that of the page.
pub async fn save(
    app: &App,
    actor: &Actor,
    (book, register): (&str, &str),
    line: Option<&str>,
    version: i64,
    answers: &Answers,
    key: &str,
) -> Result<()> {
    let read = written(app, actor, book, register).await?;
    let before = before(app, &read, line).await?;
    let mut cells = BTreeMap::new();
    let mut problems = Vec::new();
    for (n, column) in read.register.columns.iter().enumerate() {
        let text = answers.get(&format!("c{n}")).trim();
        if text.chars().count() > LONGEST {
            problems.push(FieldProblem::new(
                format!("c{n}"),
                format!("{}: write no more than 4,000 characters", column.label),
            ));
        }
        if !text.is_empty() {
            cells.insert(column.label.clone(), text.to_string());
        }
    }
    let void = before.is_some() && answers.get("keep") == "no";
    let why = answers.get("why").trim().to_string();
    if cells.is_empty() && !void {
        problems.push(FieldProblem::new("c0", "Write what is kept in at least one column"));
    }
    if before.is_some() && why.is_empty() {
        problems.push(FieldProblem::new("why", "Say why it is changed"));
    }
    if before.is_some() && !["yes", "no"].contains(&answers.get("keep")) {
        problems.push(FieldProblem::new("keep", "Say whether the line stays"));
    }
    if !problems.is_empty() {
        return Err(Refused::Invalid(problems));
    }
    let says = Line { register: format!("{book}/{}", read.block.id), cells, void, why };
    let subject = before.map_or_else(|| app.new_id(), |one| one.row.subject);
    put(app, actor, (&read.own.area, Kind::Line, &subject), version, &says, key).await
}

async fn written<'a>(app: &'a App, actor: &Actor, book: &str, register: &str) -> Result<Read<'a>> {
    let read = read(app, actor, Act::Minute, book, register).await?;
    if read.register.among != Among::Lines {
        return Err(Refused::NotAllowed("This register is drawn from the records. Nobody writes on it.".into()));
    }
    Ok(read)
}

async fn before(app: &App, read: &Read<'_>, line: Option<&str>) -> Result<Option<Kept<Line>>> {
    let Some(line) = line else { return Ok(None) };
    let all: Vec<Kept<Line>> = kept(app, &read.own.area, Kind::Line).await?;
    let named = format!("{}/{}", read.own.book.id, read.block.id);
    let own = |one: &Kept<Line>| one.row.subject == line && one.says.register == named;
    Ok(Some(all.into_iter().find(own).ok_or(Refused::NotFound)?))
}
