//! The pages that ask about somebody around the child, filled with what is known or was typed.

use super::save::{may_change, may_correct};
use super::{ADDRESSES, About, BORN, TEXTS, last};
use crate::app::App;
use crate::authorise::{Actor, Verb};
use crate::case::{Kept, Purpose, load_kept};
use crate::lens::{framed, lens};
use crate::refused::{Refused, Result};
use casebook::command::{Answers, FieldProblem, time};
use policy::Class;
use views::making::{AROUND, FieldMaker, head, role_groups};
use views::words::Names;
use views::{FieldKind, FormField, KeptForm};

const SOURCES: [(&str, &str, &str); 3] = [
    ("seen", "I met them, or spoke to them", ""),
    ("told", "I was told", ""),
    ("document", "It says so in a document", ""),
];

/// The form for what is done, as it was typed so far; filled with what stands where nothing was.
pub async fn form(
    app: &App,
    actor: &Actor,
    child: &str,
    about: &About,
    answers: &Answers,
    problems: &[FieldProblem],
) -> Result<KeptForm> {
    let (record, kept, permit) = load_kept(app, actor, child, Purpose::form(Verb::Record)).await?;
    let own = match about.of() {
        Some(id) => Some(last(&kept, id).ok_or(Refused::NotFound)?),
        None => None,
    };
    let corrects = matches!(about, About::Correct(_));
    let allowed = match (about, own) {
        (About::Correct(id), _) => may_correct(app, actor, &permit, &kept, id).await?,
        _ => may_change(&permit),
    };
    if !allowed {
        return Err(Refused::NotAllowed(
            "Only those who wrote it put it right. Record what is different now instead.".into(),
        ));
    }
    let mut answers = answers.clone();
    if answers.is_empty() {
        fill(app, about, own, &mut answers);
    }
    let names = Names::of(&app.rules, &record.case, app.now());
    let maker = FieldMaker { names: &names, answers: &answers, problems, now: app.now(), likely: Vec::new() };
    let addresses = permit.may.see.has(Class::Whereabouts);
    let fields = if matches!(about, About::End(_)) { ending(&maker) } else { all(&maker, addresses, corrects) };
    let lens = lens(app, actor);
    let name = own.map(|row| row.text("name")).unwrap_or_default();
    let (title, lead, button) = match about {
        About::Add => (
            "Add somebody around the child".to_string(),
            "Only a name is needed, and what they are to the child.",
            "Add them",
        ),
        About::Change(_) => {
            (format!("What is different about {name}"), "What stood before stays in the history.", "Save")
        }
        About::End(_) => (
            format!("{name} is not around the child any more"),
            "They stay on the page, under those of before.",
            "Save",
        ),
        About::Correct(_) => (
            format!("Correct what is said of {name}"),
            "For what was written wrongly. If something is different now, record the change instead.",
            "Save the correction",
        ),
    };
    Ok(KeptForm {
        viewer: framed(app, actor, &lens).await?,
        child: head(&lens, &record),
        version: record.version,
        title,
        lead: lead.into(),
        fields,
        button: button.into(),
    })
}

pub(super) fn fill(app: &App, about: &About, own: Option<&Kept>, answers: &mut Answers) {
    if matches!(about, About::End(_)) {
        let calendar = &app.rules.vocabulary().calendar;
        time::put_day(answers, "until", &calendar.date(app.now()).to_string());
        return;
    }
    let Some(row) = own else { return };
    answers.set("name", row.text("name"));
    answers.set("role", row.text("role"));
    answers.set("kind", row.text("details.kind"));
    let texts = TEXTS.iter().map(|(key, field, ..)| (*key, *field));
    for (key, field) in texts.chain(ADDRESSES.iter().map(|(key, field, _)| (*key, *field))) {
        answers.set(field, row.text(key));
    }
    for field in ["since", "until", BORN.0] {
        let text = row.text(&format!("details.{field}"));
        if !text.is_empty() {
            time::put_day(answers, field, text);
        }
    }
}

fn all(maker: &FieldMaker<'_>, addresses: bool, corrects: bool) -> Vec<FormField> {
    let mut name = maker.plain("name", "Name", "As they are called; one name is enough.", FieldKind::Text);
    name.required = true;
    let kinds: Vec<(&str, &str, &str)> = AROUND.iter().map(|(word, words, _)| (*word, *words, "")).collect();
    let mut kind = maker.choice("kind", "What kind of person around the child?", "", &kinds);
    kind.required = true;
    let hint = "Where they have one that the protocols speak of.";
    let mut role = maker.plain("role", "Role", hint, FieldKind::Select);
    role.groups = role_groups(maker.names, &[], &role.values);
    role.groups.iter_mut().for_each(|group| group.options.retain(|option| option.value != "child"));
    let mut fields = vec![name, kind];
    for (_, field, label, hint) in TEXTS {
        let kind = if field == "told" { FieldKind::LongText } else { FieldKind::Text };
        fields.push(maker.plain(field, label, hint, kind));
        if field == "relation" {
            fields.push(role.clone());
            fields.push(maker.plain(BORN.0, BORN.1, "Where it is known.", FieldKind::Date));
        }
    }
    if addresses {
        fields.extend(ADDRESSES.iter().map(|(_, field, label)| maker.plain(field, label, "", FieldKind::LongText)));
    }
    fields.push(maker.plain("since", "Since when?", "", FieldKind::Date));
    fields.push(maker.plain("until", "Until when?", "Where it is over, or its end is known.", FieldKind::Date));
    fields.push(maker.choice("source", "How do you know?", "", &SOURCES));
    if corrects {
        let hint = "What stood before stays to be read.";
        fields.push(FormField {
            required: true,
            ..maker.plain("reason", "Why is it put right?", hint, FieldKind::LongText)
        });
        let label = "Were they entered by mistake altogether?";
        let options = [("no", "No", ""), ("yes", "Yes: they have nothing to do with this child", "")];
        fields.push(maker.choice("mistake", label, "", &options));
    }
    fields
}

fn ending(maker: &FieldMaker<'_>) -> Vec<FormField> {
    let until = maker.plain("until", "Until when?", "", FieldKind::Date);
    vec![FormField { required: true, ..until }, maker.choice("source", "How do you know?", "", &SOURCES)]
}

/// A day of the record in words; as it is written where it is none.
pub(crate) fn in_words(text: &str) -> String {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts[..] else { return text.into() };
    let known = time::date(day, month, year).ok();
    let date = known.and_then(|date| date.parse().map(engine::value::Value::Date).ok());
    match date {
        Some(engine::value::Value::Date(date)) => date.strftime("%-d %B %Y").to_string(),
        _ => text.into(),
    }
}
