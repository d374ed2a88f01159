//! The page that asks a group: one renderer for all of it, by what the data says of each.

use super::{asked, group, may_change, of_child};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Purpose, load_kept};
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, time};
use casebook::particulars::Kind;
use policy::Act;
use views::making::{FieldMaker, head};
use views::words::Names;
use views::{FieldKind, FormField, KeptForm};

pub(super) const SOURCES: [(&str, &str, &str); 3] = [
    ("seen", "I saw it, or the child said it", ""),
    ("told", "Somebody else told me", ""),
    ("document", "It says so in a document", ""),
];

/// The form of a group, as it was typed so far; filled with what stands where nothing was.
pub async fn form(
    app: &App,
    actor: &Actor,
    child: &str,
    word: &str,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let group = group(word).ok_or(Refused::NotFound)?;
    let (record, kept, permit) = load_kept(app, actor, child, Purpose::form(Verb::Do(Act::Keep))).await?;
    let asked = asked(&permit, group);
    if !may_change(&permit) || asked.is_empty() {
        return Err(Refused::NotAllowed(format!("As {} you do not record this of the child.", actor.role_name)));
    }
    let mut answers = answers.clone();
    if answers.is_empty() {
        let last = of_child(&kept).last().copied();
        answers.set("name", record.name.as_str());
        for one in &asked {
            let value = last.map(|row| row.text(&format!("details.{}", one.id))).unwrap_or_default();
            match one.kind {
                Kind::Date => time::put_day(&mut answers, &one.id, value),
                _ => answers.set(one.id.as_str(), value),
            }
        }
    }
    let names = Names::shared(&app.rules);
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: app.now(), likely: Vec::new() };
    let mut fields = Vec::new();
    if group.id == "names" {
        let hint = "As lists and pages show it.";
        fields.push(FormField {
            required: true,
            ..maker.plain("name", "Name at the head of the record", hint, FieldKind::Text)
        });
    }
    fields.extend(asked.iter().map(|one| maker.particular(one, &one.id, &one.label)));
    let hint = "Where it is known; otherwise it holds from today.";
    fields.push(maker.plain("holds_from", "Since when does it hold?", hint, FieldKind::Date));
    fields.push(maker.choice("source", "How do you know?", "", &SOURCES));
    let hint = "Only where something was written wrongly before. What stood before stays to be read.";
    fields.push(maker.plain("reason", "Why is it put right?", hint, FieldKind::LongText));
    let lens = lens(app, actor);
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &record),
        version: record.version,
        title: group.title.clone(),
        lead: "Everything may be left empty. What is changed here is one save.".into(),
        fields,
        button: "Save".into(),
    })
}
